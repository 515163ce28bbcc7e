"""`stepvet test`: scenario files, their cases and their coverage."""
