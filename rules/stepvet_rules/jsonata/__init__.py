"""JSONata expressions: syntax, references, functions, delimiters."""
