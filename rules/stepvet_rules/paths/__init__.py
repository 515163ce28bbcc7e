"""JSONPath: paths that can't be read, values that look like paths and stay text."""
