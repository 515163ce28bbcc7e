"""Retriers and catchers: names that never match, handlers that never run, errors that nothing handles."""
