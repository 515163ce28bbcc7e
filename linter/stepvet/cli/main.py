"""The program `stepvet`: finds the command, runs it, and turns what goes wrong into one line and an exit status.

Only the chosen command's module is imported, so that `--help`, `--version` and `explain` cost nothing of the others.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from stepvet._version import __version__

COMMANDS = {
    "check": "check definitions in files, folders and templates",
    "validate": "answer as AWS's ValidateStateMachineDefinition does, offline",
    "run": "run a definition on an input, with mocked tasks",
    "paths": "run a definition on symbolic inputs and print every path",
    "test": "run scenario files",
    "eval": "evaluate one JSONPath, intrinsic call or JSONata expression",
    "explain": "print a rule's page",
    "rules": "list the rules",
    "baseline": "write or prune a baseline of accepted findings",
    "config": "show the settings in force and where they come from",
    "schema": "print the JSON Schema of a file format",
    "completion": "print a shell completion script",
}
"""Each command is a module of this package with `add_arguments(parser)` and `execute(options) -> int`."""

OK, FINDINGS, TROUBLE, INTERRUPTED = 0, 1, 2, 130


class Trouble(Exception):  # noqa: N818 - it is the user's, not ours
    """Something that ends the run with one line on stderr and exit status 2."""


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Wrong usage: one line, and where to read more."""
        print(f"{self.prog}: {message} (see '{self.prog} --help')", file=sys.stderr)
        raise SystemExit(TROUBLE)


def entry() -> NoReturn:
    gc.set_threshold(50_000, 20, 20)  # trees and worlds live long and hold few cycles: to look seldom saves a quarter
    if isinstance(sys.stdout, io.TextIOWrapper):  # a character that the terminal's encoding lacks must not end the run
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name and return its exit status."""
    words = list(arguments)
    try:
        status = _status(words)
        sys.stdout.flush()
        return status
    except Trouble as trouble:
        return _failed(str(trouble), TROUBLE)
    except KeyboardInterrupt:
        return _failed("interrupted", INTERRUPTED)
    except RecursionError:
        return _failed("the input is nested too deeply to be read", TROUBLE)
    except OSError as error:
        _abandon_stdout()
        return _failed(f"the output can't be written: {error.strerror or error}", TROUBLE)
    except Exception as error:
        return _failed(f"a fault of stepvet's own: {type(error).__name__}: {error}", TROUBLE)


def _status(words: list[str]) -> int:
    if words and words[0] in COMMANDS:
        return _command(words[0], words[1:])
    if not words or words[0] in ("-h", "--help", "--version", "-V"):
        return _program(words)
    _refuse_misspelt_command(words[0])
    return _command("check", words)


def _refuse_misspelt_command(word: str) -> None:
    """A word that is no file and nearly a command is one that was mistyped, and not a path to check."""
    from stepvet.text.near import nearest

    like = nearest(word, COMMANDS) if word.isalpha() and not os.path.lexists(word) else None
    if like:
        raise Trouble(f'there is no command and no file "{word}"; did you mean "stepvet {like}"?')


def _failed(message: str, status: int) -> int:
    """One line on stderr, if somebody still reads it."""
    with contextlib.suppress(OSError, ValueError):
        print(f"stepvet: {message}", file=sys.stderr, flush=True)
    return status


def _abandon_stdout() -> None:
    """What is left in its buffer must not be written, and not complained about, when the interpreter ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _command(name: str, words: list[str]) -> int:
    module = import_module(f"stepvet.cli.{name}")
    parser = Parser(
        prog=f"stepvet {name}", description=module.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    module.add_arguments(parser)
    status: int = module.execute(parser.parse_args(words))
    return status


def _program(words: list[str]) -> int:
    if words and words[0] in ("--version", "-V"):
        print(f"stepvet {__version__}")
        return OK
    width = max(map(len, COMMANDS))
    print("usage: stepvet COMMAND [ARGUMENT …]   (or: stepvet PATH …, which is stepvet check PATH …)\n")
    print("Static analysis of Amazon States Language definitions, with a reference executor.\n")
    print("\n".join(f"  {name:<{width}}  {text}" for name, text in COMMANDS.items()))
    print("\n'stepvet COMMAND --help' has the arguments of each.")
    return OK if words else TROUBLE
