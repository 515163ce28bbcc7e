"""A header that Step Functions does not send."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "forbidden-header",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true,
                "Parameters": {"ApiEndpoint": "https://example.com", "Method": "GET",
                  "Authentication": {"ConnectionArn": "arn:aws:events:us-east-1:123456789012:connection/c/1"},
                  "Headers": {"Authorization": "secret"}}}
                              ^^^^^^^^^^^^^^^ Step Functions does not send the header "Authorization"
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true,
                "Parameters": {"ApiEndpoint": "https://example.com", "Method": "GET",
                  "Authentication": {"ConnectionArn": "arn:aws:events:us-east-1:123456789012:connection/c/1"},
                  "Headers": {"X-Order": "7"}}}
            }}
            """
        ),
    ],
)
def forbidden_header(fault: Fault, context: Context) -> Iterator[Finding]:
    """A header that an HTTP or API Gateway task may not set.

    Step Functions sets it itself or removes it, and the task fails or lacks the header. Credentials belong into the
    connection.

    Evidence: AWS's guide.
    """
    yield told(fault)
