"""Mocks files: what each kind of file answers, and what is said of a wrong one."""
