"""The names of all faults: each is told by the rule of its name, and "allow ⟨name⟩" reads as English.

Which of AWS's codes a fault may carry stands in its rule's declaration.
"""

from __future__ import annotations

FAULT_NAMES: dict[str, tuple[str, ...]] = {
    "shape": (
        "empty-list",
        "end-false",
        "exclusive-fields",
        "misplaced-field",
        "missing-field",
        "not-an-object",
        "out-of-range",
        "unknown-field",
        "unknown-state-type",
        "wrong-type",
        "wrong-value",
    ),
    "choices": ("ambiguous-choice-rule", "choice-rule-without-test", "wrong-operand-type"),
    "languages": ("query-language-downgrade", "wrong-query-language-field"),
    "transitions": (
        "cross-scope-transition",
        "missing-target",
        "missing-transition",
        "next-and-end",
        "no-terminal-state",
        "unreferenced-state",
    ),
    "names": (
        "duplicate-label",
        "duplicate-state-name",
        "invalid-label",
        "invalid-variable-name",
        "reserved-variable-name",
        "state-name-length",
    ),
    "paths": (
        "expression-in-jsonpath",
        "forgotten-dollar",
        "forgotten-path",
        "invalid-path",
        "invalid-reference-path",
        "invalid-template-value",
        "odd-path-spelling",
        "static-pass-result",
        "template-key-conflict",
    ),
    "intrinsics": (
        "deeply-nested-intrinsic",
        "invalid-intrinsic",
        "rounded-intrinsic-argument",
        "several-split-delimiters",
        "unknown-intrinsic",
        "wrong-intrinsic-argument",
    ),
    "jsonata": (
        "embedded-expression",
        "half-delimited-expression",
        "jsonata-arguments",
        "jsonata-root-reference",
        "jsonata-states-field",
        "jsonata-syntax",
        "path-key-in-jsonata",
        "unknown-jsonata-function",
    ),
    "tasks": (
        "activity-credentials",
        "exclusive-request-fields",
        "forbidden-header",
        "invalid-resource",
        "missing-credentials-role",
        "missing-request",
        "missing-request-field",
        "unknown-integration",
        "unknown-request-field",
        "wrong-request-value",
    ),
    "express": ("express-cannot-wait", "express-distributed-map"),
    "maps": (
        "distributed-only-field",
        "invalid-reader-resource",
        "invalid-writer-resource",
        "parameters-with-item-selector",
    ),
    "handlers": ("states-all-not-alone", "states-all-not-last"),
    "timing": ("invalid-timestamp",),
}
"""Group → the names of its faults. Faults of the text (group `syntax`) are named in `lint.syntax`."""
