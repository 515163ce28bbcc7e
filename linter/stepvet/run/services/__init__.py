"""Who answers tasks: the user's values and callables, mocks files, Lambda handlers in Python."""
