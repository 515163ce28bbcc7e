"""JSON Schemas of the files that the executor reads."""
