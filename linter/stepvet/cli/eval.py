"""Evaluate one JSONPath, intrinsic call or {% JSONata %} expression, and show where a path stops matching."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from stepvet.cli.main import FINDINGS, OK
from stepvet.cli.output import write
from stepvet.cli.runnable import json_object, json_value
from stepvet.lint.errors import EvaluationError, InvalidDefinition
from stepvet.lint.running import evaluate
from stepvet.report.safe import visible
from stepvet.run.concrete.evaluation import Values, steps

LONGEST = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "expression", metavar="EXPRESSION", help="'$.a.b', 'States.Format(…)' or '{%% $states.input.a %%}'"
    )
    parser.add_argument("--input", metavar="FILE|JSON|-", help="what $ is, in JSONata $states.input ({})")
    parser.add_argument("--context", metavar="FILE|JSON|-", help="what $$ is, in JSONata $states.context ({})")
    parser.add_argument("--variables", metavar="FILE|JSON|-", help="workflow variables by name ({})")
    parser.add_argument("-f", "--output-format", choices=("text", "json"), default="text")


def execute(options: argparse.Namespace) -> int:
    """0 with the value, 1 where there is none."""
    given = json_value(options.input, "--input", {})
    context = json_object(options.context, "--context")
    variables = json_object(options.variables, "--variables")
    try:
        result = evaluate(options.expression, input=given, context=context, variables=variables)
    except EvaluationError as error:
        led = list(_led(options.expression, Values(given, context, variables)))
        return _failed(options, error.error, error.cause, led)
    except InvalidDefinition as error:
        return _failed(options, "InvalidDefinition", str(error), [])
    shown = {"result": result} if options.output_format == "json" else result
    write(sys.stdout, [json.dumps(shown, indent=2, ensure_ascii=False), "\n"])
    return OK


def _failed(options: argparse.Namespace, error: str, cause: str, led: list[str]) -> int:
    if options.output_format == "json":
        write(sys.stdout, [json.dumps({"error": error, "cause": cause}, indent=2, ensure_ascii=False), "\n"])
    else:
        write(sys.stdout, [f"{error}: {visible(cause)}\n", *led])
    return FINDINGS


def _led(expression: str, values: Values) -> Iterator[str]:
    """Every step of the path that matched, and what it led to."""
    for step in steps(expression, values):
        yield f"  {visible(step.path)} = {_short(step.value)}\n"


def _short(value: Any) -> str:
    text = visible(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
