"""Control flow over the model: the graph of a scope, its loops, where variables live, where errors go. No values."""
