"""Timeouts, heartbeats and waits."""
