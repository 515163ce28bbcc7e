"""Exceptions that the user wrote into a definition."""
