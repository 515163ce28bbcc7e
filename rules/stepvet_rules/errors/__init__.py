"""What happens to data when something fails: inputs that are replaced, errors that cannot be told."""
