"""What a Task calls: the resource, its request, its credentials."""
