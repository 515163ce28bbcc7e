"""The reference executor: one core of control over a domain of values, with concrete and symbolic readings."""
