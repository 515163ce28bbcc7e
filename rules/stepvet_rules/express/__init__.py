"""What Express executions can't do."""
