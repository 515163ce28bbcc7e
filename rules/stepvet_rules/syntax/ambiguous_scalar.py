"""A YAML scalar that readers take differently."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "ambiguous-scalar",
    visits=Fault,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            StartAt: Yes
                     ^^^ "Yes" is true for readers of YAML 1.1 and something else for readers of YAML 1.2
            States:
              Yes:
              ^^^ "Yes" is true for readers of YAML 1.1 and something else for readers of YAML 1.2
                Type: Succeed
            """,
            filename="example.asl.yaml",
        ),
    ],
    good=[
        Example(
            """
            StartAt: "Yes"
            States:
              "Yes":
                Type: Succeed
            """,
            filename="example.asl.yaml",
        ),
    ],
)
def ambiguous_scalar(fault: Fault, context: Context) -> Iterator[Finding]:
    """A plain scalar that is text for one reader of YAML and something else for another.

    YAML 1.1 takes `Yes`, `on` and `010` for a boolean or another number, YAML 1.2 doesn't. CloudFormation, SAM and
    other tools don't agree, so the machine depends on who reads it. Put it in quotes.

    Evidence: the two editions of the YAML standard.
    """
    yield told(fault)
