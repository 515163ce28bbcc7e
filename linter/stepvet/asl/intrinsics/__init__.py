"""Intrinsic functions: the grammar of calls, the signatures as a table, and what the functions do."""
