"""How fast the executor runs: states entered per second on a loop of Pass and Choice, and growth with the steps.

    python tests/benchmarks/bench_run.py
"""

from __future__ import annotations

import json
import time

import stepvet

COUNTDOWN = json.dumps(
    {
        "StartAt": "Count",
        "States": {
            "Count": {
                "Type": "Pass",
                "Parameters": {"left.$": "States.MathAdd($.left, -1)", "note.$": "$.note"},
                "Next": "Done?",
            },
            "Done?": {
                "Type": "Choice",
                "Choices": [{"Variable": "$.left", "NumericLessThanEquals": 0, "Next": "End"}],
                "Default": "Count",
            },
            "End": {"Type": "Succeed"},
        },
    }
)


def states_per_second(steps: int) -> float:
    start = time.perf_counter()
    run = stepvet.run(COUNTDOWN, {"left": steps // 2, "note": "x"}, type="EXPRESS")
    assert run.status == "SUCCEEDED"
    return run.statistics.states / (time.perf_counter() - start)


def main() -> None:
    states_per_second(100)  # imports
    rates = {steps: states_per_second(steps) for steps in (5_000, 10_000, 20_000, 40_000)}
    for steps, rate in rates.items():
        print(f"{steps:6,} steps: {rate:9,.0f} states/s")
    slowest, fastest = min(rates.values()), max(rates.values())
    print(f"growth: {fastest / slowest:.2f} times between the fastest and the slowest rate (linear: about 1)")


if __name__ == "__main__":
    main()
