"""The rules that ship with stepvet, found by the entry point group `stepvet.rules`."""
