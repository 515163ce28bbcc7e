"""A Pass state with two outputs, of which one counts."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Label, Pass, Severity, rule


@rule(
    "result-hides-parameters",
    visits=Pass,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Set", "States": {
              "Set": {"Type": "Pass", "Result": {"a": 1}, "Parameters": {"b.$": "$.b"}, "End": true}
                                                          ^^^^^^^^^^^^ Result wins over Parameters, which have no effect here
            }}
            """
        ),
    ],
    good=[
        Example('{"StartAt": "Set", "States": {"Set": {"Type": "Pass", "Parameters": {"b.$": "$.b"}, "End": true}}}')
    ],
)
def result_hides_parameters(state: Pass, context: Context) -> Iterator[Finding]:
    """`Result` and `Parameters` on one Pass state.

    Result is the output, and Parameters are not used. Put the fixed values into Parameters, or remove what is not
    wanted.

    Evidence: AWS accepts both fields.
    """
    parameters, result = state.node.member("Parameters"), state.node.member("Result")
    if parameters is not None and result is not None and state.language == "JSONPath":
        told = "Result wins over Parameters, which have no effect here"
        yield Finding(told, at=parameters.key, labels=(Label(result.key, "the result"),))
