"""An intrinsic call that cannot be used in `ErrorPath` or `CausePath`."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "invalid-intrinsic",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Fail", "Error": "Broken", "CausePath": "States.Format('{}', $.cause"}
                                                                                  ^^^^^^^^^^^^^^ "CausePath" is no intrinsic call: the parenthesis is not closed
            }}
            """
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Fail", "ErrorPath": "States.Array($.error)"}
                                                  ^^^^^^^^^^^^ "ErrorPath" needs a text, and "States.Array" does not give one
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Fail", "Error": "Broken", "CausePath": "States.Format('{}', $.cause)"}
            }}
            """
        ),
    ],
)
def invalid_intrinsic(fault: Fault, context: Context) -> Iterator[Finding]:
    """An `ErrorPath` or `CausePath` with a call that can't be read or gives no text.

    AWS refuses the definition. These fields take the seven functions that give a text: `States.Format`,
    `States.JsonToString`, `States.ArrayGetItem`, `States.Base64Encode`, `States.Base64Decode`, `States.Hash` and
    `States.UUID`.

    Evidence: AWS's guide lists them, and accepted calls are recorded.
    """
    yield told(fault)
