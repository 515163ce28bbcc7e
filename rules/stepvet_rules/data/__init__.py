"""What paths and expressions find when they run: values that are never there, or of another type."""
