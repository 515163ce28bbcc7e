"""Mocked results against the service's shape, in the three modes."""

import pytest

from stepvet.asl.services.mock_result import FieldValidationMode, response_faults
from stepvet.asl.services.resource import parse_resource
from stepvet.asl.services.results import result_shape
from stepvet.asl.services.shapes import BOOLEAN, INTEGER, STRING, ListOf, MapOf, Member, Number, Object, String, members

STRICT, PRESENT, NONE = FieldValidationMode

SHELF = Object(
    {
        "Id": Member(STRING, required=True),
        "Jars": Member(ListOf(Object(members(Label=STRING, Grams=Number(0, 500))))),
        "Open": Member(BOOLEAN),
        "Row": Member(INTEGER),
        "Size": Member(String(("SMALL", "LARGE"))),
        "Notes": Member(MapOf(STRING)),
    }
)

CASES = [
    ({"Id": "a"}, []),
    ({"Id": "a", "id": 7, "Else": []}, []),
    ({"Id": 7}, ["Field 'Id' must be a string"]),
    ({"Id": "a", "Jars": {}}, ["Field 'Jars' must be an array"]),
    ({"Id": "a", "Jars": [{"Label": "x"}, {"Label": 1}]}, ["Field 'Label' must be a string"]),
    ({"Id": "a", "Jars": [{"Grams": "9"}]}, ["Field 'Grams' must be a number"]),
    ({"Id": "a", "Jars": [{"Grams": -1}]}, ["Field 'Grams' is less than the minimum value"]),
    ({"Id": "a", "Jars": [{"Grams": 501}]}, ["Field 'Grams' exceeds the maximum value"]),
    ({"Id": "a", "Open": "true"}, ["Field 'Open' must be a boolean"]),
    ({"Id": "a", "Row": True}, ["Field 'Row' must be a number"]),
    ({"Id": "a", "Size": "MIDDLE"}, ["Field 'Size' is not an expected value"]),
    ({"Id": "a", "Notes": {"x": 1}}, ["Field 'x' must be a string"]),
]


@pytest.mark.parametrize(("value", "expected"), CASES)
@pytest.mark.parametrize("mode", [STRICT, PRESENT])
def test_what_is_there_conforms(value: object, expected: list[str], mode: FieldValidationMode) -> None:
    found = list(response_faults(SHELF, value, mode))
    assert [fault.message for fault in found] == [f"Mock result schema validation error: {what}" for what in expected]


@pytest.mark.parametrize(("mode", "missing"), [(STRICT, [("Id",)]), (PRESENT, []), (NONE, [])])
def test_only_strict_asks_for_what_is_missing(mode: FieldValidationMode, missing: list[tuple[str, ...]]) -> None:
    assert [fault.path for fault in response_faults(SHELF, {"Open": True}, mode)] == missing


def test_none_asks_for_nothing() -> None:
    assert list(response_faults(SHELF, {"Id": 7}, NONE)) == []


def test_against_a_service() -> None:
    shape = result_shape(parse_resource("arn:aws:states:::states:startExecution"))
    assert shape is not None
    faults = list(response_faults(shape, {"ExecutionArn": "a", "StartDate": 17}, STRICT))
    assert [(fault.path, fault.name) for fault in faults] == [(("StartDate",), "StartDate")]
