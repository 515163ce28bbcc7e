"""What Choice states decide: rules that test nothing, can't match or say something else than they seem to."""
