"""Where states lead, and where the execution ends."""
