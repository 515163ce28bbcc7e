"""Seeded defects: definitions of ours with one thing broken, how many of the fatal ones are found, and by what.

A defect is fatal if a run of the original, taken over with its input and answers, ends in an error of data in the
mutant. The detection rate is printed (`pytest -s`), and must not fall.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import stepvet
from stepvet.asl.model import StateMachine
from stepvet.asl.parse import parse
from stepvet.run.symbolic.confirming import replay
from stepvet.run.symbolic.facts_of_data import DataFacts
from stepvet.run.symbolic.paths import explore
from stepvet.text.finding import Severity
from stepvet.text.json import read_json

Definition = dict[str, Any]
Mutant = tuple[str, Definition]
INVOKE = "arn:aws:states:::lambda:invoke"
DATA_ERRORS = ("States.Runtime", "States.ResultPathMatchFailure", "States.IntrinsicFailure")

ORDER: Definition = {
    "StartAt": "Shape",
    "States": {
        "Shape": {
            "Type": "Pass",
            "Parameters": {"order": {"id.$": "$.id", "sum.$": "$.sum"}, "tries": 0},
            "Next": "Pay",
        },
        "Pay": {
            "Type": "Task",
            "Resource": INVOKE,
            "Parameters": {"FunctionName": "pay", "Payload.$": "$.order"},
            "ResultSelector": {"state.$": "$.Payload.state"},
            "ResultPath": "$.paid",
            "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Refund"}],
            "Next": "Paid?",
        },
        "Paid?": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.paid.state", "StringEquals": "ok", "Next": "Ship"}],
            "Default": "Again",
        },
        "Again": {
            "Type": "Pass",
            "Parameters": {"order.$": "$.order", "tries.$": "States.MathAdd($.tries, 1)"},
            "Next": "Pay",
        },
        "Ship": {
            "Type": "Task",
            "Resource": INVOKE,
            "OutputPath": "$.Payload",
            "Next": "Tell",
            "Parameters": {"FunctionName": "ship", "Payload": {"id.$": "$.order.id", "paid.$": "$.paid.state"}},
        },
        "Tell": {"Type": "Pass", "Parameters": {"tracking.$": "$.tracking"}, "End": True},
        "Refund": {"Type": "Pass", "Parameters": {"id.$": "$.order.id", "why.$": "$.error.Cause"}, "End": True},
    },
}
FANOUT: Definition = {
    "StartAt": "Look",
    "States": {
        "Look": {
            "Type": "Task",
            "Resource": "arn:aws:states:::dynamodb:getItem",
            "ResultPath": "$.found",
            "Next": "Both",
            "Parameters": {"TableName": "t", "Key": {"id": {"S.$": "$.id"}}},
        },
        "Both": {
            "Type": "Parallel",
            "ResultSelector": {"left.$": "$[0].left", "right.$": "$[1].right"},
            "ResultPath": "$.both",
            "Next": "Each",
            "Branches": [
                {
                    "StartAt": "L",
                    "States": {"L": {"Type": "Pass", "Parameters": {"left.$": "$.found.Item"}, "End": True}},
                },
                {"StartAt": "R", "States": {"R": {"Type": "Pass", "Parameters": {"right.$": "$.list"}, "End": True}}},
            ],
        },
        "Each": {
            "Type": "Map",
            "ItemsPath": "$.both.right",
            "ResultPath": "$.done",
            "Next": "End",
            "ItemSelector": {"item.$": "$$.Map.Item.Value", "left.$": "$.both.left", "run.$": "$$.Execution.Id"},
            "ItemProcessor": {
                "StartAt": "Do",
                "States": {
                    "Do": {
                        "Type": "Pass",
                        "Parameters": {"item.$": "$.item", "l.$": "$.left", "r.$": "$.run"},
                        "End": True,
                    }
                },
            },
        },
        "End": {"Type": "Pass", "Parameters": {"done.$": "$.done", "left.$": "$.both.left"}, "End": True},
    },
}
ORIGINALS = {"order": ORDER, "fanout": FANOUT}


def machine_of(definition: Definition) -> StateMachine:
    machine = parse(read_json(json.dumps(definition)).root)
    assert machine is not None
    return machine


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for member in value.values():
            yield from objects(member)
    elif isinstance(value, list):
        for item in value:
            yield from objects(item)


def mutants(original: Definition) -> Iterator[Mutant]:
    """Every place at which an operator changes something, once."""
    for name, operator in OPERATORS.items():
        for place in range(200):
            changed = copy.deepcopy(original)
            if not operator(changed, place):
                break
            yield name, changed


def nth(found: Iterator[Any], place: int) -> Any:
    return next((item for number, item in enumerate(found) if number == place), None)


TEMPLATES = ("Parameters", "ResultSelector", "ItemSelector", "Payload")


def produced(definition: Definition) -> Iterator[tuple[dict[str, Any], str]]:
    for holder in objects(definition):
        for field in TEMPLATES:
            template = holder.get(field)
            if isinstance(template, dict):
                yield from ((template, key) for key in template if key.endswith(".$"))


def rename_key(definition: Definition, place: int) -> bool:
    found = nth(produced(definition), place)
    if found:
        template, key = found
        template[key[:-2] + "s.$"] = template.pop(key)
    return bool(found)


def delete_key(definition: Definition, place: int) -> bool:
    found = nth(produced(definition), place)
    if found:
        del found[0][found[1]]
    return bool(found)


def without(field: str) -> Callable[[Definition, int], bool]:
    def drop(definition: Definition, place: int) -> bool:
        holder = nth((o for o in objects(definition) if field in o), place)
        if holder:
            del holder[field]
        return bool(holder)

    return drop


def misspell_read(definition: Definition, place: int) -> bool:
    found = nth(((t, k) for t, k in produced(definition) if t[k].startswith("$.")), place)
    if found:
        template, key = found
        template[key] = template[key][:-1]
    return bool(found)


def forget_dollar(definition: Definition, place: int) -> bool:
    found = nth(((t, k) for t, k in produced(definition) if t[k].startswith("$$.")), place)
    if found:
        template, key = found
        template[key] = template[key][1:]
    return bool(found)


OPERATORS: dict[str, Callable[[Definition, int], bool]] = {
    "rename a produced key": rename_key,
    "delete a produced key": delete_key,
    "drop a ResultPath": without("ResultPath"),
    "drop an OutputPath": without("OutputPath"),
    "drop a ResultSelector": without("ResultSelector"),
    "misspell a read": misspell_read,
    "forget a dollar": forget_dollar,
}


def is_fatal(original: Definition, mutant: StateMachine) -> bool:
    for path in explore(machine_of(original)).paths:
        if path.confirmed and path.status == "SUCCEEDED":
            run = replay(mutant, path.input, path.services)
            if run is not None and run.error in DATA_ERRORS:
                return True
    return False


def is_found(mutant: Definition) -> bool:
    groups = {"data", "choices", "errors", "loops"}
    report = stepvet.check(json.dumps(mutant))
    return any(d.rule.group in groups and d.severity is not Severity.INFO for d in report.findings)


def test_originals_are_sound() -> None:
    for definition in ORIGINALS.values():
        assert [failure.told.message for failure in DataFacts(machine_of(definition)).failures] == []


def test_fatal_defects_are_found() -> None:
    fatal, found = Counter[str](), Counter[str]()
    for original in ORIGINALS.values():
        for operator, definition in mutants(original):
            mutant = machine_of(definition)
            if is_fatal(original, mutant):
                fatal[operator] += 1
                found[operator] += is_found(definition)
    for operator in fatal:
        print(f"{operator}: {found[operator]} of {fatal[operator]}")
    print(f"seeded defects: {found.total()} of {fatal.total()} fatal ones found")
    for operator in ("rename a produced key", "delete a produced key", "drop an OutputPath", "drop a ResultSelector"):
        assert found[operator] == fatal[operator], operator
    assert found.total() >= 0.75 * fatal.total() > 0
