"""Which query language a state speaks, and the fields that go with it."""
