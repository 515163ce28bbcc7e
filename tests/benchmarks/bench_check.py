"""What `stepvet check` costs: `python tests/benchmarks/bench_check.py` prints ratios, so that machines can be compared.

- process: one 5 KB file from start to exit, as a multiple of `python -c pass`
- per definition: 100 files in one process, without the start
- growth: a machine of 10,000 states against one of 100, checked in process (linear would be 100)
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from stepvet.lint.engine import check
from stepvet.lint.registry import installed
from stepvet.lint.settings import Settings
from stepvet.sources import from_text


def machine(states: int) -> str:
    """A chain of tasks and choices, as people write them, with `states` states."""
    made: dict[str, object] = {}
    for number in range(states):
        following = f"State {number + 1}"
        if number == states - 1:
            made[f"State {number}"] = {"Type": "Succeed"}
        elif number % 4 == 3:
            rule = {"Variable": "$.status", "StringEquals": f"ok {number}", "Next": following}
            made[f"State {number}"] = {"Type": "Choice", "Choices": [rule], "Default": following}
        else:
            made[f"State {number}"] = {
                "Type": "Task",
                "Resource": "arn:aws:states:::lambda:invoke",
                "Parameters": {"FunctionName": f"step-{number}", "Payload": {"id.$": "$.order.id", "number": number}},
                "ResultPath": f"$.results.step{number}",
                "Retry": [{"ErrorEquals": ["Lambda.TooManyRequestsException"], "MaxAttempts": 2}],
                "TimeoutSeconds": 60,
                "Next": following,
            }
    return json.dumps({"StartAt": "State 0", "States": made}, indent=2)


def seconds(run: Callable[[], object], times: int) -> float:
    """The median of several runs."""
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        run()
        spent.append(time.perf_counter() - started)
    return statistics.median(spent)


def process(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=False)


def checked(text: str) -> Callable[[], object]:
    rules = Settings().selected(installed())
    return lambda: [check(d, Settings(), rules) for d in from_text(text, "machine.asl.json")]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        texts = {f"{number:03}.asl.json": machine(12) for number in range(100)}
        for name, text in texts.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        one = Path(folder, "000.asl.json")
        bare = seconds(process("-c", "pass"), 9)
        print(f"bare interpreter: {bare * 1000:.1f} ms; file: {one.stat().st_size} bytes")
        single = seconds(process("-m", "stepvet", "check", "--isolated", str(one)), 7)
        print(f"check one file, process: {single * 1000:.0f} ms = {single / bare:.1f} x bare")
        for flag in ("--help", "--version"):
            spent = seconds(process("-m", "stepvet", flag), 7)
            print(f"{flag}, process: {spent * 1000:.0f} ms = {spent / bare:.1f} x bare")
        spent = seconds(process("-m", "stepvet", "explain", "unknown-field"), 5)
        print(f"explain, process: {spent * 1000:.0f} ms = {spent / bare:.1f} x bare")
        many = seconds(process("-m", "stepvet", "check", "--isolated", folder), 3)
        each = (many - single) / 99
        print(f"check 100 files: {each * 1000:.2f} ms a definition = {each / bare:.2f} x bare")
    small, large = seconds(checked(machine(100)), 5), seconds(checked(machine(10_000)), 1)
    print(f"growth from 100 to 10,000 states: {large / small:.0f} times ({small * 1000:.1f} ms to {large:.2f} s)")


if __name__ == "__main__":
    main()
