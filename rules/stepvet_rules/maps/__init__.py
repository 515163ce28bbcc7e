"""Map states: readers and writers of items, deprecated fields, fields that one mode ignores."""
