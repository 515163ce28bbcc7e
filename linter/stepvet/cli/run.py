"""Run a definition on an input with mocked tasks: status, output or error, a summary, and with --trace every stage."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from stepvet.cli.checking import file_settings
from stepvet.cli.main import FINDINGS, OK, Trouble
from stepvet.cli.output import write
from stepvet.cli.runnable import Runnable, add_definition_flags, json_object, json_value, runnable
from stepvet.lint.errors import ValidationError
from stepvet.report.execution import json_lines, state_lines, text_lines
from stepvet.run.concrete import execution
from stepvet.run.document import FileFault
from stepvet.run.services.mocks import Mocks, SingleMock, read_mocks
from stepvet.run.services.service import ByNumber, MissingMock, Services, mock_of

ROLE = "arn:aws:iam::123456789012:role/StepFunctionsRole"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE[#RESOURCE]", help="the definition, or a template and its resource")
    parser.add_argument("--input", metavar="FILE|JSON|-", help="the execution's input ({})")
    parser.add_argument("--mocks", metavar="FILE[#CASE]", help="what tasks answer")
    parser.add_argument("--context", metavar="FILE|JSON|-", help="members of the Context Object")
    parser.add_argument("--variables", metavar="FILE|JSON|-", help="workflow variables at the start")
    parser.add_argument("--trace", action="store_true", help="show what every stage of every state made")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="seed of random numbers, UUIDs and jitter (0)")
    parser.add_argument("--max-events", type=_positive, metavar="N", help="history events that end the run (25,000)")
    add_definition_flags(parser)
    parser.add_argument("-f", "--output-format", choices=("text", "json"), default="text")
    group = parser.add_argument_group("one state, as TestState does")
    group.add_argument("--state", metavar="NAME", help="test this state by itself")
    group.add_argument("--inspection-level", choices=("INFO", "DEBUG", "TRACE"), help="what is shown of its stages")
    group.add_argument("--state-configuration", metavar="FILE|JSON|-", help="retries and failures that came before")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text[:20]) < 1:
        raise argparse.ArgumentTypeError(f'"{text}" is no number from 1 up')
    return int(text[:20])


def execute(options: argparse.Namespace) -> int:
    """0 where the execution (or the state's test) succeeded, else 1."""
    found = runnable(options.file, file_settings(options))
    mocks = _mocks(options.mocks)
    if options.state is not None:
        return _test_state(options, found, mocks)
    settings = execution.Settings(
        services=_services(mocks),
        context=json_object(options.context, "--context"),
        variables=json_object(options.variables, "--variables"),
        type=found.machine.type,
        seed=options.seed,
        max_events=options.max_events,
        detailed=options.trace or options.output_format == "json",
    )
    try:
        run = execution.execute(found.machine, json_value(options.input, "--input", {}), settings)
    except MissingMock as missing:
        raise Trouble(str(missing)) from None
    if options.output_format == "json":
        write(sys.stdout, json_lines(run.to_json()))
    else:
        at = run.failure.at if run.failure else None
        place = found.place(at) if at is not None else None
        write(sys.stdout, text_lines(run, place, trace=options.trace))
    return OK if run.status == "SUCCEEDED" else FINDINGS


def _mocks(text: str | None) -> Mocks | SingleMock:
    if text is None:
        return {}
    name, _, case = text.partition("#")
    found = read_mocks(Path(name), case or None)
    if isinstance(found, FileFault):
        raise Trouble(found.message)
    return found


def _services(mocks: Mocks | SingleMock) -> Services:
    """A TestState mock answers one state; in a whole run it would answer every task alike."""
    if isinstance(mocks, SingleMock):
        raise Trouble("a TestState mock goes with --state NAME; for a whole run, mocks are given by state name")
    return mocks


def _test_state(options: argparse.Namespace, found: Runnable, mocks: Mocks | SingleMock) -> int:
    from stepvet.lint.single_state import answer_of

    state = next((s for s in found.machine.states() if s.name == options.state), None)
    if state is None:
        raise Trouble(f'the state "{options.state}" does not exist in the definition')
    try:
        answer = answer_of(
            state,
            input=json.dumps(json_value(options.input, "--input", {})),
            context=json_object(options.context, "--context") if options.context is not None else None,
            variables=json_object(options.variables, "--variables"),
            mock=_state_mock(mocks, options.state),
            level=options.inspection_level or ("DEBUG" if options.trace else "INFO"),
            configuration=json_object(options.state_configuration, "--state-configuration"),
            role=ROLE,
            reveal=False,
        )
    except ValidationError as error:
        raise Trouble(str(error)) from None
    write(sys.stdout, json_lines(answer) if options.output_format == "json" else state_lines(answer))
    return OK if answer["status"] == "SUCCEEDED" else FINDINGS


def _state_mock(mocks: Mocks | SingleMock, name: str) -> dict[str, Any] | None:
    """The state's mock as TestState takes it, with the result as JSON text."""
    given = mocks.mock if isinstance(mocks, SingleMock) else mocks.get(name)
    if isinstance(given, list):
        given = given[0] if given else None
    if isinstance(given, ByNumber):
        given = mock_of(given)
    if given is None:
        return None
    if not isinstance(given, dict):
        raise Trouble(f'the mock of "{name}" must be a result or an errorOutput')
    kept = {k: v for k, v in given.items() if k in ("result", "errorOutput", "fieldValidationMode")}
    return {**kept, "result": json.dumps(kept["result"])} if "result" in kept else kept
