"""A pattern that is written like a regular expression."""

import re
from collections.abc import Iterator

from stepvet.api import Comparison, Context, Example, Finding, Severity, String, rule

_REGEX = re.compile(
    r"^\^|(?<!\\)\$$|\.\+|\\[dwsbDWSB]|\[[^\]]*[a-zA-Z0-9]-[a-zA-Z0-9][^\]]*\]|\([^()]*\|[^()]*\)|^\.\*.*\.\*$"
)


@rule(
    "regex-in-string-matches",
    visits=Comparison,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.file", "StringMatches": "^report-[0-9]+", "Next": "Done"}]},
                                                        ^^^^^^^^^^^^^^^^ StringMatches knows no regular expressions: here only "*" is special
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.file", "StringMatches": "report-*.*", "Next": "Done"},
                {"Variable": "$.file", "StringMatches": "https://*?id=*", "Next": "Done"}]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def regex_in_string_matches(test: Comparison, context: Context) -> Iterator[Finding]:
    """A `StringMatches` pattern with anchors, classes or quantifiers.

    The only special character is `*`, which stands for any characters; everything else, `^`, `[` and `.` included,
    stands for itself, and the whole string has to match. Such a rule hardly ever matches.

    Evidence: `*` is the only special character of a pattern (specification).
    """
    pattern = test.operand
    if test.operator.name != "StringMatches" or not isinstance(pattern, String) or pattern.holes:
        return
    if _REGEX.search(pattern.value):
        yield Finding('StringMatches knows no regular expressions: here only "*" is special', at=pattern)
