"""Names of states, labels and variables."""
