"""Print a shell completion script: commands, their flags, the words that each takes, else files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from stepvet.cli.main import COMMANDS, OK
from stepvet.lint.registry import installed
from stepvet.report import FORMATS

SHELLS = ("bash", "zsh", "fish")
RULE_NAMES = frozenset({"select", "ignore", "extend_select", "name"})
"""Arguments that name rules."""


@dataclass(frozen=True, slots=True)
class Argument:
    """`flags` are empty for a positional one. `words` may follow; where there are none, `takes_value` means files."""

    flags: tuple[str, ...]
    words: tuple[str, ...]
    takes_value: bool
    text: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS)


def execute(options: argparse.Namespace) -> int:
    print("\n".join(_SCRIPTS[options.shell]()))
    return OK


def _arguments(command: str) -> list[Argument]:
    parser = argparse.ArgumentParser(add_help=False)
    import_module(f"stepvet.cli.{command}").add_arguments(parser)
    return [_argument(action) for action in parser._actions]  # argparse offers no public way to list them


def _argument(action: argparse.Action) -> Argument:
    text = (action.help or "").replace("%%", "%")
    return Argument(tuple(action.option_strings), _words(action), action.nargs != 0, text)


def _words(action: argparse.Action) -> tuple[str, ...]:
    if action.choices:
        return tuple(str(choice) for choice in action.choices)
    if action.dest in RULE_NAMES:
        return tuple(rule.name for rule in installed().rules)
    return FORMATS if action.dest == "output_format" else ()


def _flags(arguments: list[Argument]) -> str:
    return " ".join(flag for argument in arguments for flag in argument.flags)


def _positional(arguments: list[Argument]) -> str:
    return " ".join(word for argument in arguments if not argument.flags for word in argument.words)


def _cases(arguments: list[Argument], with_words: str, with_files: str) -> Iterator[str]:
    """A shell's `case` arms on the word before: what each flag that takes a value offers."""
    for argument in arguments:
        if argument.flags and argument.takes_value:
            offer = with_words.format(" ".join(argument.words)) if argument.words else with_files
            yield f"        {'|'.join(argument.flags)}) {offer} ;;"


def _bash() -> Iterator[str]:
    yield "_stepvet() {"
    yield '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words="" files=yes found'
    yield f'  local command="${{COMP_WORDS[1]}}" commands="{" ".join(COMMANDS)}"'
    yield '  [ "$COMP_CWORD" -eq 1 ] && words="$commands"'
    yield '  case " $commands " in *" $command "*) ;; *) command=check ;; esac'
    yield '  [ "$COMP_CWORD" -gt 1 ] && case "$command" in'
    for command in COMMANDS:
        arguments = _arguments(command)
        yield f"    {command})"
        yield f'      words="{_positional(arguments)}"; [ -n "$words" ] && files=""'
        yield f"""      case "$word" in -*) words="{_flags(arguments)}"; files="" ;; esac"""
        yield '      case "$before" in'
        yield from _cases(arguments, 'words="{}"; files=""', 'words=""; files=yes')
        yield "      esac ;;"
    yield "  esac"
    yield "  COMPREPLY=()"
    yield '  while IFS= read -r found; do COMPREPLY+=("$found"); done < <('
    yield '    compgen -W "$words" -- "$word"; [ -n "$files" ] && compgen -f -- "$word")'
    yield "}"
    yield "complete -o filenames -F _stepvet stepvet"


def _zsh() -> Iterator[str]:
    yield "#compdef stepvet"
    yield "_stepvet() {"
    yield f'  local command="${{words[2]}}" commands="{" ".join(COMMANDS)}"'
    yield "  if (( CURRENT == 2 )); then compadd -- ${=commands}; _files; return; fi"
    yield '  [[ " $commands " == *" $command "* ]] || command=check'
    yield '  case "$command" in'
    for command in COMMANDS:
        arguments = _arguments(command)
        positional = _positional(arguments)
        yield f"    {command})"
        yield '      case "${words[CURRENT-1]}" in'
        yield from _cases(arguments, "compadd -- {}; return", "_files; return")
        yield "      esac"
        yield f'      if [[ "$PREFIX" == -* ]]; then compadd -- {_flags(arguments) or "--help"}; return; fi'
        yield f"      {f'compadd -- {positional}' if positional else '_files'} ;;"
    yield "  esac"
    yield "}"
    yield "compdef _stepvet stepvet"


def _fish() -> Iterator[str]:
    yield f"complete -c stepvet -n __fish_use_subcommand -a '{' '.join(COMMANDS)}'"
    for command in COMMANDS:
        seen = f"complete -c stepvet -n '__fish_seen_subcommand_from {command}'"
        for argument in _arguments(command):
            words = f" -x -a '{' '.join(argument.words)}'" if argument.words else " -r" if argument.takes_value else ""
            named = "".join(f" {'-l' if flag.startswith('--') else '-s'} {flag.lstrip('-')}" for flag in argument.flags)
            told = argument.text.replace("\\", "\\\\").replace("'", "\\'")
            if argument.flags:
                yield f"{seen}{named}{words} -d '{told}'"
            elif argument.words:
                yield f"{seen} -f -a '{' '.join(argument.words)}'"


_SCRIPTS = {"bash": _bash, "zsh": _zsh, "fish": _fish}
