"""An execution as text for a terminal, and as JSON: status, output or error with its place, a summary, the trace."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from stepvet.report.safe import visible
from stepvet.run.concrete.execution import Execution

STAGES = {
    "input_path": "InputPath",
    "parameters": "Parameters",
    "arguments": "Arguments",
    "result": "result",
    "result_selector": "ResultSelector",
    "result_path": "ResultPath",
    "output_path": "OutputPath",
    "items": "items",
    "items_pointer": "ItemsPointer",
    "item_selector": "ItemSelector",
    "item_batcher": "ItemBatcher",
    "max_concurrency": "MaxConcurrency",
    "tolerated_count": "ToleratedFailureCount",
    "tolerated_percentage": "ToleratedFailurePercentage",
    "error_output": "error output",
}


def json_lines(value: Mapping[str, Any]) -> Iterator[str]:
    yield json.dumps(value, indent=2, ensure_ascii=False)
    yield "\n"


def text_lines(run: Execution, place: str | None, *, trace: bool) -> Iterator[str]:
    """`place` is where in the user's file the failure happened."""
    if trace:
        yield from trace_lines(run.trace)
    yield run.status + (f"  {visible(place)}\n" if place else "\n")
    if run.status == "SUCCEEDED":
        yield _pretty(run.output) + "\n"
    if run.error is not None:
        yield f"error: {visible(run.error)}\n"
    if run.cause:
        yield f"cause: {visible(run.cause)}\n"
    yield f"\n{summary(run)}\n"


def summary(run: Execution) -> str:
    """One line: `3 states, 8 events, 5 transitions, largest payload 120 bytes, 3 s virtual time`."""
    s = run.statistics
    return (
        f"{_many(s.states, 'state')}, {_many(s.events, 'event')}, {_many(s.transitions, 'transition')}, "
        f"largest payload {_many(s.largest_payload, 'byte')}, {run.clock:g} s virtual time"
    )


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def trace_lines(trace: list[dict[str, Any]]) -> Iterator[str]:
    """A block for each state: its input, what every stage made, its output, where it went next."""
    for entry in trace:
        match entry["event"]:
            case "entered":
                yield f"{_indent(entry)}{visible(entry['state'])} ({entry['type']})\n"
                yield _line(entry, "input", entry["input"])
            case "stage":
                yield _line(entry, STAGES.get(entry["stage"], entry["stage"]), entry["value"])
            case "exited":
                for name, value in entry.get("assigned", {}).items():
                    yield _line(entry, f"${visible(name)}", value)
                yield _line(entry, "output", entry["output"])
                yield f"{_indent(entry)}  → {visible(entry['next'] or 'end')}\n"
            case _:
                told = ": ".join(text for text in (entry.get("error"), entry.get("cause")) if text)
                yield f"{_indent(entry)}  ✗ {visible(told)}\n"
    yield "\n"


def _indent(entry: Mapping[str, Any]) -> str:
    return "    " * len(entry.get("iteration", ()))


def _line(entry: Mapping[str, Any], name: str, value: Any) -> str:
    return f"{_indent(entry)}  {name}: {visible(json.dumps(value, ensure_ascii=False))}\n"


def _pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def state_lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """A TestState answer: status, next state, output or error, and the inspection."""
    following = answer.get("nextState")
    yield answer["status"] + (f"  → {visible(following)}\n" if following else "\n")
    for name in ("error", "cause"):
        if answer.get(name):
            yield f"{name}: {visible(answer[name])}\n"
    if "output" in answer:
        yield _pretty(answer["output"]) + "\n"
    for name, value in answer.get("inspectionData", {}).items():
        yield f"{name}: {visible(json.dumps(value, ensure_ascii=False))}\n"
