"""What the values of fields mean, checked: one module for each language inside the language.

Each check looks at one `Site` (an object with its schema's name, its query language and its route) and yields faults;
`names` and `asl.transitions` look at all of them. Shape is `asl.shape`'s matter: a value of the wrong type is passed
over.

Invariant: nothing is said of a value with a hole, and nothing that depends on a query language that a hole decides.
"""
