"""The README's index of rules is the generated one: `stepvet rules -f markdown` prints it."""

from __future__ import annotations

from pathlib import Path

from stepvet.cli.rules import as_markdown
from stepvet.lint.registry import installed

README = Path(__file__).parents[2] / "README.md"


def test_the_index_in_the_readme_is_up_to_date() -> None:
    text = README.read_text(encoding="utf-8")
    shown = text.split("<!-- rules -->")[1].split("<!-- end of rules -->")[0]
    assert shown.strip() == "\n".join(as_markdown(list(installed().rules))).strip()
