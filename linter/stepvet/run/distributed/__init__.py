"""What a distributed Map has beyond an inline one: data sets, batches, tolerated failures, written results."""
