"""What exploring costs: many small definitions, a row of diamonds, a machine of a thousand states.

Run by hand: `python tests/benchmarks/bench_explore.py [FILE…]`. Files are definitions to take the median over; without
them machines made here are.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from stepvet.asl.model import StateMachine
from stepvet.asl.parse import parse
from stepvet.run.symbolic.facts_of_data import DataFacts
from stepvet.text.json import read_json

LAMBDA = "arn:aws:states:::lambda:invoke"


def machine_of(text: str) -> StateMachine | None:
    root = read_json(text).root
    return parse(root) if root is not None else None


def diamonds(count: int) -> dict[str, Any]:
    """Choices in a row, each with two ways that meet again."""
    states: dict[str, Any] = {}
    for n in range(count):
        test = {"Variable": f"$.flags.f{n}", "BooleanEquals": True, "Next": f"Yes {n}"}
        states[f"If {n}"] = {"Type": "Choice", "Choices": [test], "Default": f"No {n}"}
        for side in ("Yes", "No"):
            mark = {"Type": "Pass", "Result": side, "ResultPath": f"$.seen.s{n}", "Next": f"If {n + 1}"}
            states[f"{side} {n}"] = mark
    states[f"If {count}"] = {"Type": "Succeed"}
    return {"StartAt": "If 0", "States": states}


def chain(count: int) -> dict[str, Any]:
    """Tasks with catchers, Passes and Choices in a row."""
    states: dict[str, Any] = {}
    for n in range(0, count, 4):
        call = {"FunctionName": "f", "Payload": {"in.$": "$.order", "last.$": f"$.done.d{n}"}}
        catch = [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": f"S{n + 3}"}]
        states[f"S{n}"] = {"Type": "Task", "Resource": LAMBDA, "Parameters": call, "ResultPath": f"$.done.r{n}",
                           "Catch": catch, "Next": f"S{n + 1}"}  # fmt: skip
        states[f"S{n + 1}"] = {"Type": "Pass", "Parameters": {"order.$": "$.order", "done.$": "$.done"},
                               "Next": f"S{n + 2}"}  # fmt: skip
        test = {"Variable": "$.order.kind", "StringEquals": f"k{n % 12}", "Next": f"S{n + 3}"}
        states[f"S{n + 2}"] = {"Type": "Choice", "Choices": [test], "Default": f"S{n + 3}"}
        states[f"S{n + 3}"] = {"Type": "Wait", "Seconds": 1, "Next": f"S{n + 4}"}
    states[f"S{count}"] = {"Type": "Succeed"}
    return {"StartAt": "S0", "States": states}


def measured(text: str) -> tuple[float, DataFacts | None]:
    """Milliseconds of the exploration alone."""
    machine = machine_of(text)
    if machine is None:
        return 0.0, None
    started = time.perf_counter()
    facts = DataFacts(machine)
    _ = facts.explorer
    return (time.perf_counter() - started) * 1000, facts


def told(name: str, definition: dict[str, Any]) -> None:
    spent, facts = measured(json.dumps(definition))
    assert facts is not None
    cuts = len(facts.explorer.cuts)
    print(f"{name}: {spent:.0f} ms, {facts.explorer.steps} steps, {len(facts.explorer.entered)} states, {cuts} cuts")


def main() -> None:
    texts = [Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]]
    texts = texts or [json.dumps(chain(n)) for n in (4, 8, 12, 16, 20, 40)]
    for text in texts[:5]:
        measured(text)  # tables are loaded once
    spent = [measured(text)[0] for text in texts]
    print(f"{len(spent)} definitions: median {statistics.median(spent):.2f} ms, slowest {max(spent):.0f} ms")
    for count in (8, 40, 150):
        told(f"{count} diamonds", diamonds(count))
    told("1,000 states", chain(1000))


if __name__ == "__main__":
    main()
