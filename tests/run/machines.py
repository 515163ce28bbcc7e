"""Short ways to write machines, for the tests of this room."""

from __future__ import annotations

from typing import Any

import stepvet

LAMBDA = "arn:aws:lambda:eu-west-1:123456789012:function:f"
Machine = dict[str, Any]


def chain(*states: tuple[str, dict[str, Any]], language: str = "JSONPath", **top: Any) -> Machine:
    """States one after the other; the last one ends. States with a way of their own keep it."""
    made: dict[str, Any] = {}
    for number, (name, state) in enumerate(states):
        own = state["Type"] in ("Choice", "Succeed", "Fail") or "Next" in state or "End" in state
        following = {"Next": states[number + 1][0]} if number + 1 < len(states) else {"End": True}
        made[name] = state if own else {**state, **following}
    head = {} if language == "JSONPath" else {"QueryLanguage": language}
    return {**head, **top, "StartAt": states[0][0], "States": made}


def one(state: dict[str, Any], language: str = "JSONPath") -> Machine:
    """A machine of one state, `S`."""
    return chain(("S", state), language=language)


def task(**fields: Any) -> dict[str, Any]:
    return {"Type": "Task", "Resource": LAMBDA, **fields}


def scope(**states: dict[str, Any]) -> dict[str, Any]:
    """A branch or item processor of these states in a row."""
    made = chain(*states.items())
    return {"StartAt": made["StartAt"], "States": made["States"]}


def entered(run: stepvet.Execution) -> list[str]:
    return [entry["state"] for entry in run.trace if entry["event"] == "entered"]


def events(run: stepvet.Execution) -> list[str]:
    return [event["type"] for event in run.history]
