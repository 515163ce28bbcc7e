"""Amazon States Language, not run: the model of the eight states, the schema, the path languages, names and tables."""
