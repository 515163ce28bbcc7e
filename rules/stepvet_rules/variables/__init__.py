"""Variables: where they have a value, and who reads them."""
