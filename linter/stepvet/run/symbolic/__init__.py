"""Symbolic values, worlds, solver, exploration: the executor on inputs that nobody has given yet."""
