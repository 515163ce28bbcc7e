"""More concurrent iterations than an inline Map runs."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Map, Number, Severity, rule

LIMIT = 40


@rule(
    "inline-concurrency-limit",
    visits=Map,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true, "MaxConcurrency": 100,
                                                                     ^^^ an inline Map runs about 40 iterations at once, not 100
                "ItemProcessor": {"StartAt": "Put", "States": {"Put": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true, "MaxConcurrency": 1000,
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "Put", "States": {"Put": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
)
def inline_concurrency_limit(state: Map, context: Context) -> Iterator[Finding]:
    """`MaxConcurrency` above 40 on an inline Map.

    Inline iterations share the parent's history, and about 40 of them run at once whatever is asked for. The
    distributed mode runs up to 10,000.

    Evidence: AWS's guide gives 40 concurrent iterations as the limit of the inline mode.
    """
    most = state.max_concurrency
    if state.processor is not None and state.processor.is_inline and isinstance(most, Number) and most.value > LIMIT:
        yield Finding(f"an inline Map runs about {LIMIT} iterations at once, not {most.text}", at=most)
