"""What a ResultWriter leaves in a Map's result: a pointer to the export, or what WriterConfig makes of the children.

Without an export the default is `COMPACT`, the array of outputs; `FLATTEN` takes arrays among them apart, one level;
`NONE` tells all of each child execution.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stepvet.asl.json_text import json_text
from stepvet.run.failure import TIMEOUT, Failure
from stepvet.text.node import Json, Object, plain

REGION, ACCOUNT = "us-east-1", "123456789012"


@dataclass(frozen=True, slots=True)
class ChildRun:
    """A child execution that ended: its `$$.Execution`, when it stopped, its output or why it failed."""

    execution: Json
    stopped: str
    output: Json
    failure: Failure | None


def tells_of_runs(writer: Object | None) -> bool:
    """Does a ResultWriter put whole records of the children into the Map's result?"""
    config = plain(found) if writer is not None and (found := writer.get("WriterConfig")) is not None else None
    return isinstance(config, dict) and config.get("Transformation") == "NONE"


def export_of(export: Json, run: str, folder: str) -> Json:
    """The recorded shape: the map run and where its manifest is. `run` is `machine/label:id`."""
    asked = export if isinstance(export, dict) else {}
    prefix = asked.get("Prefix")
    key = f"{str(prefix).rstrip('/')}/{folder}/manifest.json" if prefix else f"{folder}/manifest.json"
    arn = f"arn:aws:states:{REGION}:{ACCOUNT}:mapRun:{run}"
    return {"MapRunArn": arn, "ResultWriterDetails": {"Bucket": asked.get("Bucket", ""), "Key": key}}


def without_export(results: Json, config: Json, runs: Sequence[ChildRun]) -> Json:
    """The Map's result where nothing is written to a bucket."""
    transformation = config.get("Transformation") if isinstance(config, dict) else None
    if transformation == "NONE":
        return [dict(_record(run)) for run in runs]
    if transformation != "FLATTEN" or not isinstance(results, list):
        return results
    return [item for result in results for item in (result if isinstance(result, list) else [result])]


def _record(run: ChildRun) -> Iterator[tuple[str, Json]]:
    """A child execution as DescribeExecution tells of it: input and output are JSON texts."""
    execution = run.execution if isinstance(run.execution, dict) else {}
    arn = str(execution.get("Id", ""))
    status = "SUCCEEDED" if run.failure is None else "TIMED_OUT" if run.failure.error == TIMEOUT else "FAILED"
    if run.failure is not None:
        yield "Error", run.failure.error or ""
        yield "Cause", run.failure.cause or ""
    yield "ExecutionArn", arn
    yield "Input", json_text(execution.get("Input"))
    yield "InputDetails", {"Included": True}
    yield "Name", execution.get("Name")
    if run.failure is None:
        yield "Output", json_text(run.output)
        yield "OutputDetails", {"Included": True}
    yield "RedriveCount", 0
    yield "RedriveStatus", "NOT_REDRIVABLE"
    yield "RedriveStatusReason", f"Execution is {status} and cannot be redriven"
    yield "StartDate", execution.get("StartTime")
    yield "StateMachineArn", arn.replace(":execution:", ":stateMachine:").rpartition(":")[0]
    yield "Status", status
    yield "StopDate", run.stopped
