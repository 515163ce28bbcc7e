"""Scenario files: cases, what is expected of them, and what they cover."""
