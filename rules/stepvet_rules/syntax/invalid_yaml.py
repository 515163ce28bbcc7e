"""A text that is no YAML."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "invalid-yaml",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    bad=[
        Example(
            """
            StartAt: A
            States:
              A:
                Type: Pass
                QueryLanguage: JSONata
                Output: {% $states.input %}
                        ^^^^^^^^^^^^^^^^^^^ text that starts with {% needs quotes in YAML
                End: true
            """,
            filename="example.asl.yaml",
        ),
    ],
    good=[
        Example(
            """
            StartAt: A
            States:
              A:
                Type: Pass
                QueryLanguage: JSONata
                Output: "{% $states.input %}"
                End: true
            """,
            filename="example.asl.yaml",
        ),
    ],
)
def invalid_yaml(fault: Fault, context: Context) -> Iterator[Finding]:
    """A text that YAML's grammar doesn't allow.

    No tool can turn it into the JSON that AWS wants. The rest of the text is checked as far as it can be read.

    Evidence: the YAML standard.
    """
    yield told(fault)
