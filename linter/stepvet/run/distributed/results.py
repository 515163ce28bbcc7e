"""What a ResultWriter leaves in a Map's result: a pointer to the export, or the outputs, transformed."""

from __future__ import annotations

from stepvet.text.node import Json

REGION, ACCOUNT = "us-east-1", "123456789012"


def export_of(export: Json, run: str, folder: str) -> Json:
    """The recorded shape: the map run and where its manifest is."""
    asked = export if isinstance(export, dict) else {}
    prefix = asked.get("Prefix")
    key = f"{str(prefix).rstrip('/')}/{folder}/manifest.json" if prefix else f"{folder}/manifest.json"
    arn = f"arn:aws:states:{REGION}:{ACCOUNT}:mapRun:{run}"
    return {"MapRunArn": arn, "ResultWriterDetails": {"Bucket": asked.get("Bucket", ""), "Key": key}}


def without_export(results: Json, config: Json) -> Json:
    """`FLATTEN` takes arrays apart, one level; otherwise the outputs stay as they are."""
    transformation = config.get("Transformation") if isinstance(config, dict) else None
    if transformation != "FLATTEN" or not isinstance(results, list):
        return results
    return [item for result in results for item in (result if isinstance(result, list) else [result])]
