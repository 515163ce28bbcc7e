"""The shape check: what it says, where, and that its gate never lets pass what jsonschema refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from stepvet.asl.fault import Fault
from stepvet.asl.model import QueryLanguage
from stepvet.asl.schema.build import schema
from stepvet.asl.schema.gate import gate
from stepvet.asl.schema.sites import sites
from stepvet.asl.schema.tables import TABLES
from stepvet.asl.schema.values import VALUES
from stepvet.asl.shape import as_instance, shape_faults
from stepvet.text.json import read_json
from stepvet.text.node import Inside, Object
from stepvet.text.source import Span

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f"
INNER = '{"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}'


def machine(body: str, **top: str) -> str:
    """A machine whose state "A" has the members `body`."""
    head = "".join(f'"{key}": "{value}", ' for key, value in top.items())
    return f'{{{head}"StartAt": "A", "States": {{"A": {{{body}}}}}}}'


def found(text: str) -> list[Fault]:
    root = read_json(text).root
    assert isinstance(root, Object)
    return [fault for site in sites(root) for fault in shape_faults(site)]


def sliced(text: str, fault: Fault) -> str:
    at = fault.at
    assert not isinstance(at, Inside)
    span = at if isinstance(at, Span) else at.span
    return text[span.start : span.end]


TASK = f'"Type": "Task", "Resource": "{FUNCTION}"'
MAP = f'"Type": "Map", "ItemProcessor": {INNER}, "End": true'
CASES = [
    # body, rule, token, AWS's message, AWS's location
    ('"Type": "Pass"', "missing-transition", '"A"',
     "This object should have only one of the following fields: [Next, End]", "/States/A"),
    ('"Type": "Pass", "Next": "A", "End": true', "next-and-end", '"End"',
     "There should only be one of the following fields: [Next, End]", "/States/A"),
    ('"Type": "Pass", "End": true, "TimeoutSeconds": 5', "misplaced-field", '"TimeoutSeconds"',
     "Field 'TimeoutSeconds' is not supported", "/States/A"),
    ('"Type": "Pass", "end": true, "End": true', "unknown-field", '"end"', "Field 'end' is not supported", "/States/A"),
    (f'{TASK}, "TimeoutSeconds": 0, "End": true', "out-of-range", "0", "Minimum value is 1",
     "/States/A/TimeoutSeconds"),
    ('"Type": "Wait", "Seconds": 100000000, "End": true', "out-of-range", "100000000", "Maximum value is 99999999",
     "/States/A/Seconds"),
    ('"Type": "Wait", "Seconds": 1e999999, "End": true', "out-of-range", "1e999999", "Maximum value is 99999999",
     "/States/A/Seconds"),
    ('"Type": "Wait", "Seconds": "5", "End": true', "wrong-type", '"5"', "Expected value of type Integer",
     "/States/A/Seconds"),
    ('"Type": "Wait", "Seconds": 5.5, "End": true', "wrong-type", "5.5", None, None),
    ('"Type": "Wait", "End": true', "missing-field", '"A"',
     "This object should have only one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp]",
     "/States/A"),
    ('"Type": "Wait", "Seconds": 1, "SecondsPath": "$.s", "End": true', "exclusive-fields", '"SecondsPath"',
     "There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp]",
     "/States/A"),
    ('"Type": "Parallel", "Branches": [], "End": true', "empty-list", "[]", "Value cannot be empty",
     "/States/A/Branches"),
    ('"Type": "Choice"', "missing-field", '"A"', "These fields are required: [Choices]", "/States/A"),
    ('"Type": "Task", "End": true', "missing-field", '"A"', "These fields are required: [Resource]", "/States/A"),
    ('"Type": "pass", "End": true', "unknown-state-type", '"pass"',
     "The field 'Type' should have one of these values: "
     "[Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]", "/States/A/Type"),
    ('"End": true', "missing-field", '"A"', "These fields are required: [Type]", "/States/A"),
    ('"Type": "Map", "End": true', "missing-field", '"A"',
     "This object should have only one of the following fields: [ItemProcessor, Iterator]", "/States/A"),
    (f'{MAP}, "MaxConcurrency": -1', "out-of-range", "-1", "Minimum value is 0", "/States/A/MaxConcurrency"),
    (f'{MAP}, "ToleratedFailurePercentage": 105', "out-of-range", "105", "Maximum value is 100.0",
     "/States/A/ToleratedFailurePercentage"),
    ('"Type": "Fail", "Error": "E", "ErrorPath": "$.e"', "exclusive-fields", '"ErrorPath"',
     "There should only be one of the following fields: [Error, ErrorPath]", "/States/A"),
    ('"Type": "Succeed", "End": true', "misplaced-field", '"End"', "Field 'End' is not supported", "/States/A"),
    ('"Type": "Pass", "End": true, "Output": 1', "wrong-query-language-field", '"Output"',
     "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage",
     "/States/A"),
    ('"Type": "Pass", "End": true, "QueryLanguage": "jsonata"', "wrong-value", '"jsonata"',
     "Value should be one of the following: [JSONPath, JSONata]", "/States/A/QueryLanguage"),
    ('"Type": "Pass", "End": true, "QueryLanguage": 5', "wrong-type", "5", "Expected value of type [STRING]",
     "/States/A/QueryLanguage"),
    ('"Type": "Choice", "Choices": [{"Next": "A"}], "Default": "A"', "choice-rule-without-test", '{"Next": "A"}',
     "The object must have only one of the following fields, [And, Or, Not, Variable, Condition]",
     "/States/A/Choices[0]"),
    ('"Type": "Choice", "Choices": [{"Condition": "{% true %}", "Next": "A"}]', "wrong-query-language-field",
     '"Condition"',
     "The QueryLanguage is set to 'JSONPath', but field 'Condition' is only supported for the 'JSONata' QueryLanguage",
     "/States/A/Choices[0]"),
    ('"Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true, "IsString": true, "Next": "A"}]',
     "ambiguous-choice-rule", '"IsString"', "There should only be one of the following fields: [IsNull, IsString]",
     "/States/A/Choices[0]"),
    ('"Type": "Choice", "Choices": [{"Variable": "$.a", "NumericEquals": "5", "Next": "A"}]', "wrong-operand-type",
     '"5"', None, None),
    ('"Type": "Choice", "Choices": [{"And": [], "Next": "A"}]', "empty-list", "[]", None, None),
    ('"Type": "Choice", "Choices": [{"Not": {"Variable": "$.a", "IsNull": true, "Next": "A"}, "Next": "A"}]',
     "unknown-field", '"Next"', "Field 'Next' is not supported", "/States/A/Choices[0]/Not"),
    (f'{TASK}, "End": true, "Retry": [{{"ErrorEquals": ["E"], "MaxAttempts": -1}}]', "out-of-range", "-1",
     "Minimum value is 0", "/States/A/Retry[0]/MaxAttempts"),
    (f'{TASK}, "End": true, "Retry": [{{"ErrorEquals": ["E"], "BackoffRate": 0.5}}]', "out-of-range", "0.5",
     "Minimum value is 1.0", "/States/A/Retry[0]/BackoffRate"),
    (f'{TASK}, "End": true, "Retry": [{{"ErrorEquals": ["E"], "JitterStrategy": "SOME"}}]', "wrong-value", '"SOME"',
     "Value should be one of the following: [NONE, FULL]", "/States/A/Retry[0]/JitterStrategy"),
    (f'{TASK}, "End": true, "Catch": [{{"ErrorEquals": ["E"]}}]', "missing-field", '{"ErrorEquals": ["E"]}',
     "These fields are required: [Next]", "/States/A/Catch[0]"),
    (f'{TASK}, "End": true, "Catch": [{{"ErrorEquals": [], "Next": "A"}}]', "empty-list", "[]",
     "Value cannot be empty", "/States/A/Catch[0]/ErrorEquals"),
    (f'{TASK}, "End": true, "Credentials": {{}}', "missing-credentials-role", "{}",
     "The field 'RoleArn' is required but was missing", "/States/A/Credentials"),
    (f'{TASK}, "End": true, "Credentials": {{"Role": "r"}}', "missing-credentials-role", '"Role"',
     "The field 'RoleArn' is required but was missing", "/States/A/Credentials"),
    ('"Type": "Pass", "End": false', "missing-transition", '"A"', None, None),
    ('"Type": "Pass", "End": false, "Next": "A"', "end-false", "false", None, None),
    ('"Type": "Pass", "End": "true"', "wrong-type", '"true"', None, None),
    ('"Type": "Map", "End": true, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "I", '
     '"States": {"I": {"Type": "Succeed"}}}', "missing-field", '{"Mode": "DISTRIBUTED"}',
     "These fields are required: [ExecutionType]", "/States/A/ItemProcessor/ProcessorConfig"),
    ('"Type": "Map", "End": true, "Iterator": {"QueryLanguage": "JSONata", "StartAt": "I", '
     '"States": {"I": {"Type": "Succeed"}}}', "unknown-field", '"QueryLanguage"',
     "Field 'QueryLanguage' is not supported", "/States/A/Iterator"),
    (f'{MAP}, "ItemReader": {{"Resource": "r", "ReaderConfig": {{"InputType": "CSV"}}}}', "missing-field",
     '{"InputType": "CSV"}', "The field 'CSVHeaderLocation' is required", "/States/A/ItemReader/ReaderConfig"),
    (f'{MAP}, "ItemReader": {{"Resource": "r", "ReaderConfig": {{"InputType": "CSV", "CSVHeaderLocation": "GIVEN"}}}}',
     "missing-field", '{"InputType": "CSV", "CSVHeaderLocation": "GIVEN"}', "These fields are required: [CSVHeaders]",
     "/States/A/ItemReader/ReaderConfig"),
    (f'{MAP}, "ItemReader": {{"Resource": "r", "ReaderConfig": {{"InputType": "TXT"}}}}', "wrong-value", '"TXT"',
     "The field 'InputType' should have one of these values: [MANIFEST, JSON, CSV, JSONL, PARQUET]",
     "/States/A/ItemReader/ReaderConfig/InputType"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "rule", "token", "message", "location"), CASES)
def test_faults(body: str, rule: str, token: str, message: str | None, location: str | None) -> None:
    text = machine(body)
    (fault,) = found(text)
    assert (fault.rule, sliced(text, fault)) == (rule, token)
    assert (fault.aws.message if fault.aws else None, fault.aws.location if fault.aws else None) == (message, location)


ACCEPTED = [
    f'{TASK}, "End": true, "Retry": [], "Catch": []',
    f'{TASK}, "End": true, "Retry": [{{"ErrorEquals": ["E"], "IntervalSeconds": 0, "BackoffRate": 1, "Comment": "c"}}]',
    '"Type": "Wait", "Seconds": 0, "End": true',
    '"Type": "Wait", "Seconds": 1.0, "End": true',
    '"Type": "Pass", "ResultPath": null, "InputPath": null, "OutputPath": null, "End": true',
    '"Type": "Pass", "QueryLanguage": "JSONata", "Output": null, "End": true',
    '"Type": "Wait", "QueryLanguage": "JSONata", "Seconds": "{% 1 %}", "End": true',
    '"Type": "Choice", "QueryLanguage": "JSONata", "Choices": [{"Condition": true, "Next": "A", "Output": 1}]',
    f'{MAP}, "ToleratedFailurePercentage": 0.5, "MaxConcurrency": 9223372036854775807',
    '"Type": "${Kind}", "Whatever": 1',
    '"Type": "Wait", "Seconds": "${Seconds}", "End": true',
    '"Type": "Task", "Resource": {"Fn::GetAtt": ["F", "Arn"]}, "End": true',
    '"Type": "Pass", "${Field}": 1',
    '"Type": "Pass", "QueryLanguage": "${Language}", "Output": 1, "End": true',
]


@pytest.mark.parametrize("body", ACCEPTED)
def test_what_is_accepted_or_unknown_is_not_reported(body: str) -> None:
    assert found(machine(body)) == []


def test_missing_root_fields_are_one_fault() -> None:
    (fault,) = found("{}")
    assert fault.aws
    assert (fault.aws.message, fault.aws.location) == ("These fields are required: [States, StartAt]", "/")


def test_the_language_of_inner_states_is_the_machines() -> None:
    inner = '{"StartAt": "I", "States": {"I": {"Type": "Pass", "Output": 1, "End": true}}}'
    text = machine(f'"Type": "Map", "QueryLanguage": "JSONata", "ItemProcessor": {inner}, "End": true')
    (fault,) = found(text)
    assert fault.aws
    assert (fault.rule, fault.aws.location) == ("wrong-query-language-field", "/States/A/ItemProcessor/States/I")


def test_a_downgraded_state_is_still_checked_for_the_rest() -> None:
    text = machine(f'{MAP}, "QueryLanguage": "JSONPath", "MaxConcurrency": -1, "Output": 1', QueryLanguage="JSONata")
    assert [fault.rule for fault in found(text)] == ["query-language-downgrade", "out-of-range"]


@pytest.mark.parametrize(
    ("body", "change"),
    [
        ('"Type": "Pass", "Ends": true, "Next": "A"', ("unknown-field", "End", None)),
        ('"Type": "Pass", "comment": "c", "Next": "A"', ("unknown-field", "Comment", "safe")),
        ('"Type": "Pas", "Next": "A"', ("unknown-state-type", "Pass", "unsafe")),
        ('"Type": "pass", "Next": "A"', ("unknown-state-type", "Pass", "safe")),
    ],
)
def test_near_names(body: str, change: tuple[str, str, str | None]) -> None:
    (fault,) = found(machine(body))
    assert fault.rule == change[0]
    assert fault.help == f'did you mean "{change[1]}"?'
    assert fault.fix
    assert change[2] in (None, fault.fix.safety)


def test_jsonschema_is_not_loaded_for_a_clean_definition() -> None:
    program = (
        "import sys; from stepvet.text.json import read_json; from stepvet.asl.shape import shape_faults\n"
        "from stepvet.asl.schema.sites import sites\n"
        "root = read_json(sys.argv[1]).root\n"
        "assert not [f for s in sites(root) for f in shape_faults(s)]; sys.exit('jsonschema' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, machine(f'{TASK}, "Retry": [], "End": true')], check=True)


# --- the gate

NAMES = st.sampled_from(sorted({name for kind in TABLES for name in schema(kind, "JSONPath")["properties"]}))
KINDS = st.sampled_from(sorted(TABLES))
LANGUAGES: st.SearchStrategy[QueryLanguage] = st.sampled_from(["JSONPath", "JSONata"])
WORDS = st.sampled_from(sorted({v for f in VALUES.values() for v in f.get("enum", ())} | {"", "{% 1 %}", "x", "$.a"}))
NUMBERS = st.sampled_from([-1, 0, 1, 99_999_999, 100_000_000, 0.5, 1.0, 100.5, 1e30])
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, WORDS)
ITEMS = st.lists(st.one_of(SCALARS, st.just({})), max_size=2)
ANY: st.SearchStrategy[Any] = st.one_of(
    SCALARS, ITEMS, st.dictionaries(st.text(max_size=3), st.one_of(SCALARS, st.just({})), max_size=2)
)


def fitting(fragment: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Mostly values of the right type, so that the gate is passed often enough."""
    by_type: dict[str, st.SearchStrategy[Any]] = {
        "string": st.sampled_from(fragment.get("enum", ["x", "{% 1 %}"])),
        "integer": st.integers(-1, 3),
        "number": st.sampled_from([0, 1.0, 50.5]),
        "boolean": st.booleans(),
        "null": st.none(),
        "array": st.lists(st.just({}) if "object" in str(fragment.get("items")) else st.just("E"), max_size=2),
        "object": st.just({}),
    }
    types = fragment.get("type", ["string", "object"])
    return st.one_of([by_type[t] for t in ([types] if isinstance(types, str) else types)])


@st.composite
def objects(draw: st.DrawFn) -> tuple[str, QueryLanguage, dict[str, Any]]:
    kind, language = draw(KINDS), draw(LANGUAGES)
    made = schema(kind, language)
    names = set(made["required"]) | {
        draw(st.sampled_from(g["oneOf"]))["required"][0] for g in made.get("allOf", []) if "oneOf" in g
    }
    value = {name: draw(fitting(made["properties"].get(name, {}))) for name in sorted(names)}
    value |= draw(st.dictionaries(NAMES, ANY, max_size=2))
    return kind, language, value


@given(objects())
def test_what_passes_the_gate_passes_jsonschema(case: tuple[str, QueryLanguage, dict[str, Any]]) -> None:
    kind, language, value = case
    node = read_json(json.dumps(value)).root
    assert isinstance(node, Object)
    errors = list(Draft202012Validator(schema(kind, language)).iter_errors(as_instance(node)))
    if gate(kind, language)(node):
        assert errors == []
    elif not errors:
        assert any(isinstance(v, float) and v.is_integer() for v in value.values())


@pytest.mark.parametrize("kind", sorted(TABLES))
@pytest.mark.parametrize("language", ["JSONPath", "JSONata"])
def test_every_schema_is_valid_and_flat(kind: str, language: QueryLanguage) -> None:
    made = schema(kind, language)
    Draft202012Validator.check_schema(made)
    assert not any({"properties", "oneOf", "anyOf", "$ref"} & set(p) for p in made["properties"].values())
    assert set(made["required"]) <= set(made["properties"])
