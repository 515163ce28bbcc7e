"""An argument that an intrinsic function cannot take."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "wrong-intrinsic-argument",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.MathAdd($.a)"}, "End": true}
                                                          ^^^^^^^^^^^^^^^^^^^^^ States.MathAdd takes 2 arguments, not 1
            }}
            """
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.Format('{} of {}', $.a)"}, "End": true}
                                                                         ^^^^^^^^^^ the format has 2 {} and is given 1 value
            }}
            """
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.Hash($.a, 'SHA1')"}, "End": true}
                                                                            ^^^^^^ "SHA1" is none of the hash algorithms MD5, SHA-1, SHA-256, SHA-384, SHA-512
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.Hash($.a, 'SHA-1')"}, "End": true}
            }}
            """,
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.MathAdd($.a, 1)"}, "End": true}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.Array()"}, "End": true}
            }}
            """
        ),
    ],
)
def wrong_intrinsic_argument(fault: Fault, context: Context) -> Iterator[Finding]:
    """An intrinsic call with too few, too many or wrong arguments, whatever the data.

    Whenever the call is reached it fails with `States.IntrinsicFailure`. Give it what the message names.

    Evidence: the specification and AWS's guide; AWS's answer when a machine is created isn't recorded.
    """
    yield told(fault)
