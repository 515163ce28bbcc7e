"""Print a rule's page, the rules of a group, or the rules that stand for an AWS code."""

from __future__ import annotations

import argparse
import inspect
from collections.abc import Iterator

from stepvet.cli.main import OK, Trouble
from stepvet.lint.registry import AnyRule, Installed, installed
from stepvet.lint.rule import Example


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="a rule, a group or an AWS code")


def execute(options: argparse.Namespace) -> int:
    rules = installed()
    rule = rules.named(options.name)
    print("\n".join(page(rule) if rule else listing(_several(options.name, rules))))
    return OK


def _several(name: str, rules: Installed) -> list[AnyRule]:
    found = [r for r in rules.rules if name in (r.group, *r.aws_codes)]
    if found:
        return found
    from stepvet.text.near import nearest

    known = [*(r.name for r in rules.rules), *rules.groups, *(code for r in rules.rules for code in r.aws_codes)]
    meant = nearest(name, known)
    raise Trouble(f'no rule, group or AWS code is called "{name}"' + (f'; did you mean "{meant}"?' if meant else ""))


def page(rule: AnyRule) -> Iterator[str]:
    """The rule's page as lines of Markdown."""
    yield f"# {rule.name}"
    yield ""
    codes = f" · AWS: {', '.join(rule.aws_codes)}" if rule.aws_codes else ""
    yield f"{rule.severity.value} · group {rule.group} · since {rule.since}{codes}"
    yield ""
    yield rule.page
    if rule.options:
        yield "\n## Options\n"
        yield from (f"- `{name}`: {value!r}" for name, value in rule.options.items())
    yield from _examples("Reported", rule.bad)
    yield from _examples("Not reported", rule.good)


def _examples(title: str, examples: tuple[Example, ...]) -> Iterator[str]:
    if examples:
        yield f"\n## {title}"
    for example in examples:
        language = "yaml" if example.filename.endswith((".yaml", ".yml")) else "json"
        yield f"\n```{language}\n{inspect.cleandoc(example.text)}\n```"
        if example.fixed is not None:
            yield f"\nAfter the fix:\n\n```{language}\n{inspect.cleandoc(example.fixed)}\n```"


def listing(rules: list[AnyRule]) -> Iterator[str]:
    """One line a rule, aligned."""
    width = max((len(r.name) for r in rules), default=0)
    return (f"{r.name:<{width}}  {r.severity.value:<7}  {r.group:<11}  {r.summary}" for r in rules)
