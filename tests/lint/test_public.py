"""`stepvet.check`, as Python calls it."""

from __future__ import annotations

import pytest

import stepvet

GOOD = '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}'
IDLE = '{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 1, "End": false, "Next": "A"}}}'
TEMPLATE = (
    f'{{"Resources": {{"M": {{"Type": "AWS::Serverless::StateMachine", "Properties": {{"Definition": {GOOD}}}}}}}}}'
)


@pytest.mark.parametrize(("text", "filename"), [(GOOD, "a.asl.json"), (TEMPLATE, "template.json"), ("{", "a.asl.json")])
def test_a_text_is_one_file_and_one_definition(text: str, filename: str) -> None:
    summary = stepvet.check(text, filename=filename).to_json()["summary"]
    assert isinstance(summary, dict) and (summary["files"], summary["definitions"]) == (1, 1)


def test_settings_are_a_mapping_with_the_keys_of_a_file() -> None:
    assert [d.rule.name for d in stepvet.check(IDLE, settings={"select": ["end-false"]}).findings] == ["end-false"]
    with pytest.raises(ValueError, match='there is no setting "selct"; did you mean "select"'):
        stepvet.check(IDLE, settings={"selct": []})
