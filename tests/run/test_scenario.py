"""Scenario files: what is read, what passes and what fails, and what is said of a wrong one."""
