"""Which states are reached, and which loops never end."""
