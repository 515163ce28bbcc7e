"""Sums of waits and lifetimes, as far as the text settles them."""

from __future__ import annotations

from typing import Any

import pytest
from flow.machines import machine
from hypothesis import given
from hypothesis import strategies as st

from stepvet.asl.model import Handled, MachineType, Retrier
from stepvet.flow.timing import YEAR, lifetime, retry_wait, spoken


def retrier(**fields: Any) -> Retrier:
    task = {"Type": "Task", "Resource": "r", "End": True, "Retry": [{"ErrorEquals": ["E"], **fields}]}
    state = machine({"StartAt": "S", "States": {"S": task}}).scope.states["S"]
    assert isinstance(state, Handled)
    return state.retry[0]


def waits(interval: int, attempts: int, rate: float, longest: float) -> float:
    return sum(min(interval * rate**done, longest) for done in range(attempts))


@given(st.integers(0, 100), st.integers(0, 20), st.sampled_from([1, 1.5, 2, 3]), st.integers(1, 500))
def test_the_waits_are_the_sum_of_the_formula(interval: int, attempts: int, rate: float, longest: int) -> None:
    capped = retrier(IntervalSeconds=interval, MaxAttempts=attempts, BackoffRate=rate, MaxDelaySeconds=longest)
    assert retry_wait(capped) == pytest.approx(waits(interval, attempts, rate, longest))
    free = retrier(IntervalSeconds=interval, MaxAttempts=attempts, BackoffRate=rate)
    assert retry_wait(free) == pytest.approx(waits(interval, attempts, rate, float("inf")))


def test_defaults_are_one_second_three_attempts_and_doubling() -> None:
    assert retry_wait(retrier()) == 1 + 2 + 4


@pytest.mark.parametrize("field", ["IntervalSeconds", "MaxAttempts", "BackoffRate", "MaxDelaySeconds"])
def test_a_value_that_comes_later_leaves_the_sum_unknown(field: str) -> None:
    assert retry_wait(retrier(**{field: "${Value}"})) is None


def test_numbers_beyond_all_sense_are_cut() -> None:
    wait = retry_wait(retrier(IntervalSeconds=10**400, MaxAttempts=10**400))
    assert wait is not None
    assert " y" in spoken(wait)


def test_huge_numbers_end_quickly() -> None:
    most = 99_999_999
    assert (retry_wait(retrier(IntervalSeconds=most, MaxAttempts=most)) or 0) > 1e12
    assert retry_wait(retrier(IntervalSeconds=0, MaxAttempts=most)) == 0
    assert retry_wait(retrier(IntervalSeconds=2, MaxAttempts=most, BackoffRate=1)) == 2 * most


@pytest.mark.parametrize(
    ("timeout", "machine_type", "expected"),
    [
        ({}, "STANDARD", YEAR),
        ({}, "EXPRESS", 300),
        ({"TimeoutSeconds": 60}, "STANDARD", 60),
        ({"TimeoutSeconds": 900}, "EXPRESS", 300),
        ({"TimeoutSeconds": 99_999_999}, "STANDARD", YEAR),
        ({"TimeoutSeconds": 0}, "STANDARD", YEAR),
        ({"TimeoutSeconds": "${Timeout}"}, "STANDARD", None),
    ],
)
def test_lifetime(timeout: dict[str, Any], machine_type: MachineType, expected: float | None) -> None:
    definition = {"StartAt": "S", "States": {"S": {"Type": "Succeed"}}, **timeout}
    assert lifetime(machine(definition, machine_type)) == expected


@pytest.mark.parametrize(("kind", "expected"), [("EXPRESS", 300), ("STANDARD", 3600)])
def test_an_express_child_has_its_own_limit(kind: str, expected: float) -> None:
    config = {"Mode": "DISTRIBUTED", "ExecutionType": kind}
    processor = {"ProcessorConfig": config, "StartAt": "In", "States": {"In": {"Type": "Succeed"}}}
    states = {"Each": {"Type": "Map", "ItemProcessor": processor, "End": True}}
    made = machine({"StartAt": "Each", "TimeoutSeconds": 3600, "States": states})
    assert lifetime(made, made.scope.states.values()) == expected


@pytest.mark.parametrize(
    ("duration", "expected"),
    [(0, "0 s"), (0.5, "0.5 s"), (61, "1 min 1 s"), (3605, "1 h 5 s"), (YEAR, "1 y"), (10 * YEAR + 86400, "10 y 1 d")],
)
def test_durations_are_spoken_in_two_units(duration: float, expected: str) -> None:
    assert spoken(duration) == expected
