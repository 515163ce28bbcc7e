"""Which fields an object has, and which values they take."""
