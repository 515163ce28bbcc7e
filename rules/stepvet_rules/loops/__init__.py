"""What goes wrong when a run comes back to a state: values that get lost, statuses that never leave."""
