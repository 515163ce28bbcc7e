"""Expressions of many parts are explored, not given up, as short ones are."""

import json

import pytest

import stepvet

WIDE = {
    "a block": "(" + ";".join(f"$v{n} := $states.input.a{n}" for n in range(2000)) + "; 1)",
    "an array": "[" + ",".join(f"$states.input.a{n}" for n in range(2000)) + "]",
    "an object": "{" + ",".join(f"'k{n}': $states.input.a{n}" for n in range(2000)) + "}",
    "a path": "[$states.input" + ".a" * 2000 + "]",
}


@pytest.mark.parametrize("expression", WIDE.values(), ids=WIDE)
def test_expressions_of_many_parts_have_paths(expression: str) -> None:
    state = {"Type": "Pass", "Output": f"{{% {expression} %}}", "End": True}
    machine = {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": state}}
    explored = stepvet.explore(json.dumps(machine))
    assert [path.status for path in explored.paths] == ["SUCCEEDED"]
