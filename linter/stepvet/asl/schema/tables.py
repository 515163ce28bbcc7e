"""Which fields the objects of a definition have: one compact row for each kind of object.

Measured at AWS for the eight states (8 types × 50 fields): a field that isn't listed is refused. Names stand in the
order in which AWS lists them in its messages. Values are `values`' matter.
"""

from __future__ import annotations

from dataclasses import dataclass

from stepvet.asl.operators import COMBINATORS, OPERATORS


@dataclass(frozen=True, slots=True)
class Table:
    """The fields of a kind of object. `one_of` lists groups of which exactly one member must be there, `exclusive`
    groups of which at most one may be."""

    called: str
    """What our messages call such an object."""
    fields: str
    jsonpath: str = ""
    jsonata: str = ""
    required: str = ""
    one_of: tuple[str, ...] = ()
    exclusive: tuple[str, ...] = ()
    open: bool = False
    """May have any other field, too."""


_paths = "InputPath OutputPath"
_io = "InputPath OutputPath ResultPath"
_goes_on = ("Next End",)
_comment = "Comment"

STATES: dict[str, Table] = {
    "Pass": Table("a Pass state", "Assign Next End", f"{_io} Parameters Result", "Output", one_of=_goes_on),
    "Task": Table(
        "a Task state",
        "Resource Credentials Assign Retry Catch TimeoutSeconds HeartbeatSeconds Next End",
        f"{_io} ResultSelector Parameters TimeoutSecondsPath HeartbeatSecondsPath",
        "Arguments Output",
        required="Resource",
        one_of=_goes_on,
        exclusive=("TimeoutSeconds TimeoutSecondsPath", "HeartbeatSeconds HeartbeatSecondsPath"),
    ),
    "Wait": Table(
        "a Wait state",
        "Seconds Timestamp Assign Next End",
        f"{_paths} SecondsPath TimestampPath",
        "Output",
        one_of=("SecondsPath Seconds TimestampPath Timestamp", *_goes_on),
    ),
    "Choice": Table("a Choice state", "Choices Default Assign", _paths, "Output", required="Choices"),
    "Succeed": Table("a Succeed state", "", _paths, "Output"),
    "Fail": Table(
        "a Fail state", "Error Cause", "ErrorPath CausePath", exclusive=("Error ErrorPath", "Cause CausePath")
    ),
    "Parallel": Table(
        "a Parallel state",
        "Branches Assign Retry Catch Next End",
        f"{_io} ResultSelector Parameters",
        "Arguments Output",
        required="Branches",
        one_of=_goes_on,
    ),
    "Map": Table(
        "a Map state",
        "ItemProcessor Iterator ItemSelector ItemReader ItemBatcher ResultWriter MaxConcurrency "
        "ToleratedFailurePercentage ToleratedFailureCount Label Assign Retry Catch Next End",
        f"{_io} ResultSelector Parameters ItemsPath MaxConcurrencyPath ToleratedFailurePercentagePath "
        "ToleratedFailureCountPath",
        "Items Output",
        one_of=("ItemProcessor Iterator", *_goes_on),
        exclusive=(
            "MaxConcurrency MaxConcurrencyPath",
            "ToleratedFailurePercentage ToleratedFailurePercentagePath",
            "ToleratedFailureCount ToleratedFailureCountPath",
        ),
    ),
}
"""State type → its fields; `Type`, `Comment` and `QueryLanguage` are legal on every state."""

ON_EVERY_STATE = "Type Comment QueryLanguage"

_operators = " ".join(OPERATORS)
_tested = "Next Assign"
_scope = "StartAt States Comment"
_csv = "CSVHeaderLocation CSVHeaders"
_limits = ("MaxItemsPerBatch MaxItemsPerBatchPath", "MaxInputBytesPerBatch MaxInputBytesPerBatchPath")
_reading = "InputType Transformation ManifestType CSVDelimiter ItemsPointer MaxItems Comment"


def _reader(called: str, fields: str, required: str = "") -> Table:
    return Table(called, fields, "MaxItemsPath", required=required, exclusive=("MaxItems MaxItemsPath",))


PARTS: dict[str, Table] = {
    "root": Table("a state machine", f"{_scope} Version TimeoutSeconds QueryLanguage", required="States StartAt"),
    "branch": Table("a branch", _scope, required="States StartAt"),
    "processor": Table("an item processor", f"{_scope} ProcessorConfig", required="States StartAt"),
    "state": Table("a state", "Type", required="Type", open=True),
    "retrier": Table(
        "a retrier",
        "ErrorEquals IntervalSeconds MaxAttempts BackoffRate MaxDelaySeconds JitterStrategy Comment",
        required="ErrorEquals",
    ),
    "catcher": Table("a catcher", "ErrorEquals Next Assign Comment", "ResultPath", "Output", "ErrorEquals Next"),
    "rule": Table("a choice rule", f"{_tested} {_comment}", "", "Condition Output", required="Next", open=True),
    "rule of Condition": Table(
        "a choice rule",
        f"{_tested} {_comment}",
        f"Variable {' '.join(COMBINATORS)}",
        "Condition Output",
        required="Next",
    ),
    "rule of Variable": Table(
        "a choice rule",
        f"{_tested} {_comment}",
        f"Variable {_operators}",
        "Condition Output",
        required="Next",
        one_of=(_operators,),
    ),
    "test": Table("a nested test", _comment, "", "Condition", open=True),
    "test of Condition": Table("a nested test", _comment, "", "Condition"),
    "test of Variable": Table("a nested test", _comment, f"Variable {_operators}", one_of=(_operators,)),
    **{
        f"{place} of {name}": Table(called, f"{fields} {_comment}".strip(), name, "", required)
        for place, called, fields, required in (
            ("rule", "a choice rule", _tested, "Next"),
            ("test", "a nested test", "", ""),
        )
        for name in COMBINATORS
    },
    "ProcessorConfig": Table("a processor configuration", "Mode ExecutionType Comment"),
    "ProcessorConfig of INLINE": Table("an inline processor", "Mode Comment"),
    "ProcessorConfig of DISTRIBUTED": Table(
        "a distributed processor", "Mode ExecutionType Comment", required="ExecutionType"
    ),
    "ItemReader": Table(
        "an item reader", "Resource ReaderConfig Comment", "Parameters", "Arguments", required="Resource"
    ),
    "ReaderConfig": _reader("a reader configuration", f"{_reading} {_csv}"),
    "ReaderConfig of CSV": _reader("a reader of CSV", f"{_reading} {_csv}", required="CSVHeaderLocation"),
    "ReaderConfig of given headers": _reader("a reader of CSV", f"{_reading} {_csv}", required="CSVHeaders"),
    "ReaderConfig of records": _reader("a reader of records without a header row", _reading),
    "ItemBatcher": Table(
        "an item batcher",
        "BatchInput MaxItemsPerBatch MaxInputBytesPerBatch Comment",
        "MaxItemsPerBatchPath MaxInputBytesPerBatchPath",
        exclusive=_limits,
    ),
    "ResultWriter": Table("a result writer", "Resource WriterConfig Comment", "Parameters", "Arguments"),
    "WriterConfig": Table(
        "a writer configuration", "Transformation OutputType Comment", required="Transformation OutputType"
    ),
    "S3 request": Table("a request", "Bucket Key Prefix", open=True),
    "Credentials": Table("credentials", "", open=True),
}
"""Kind of part → its fields."""

TABLES: dict[str, Table] = {**STATES, **PARTS}
