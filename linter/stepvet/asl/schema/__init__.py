"""The schema of the language: which fields an object has, and which values they take, as data.

`tables` is the data, `build` makes one flat JSON Schema of it for each kind of object and query language, `gate` turns
the same schemas into quick table look-ups, and `words` has what our messages say. Nothing here looks at a definition as
a whole: which schema an object is held to is decided by `asl.shape`, in Python, from its `Type` and its query language.
"""
