"""The functions that a JSONata expression can call in Step Functions, with their signatures.

Those of JSONata 2.0.6 without `$eval`, and the six that Step Functions adds or extends. Signatures are in JSONata's own
notation (see `asl.jsonata.signature`); the engine checks arguments against them when it calls, never before.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from stepvet.asl.jsonata.signature import Signature, parse_signature

REMOVED = frozenset({"eval"})
"""Functions of JSONata that Step Functions lacks: a call fails like that of any unknown name."""

AWS_FUNCTIONS: Mapping[str, str] = {
    "partition": "<an:a>",
    "range": "<nnn:a>",
    "hash": "<xs:s>",
    "random": "<n?:n>",
    "uuid": "<:s>",
    "parse": "<s:x>",
}
"""What Step Functions adds; `$random` takes a seed here."""

FUNCTIONS: Mapping[str, str] = {
    "sum": "<a<n>:n>",
    "count": "<a:n>",
    "max": "<a<n>:n>",
    "min": "<a<n>:n>",
    "average": "<a<n>:n>",
    "string": "<x-b?:s>",
    "substring": "<s-nn?:s>",
    "substringBefore": "<s-s:s>",
    "substringAfter": "<s-s:s>",
    "lowercase": "<s-:s>",
    "uppercase": "<s-:s>",
    "length": "<s-:n>",
    "trim": "<s-:s>",
    "pad": "<s-ns?:s>",
    "match": "<s-f<s:o>n?:a<o>>",
    "contains": "<s-(sf):b>",
    "replace": "<s-(sf)(sf)n?:s>",
    "split": "<s-(sf)n?:a<s>>",
    "join": "<a<s>s?:s>",
    "base64encode": "<s-:s>",
    "base64decode": "<s-:s>",
    "encodeUrlComponent": "<s-:s>",
    "encodeUrl": "<s-:s>",
    "decodeUrlComponent": "<s-:s>",
    "decodeUrl": "<s-:s>",
    "number": "<(nsb)-:n>",
    "floor": "<n-:n>",
    "ceil": "<n-:n>",
    "round": "<n-n?:n>",
    "abs": "<n-:n>",
    "sqrt": "<n-:n>",
    "power": "<n-n:n>",
    "formatNumber": "<n-so?:s>",
    "formatBase": "<n-n?:s>",
    "formatInteger": "<n-s:s>",
    "parseInteger": "<s-s:n>",
    "boolean": "<x-:b>",
    "not": "<x-:b>",
    "exists": "<x:b>",
    "map": "<af>",
    "filter": "<af>",
    "single": "<af?>",
    "reduce": "<afj?:j>",
    "zip": "<a+>",
    "append": "<xx:a>",
    "reverse": "<a:a>",
    "sort": "<af?:a>",
    "shuffle": "<a:a>",
    "distinct": "<x:x>",
    "sift": "<o-f?:o>",
    "each": "<o-f:a>",
    "keys": "<x-:a<s>>",
    "lookup": "<x-s:x>",
    "spread": "<x-:a<o>>",
    "merge": "<a<o>:o>",
    "clone": "<(oa)-:o>",
    "type": "<x:s>",
    "error": "<s?:x>",
    "assert": "<bs?:x>",
    "now": "<s?s?:s>",
    "millis": "<:n>",
    "toMillis": "<s-s?:n>",
    "fromMillis": "<n-s?s?:s>",
    **AWS_FUNCTIONS,
}
"""Signature by name, without the `$`."""


@cache
def signature_of(name: str) -> Signature | None:
    """The signature of a function that every expression can call, or None."""
    text = FUNCTIONS.get(name)
    return None if text is None else parse_signature(text)
