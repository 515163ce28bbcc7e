"""Machines made at random, small enough that most runs come to their end, with inputs and task answers."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:f"
KEYS = ["a", "b", "c"]
paths = st.sampled_from(["$", "$.a", "$.b", "$.c", "$.a.b", "$.e.Error"])
templates = st.dictionaries(
    st.sampled_from(["a.$", "b.$"]), st.sampled_from(["$.a", "$.b", "$", "States.Format('{}', $.a)"]), max_size=2
).map(lambda made: {**made, "c": 1})
tests = st.one_of(
    st.fixed_dictionaries({"Variable": paths, "IsPresent": st.booleans()}),
    st.fixed_dictionaries({"Variable": paths, "StringEquals": st.sampled_from(["x", "y"])}),
    st.fixed_dictionaries({"Variable": paths, "NumericGreaterThan": st.integers(0, 2)}),
    st.fixed_dictionaries({"Variable": paths, "StringEqualsPath": paths}),
)
rules = st.one_of(
    tests,
    tests.map(lambda test: {"Not": test}),
    st.lists(tests, min_size=1, max_size=2).map(lambda parts: {"And": parts}),
    st.lists(tests, min_size=1, max_size=2).map(lambda parts: {"Or": parts}),
)
result_paths = st.sampled_from(["$.a", "$.b", "$.a.b", None, "$"])
conditions = st.sampled_from(
    [
        "{% $states.input.a = 'x' %}",
        "{% $exists($states.input.b) %}",
        "{% $states.input.c > 1 %}",
        "{% $states.input.a = 'x' or $states.input.b = 'y' %}",
    ]
)


@st.composite
def scopes(draw: st.DrawFn, prefix: str = "", depth: int = 1) -> dict[str, Any]:
    names = [f"{prefix}{n}" for n in range(draw(st.integers(1, 4)))]
    made = {name: draw(state(names, number, depth)) for number, name in enumerate(names)}
    return {"StartAt": names[0], "States": made}


def state(names: list[str], number: int, depth: int) -> st.SearchStrategy[Any]:
    last = number == len(names) - 1
    way: dict[str, Any] = {"End": st.just(True)} if last else {"Next": st.just(names[number + 1])}
    later = st.sampled_from(names[number + 1 :] or names[-1:])
    catch = st.lists(
        st.fixed_dictionaries(
            {"ErrorEquals": st.sampled_from([["Boom"], ["States.TaskFailed"], ["States.ALL"]]), "Next": later},
            optional={"ResultPath": st.sampled_from(["$.e", None])},
        ),
        max_size=0 if last else 1,
    )
    kinds = [
        st.fixed_dictionaries(
            {"Type": st.just("Pass"), **way},
            optional={
                "Parameters": templates,
                "ResultPath": result_paths,
                "Result": st.sampled_from(["x", {"a": "y"}]),
            },
        ),
        st.fixed_dictionaries(
            {"Type": st.just("Task"), "Resource": st.just(LAMBDA), "Catch": catch, **way},
            optional={"ResultPath": result_paths},
        ),
    ]
    if not last:
        rule = st.tuples(rules, later).map(lambda pair: {**pair[0], "Next": pair[1]})
        kinds.append(
            st.fixed_dictionaries(
                {"Type": st.just("Choice"), "Choices": st.lists(rule, min_size=1, max_size=2), "Default": later}
            )
        )
        asked = st.tuples(conditions, later).map(lambda pair: {"Condition": pair[0], "Next": pair[1]})
        kinds.append(
            st.fixed_dictionaries(
                {
                    "Type": st.just("Choice"),
                    "QueryLanguage": st.just("JSONata"),
                    "Choices": st.lists(asked, min_size=1, max_size=2),
                    "Default": later,
                }
            )
        )
    if depth:
        branches = st.lists(scopes(f"{names[number]}.", 0), min_size=1, max_size=1)
        kinds.append(st.fixed_dictionaries({"Type": st.just("Parallel"), "Branches": branches, "Catch": catch, **way}))
        inner = scopes(f"{names[number]}.", 0)
        kinds.append(st.fixed_dictionaries({"Type": st.just("Map"), "ItemProcessor": inner, "Catch": catch, **way}))
    return st.one_of(kinds)


values: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(["x", "y", 1, 2, None, True]),
    st.lists(st.sampled_from(["x", {"a": "x"}]), max_size=2),
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["x", "y", 2, {"b": "x"}]), max_size=3),
)
inputs = st.dictionaries(st.sampled_from(KEYS), values, max_size=3)
answers = st.one_of(
    values.map(lambda value: {"result": value}),
    st.sampled_from(["Boom", "Bang", "States.Timeout"]).map(lambda e: {"errorOutput": {"error": e, "cause": "c"}}),
)


def services(definition: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(dict.fromkeys(sorted(_tasks(definition)), answers))


def _tasks(scope: dict[str, Any]) -> set[str]:
    found = {name for name, state in scope["States"].items() if state["Type"] == "Task"}
    for state in scope["States"].values():
        for inner in (*state.get("Branches", ()), *([state["ItemProcessor"]] if "ItemProcessor" in state else ())):
            found |= _tasks(inner)
    return found
