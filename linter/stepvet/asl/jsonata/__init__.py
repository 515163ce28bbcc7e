"""JSONata as Step Functions runs it: text to tree, what can be said of a tree, and its value. `engine` is the door."""
