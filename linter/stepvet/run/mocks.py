"""Mocks files: what the services of a run answer, read from a file.

What lives here: telling the kinds of file apart, and turning each into the `services` that a run takes. The kinds
themselves live in `mocks_*.py`. What doesn't: handing answers out during a run (`services.py`).
"""
