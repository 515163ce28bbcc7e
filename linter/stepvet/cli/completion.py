"""Print a completion script for bash, zsh or fish: commands, their flags, the words that flags take, else files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module

from stepvet.cli.main import COMMANDS, OK

SHELLS = ("bash", "zsh", "fish")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS)


def execute(options: argparse.Namespace) -> int:
    print("\n".join(_SCRIPTS[options.shell]()))
    return OK


def _flags(command: str) -> list[tuple[str, tuple[str, ...], str]]:
    """Each long flag of a command with the words it takes and its help."""
    parser = argparse.ArgumentParser(add_help=False)
    import_module(f"stepvet.cli.{command}").add_arguments(parser)
    return [
        (flag, tuple(str(c) for c in action.choices or ()), action.help or "")
        for action in parser._actions  # argparse offers no public way to list them
        for flag in action.option_strings
        if flag.startswith("--")
    ]


def _words(command: str) -> list[str]:
    """Words that may stand as a command's first argument."""
    parser = argparse.ArgumentParser(add_help=False)
    import_module(f"stepvet.cli.{command}").add_arguments(parser)
    return [str(c) for action in parser._actions if not action.option_strings for c in action.choices or ()]


def _bash() -> Iterator[str]:
    yield "_stepvet() {"
    yield '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words=""'
    yield '  if [ "$COMP_CWORD" -eq 1 ]; then'
    yield f'    words="{" ".join(COMMANDS)}"'
    yield "  else"
    yield '    case "${COMP_WORDS[1]}" in'
    for command in COMMANDS:
        flags = _flags(command)
        yield f"      {command}) words=\"{' '.join([*_words(command), *(f[0] for f in flags)])}\""
        yield '        case "$before" in'
        yield from (f"          {name}) words=\"{' '.join(choices)}\" ;;" for name, choices, _ in flags if choices)
        yield "        esac ;;"
    yield "    esac"
    yield "  fi"
    yield '  COMPREPLY=($(compgen -W "$words" -- "$word") $(compgen -f -- "$word"))'
    yield "}"
    yield "complete -o filenames -F _stepvet stepvet"


def _zsh() -> Iterator[str]:
    yield "#compdef stepvet"
    yield "autoload -U +X bashcompinit && bashcompinit"
    yield from _bash()


def _fish() -> Iterator[str]:
    yield "complete -c stepvet -n __fish_use_subcommand -a " + repr(" ".join(COMMANDS))
    for command in COMMANDS:
        seen = f"-n '__fish_seen_subcommand_from {command}'"
        if words := _words(command):
            yield f"complete -c stepvet {seen} -a '{' '.join(words)}'"
        for flag, choices, text in _flags(command):
            taken = f" -x -a '{' '.join(choices)}'" if choices else ""
            told = text.replace("\\", "\\\\").replace("'", "\\'").replace("%%", "%")
            yield f"complete -c stepvet {seen} -l {flag[2:]}{taken} -d '{told}'"


_SCRIPTS = {"bash": _bash, "zsh": _zsh, "fish": _fish}
