"""Checking: rules, settings, suppressions, baseline, fixes, and the engine that makes a Report of a definition."""
