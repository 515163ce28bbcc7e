"""Scenario files: a definition, mocks, cases with what must come of them, limits for coverage.

What lives here: the reading of `*.stepvet.yaml` into values. What doesn't: running the cases, measuring coverage.
"""
