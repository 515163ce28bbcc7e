"""How a template and the definition that it uses fit together: files, placeholders, references."""
