"""Runs on JSON values with a virtual clock: the concrete domain, its driver, and what a run leaves behind."""
