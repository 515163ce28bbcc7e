"""Calls of intrinsic functions: names, arguments, nesting."""
