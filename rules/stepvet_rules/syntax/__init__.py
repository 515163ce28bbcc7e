"""JSON and YAML as texts."""
