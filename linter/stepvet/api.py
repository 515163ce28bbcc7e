"""The facade for rules: everything a rule may use, and nothing else.

A rule imports from here alone, so the rooms behind can change without touching a rule pack.
"""

from stepvet.asl.fault import Aws, Fault
from stepvet.asl.model import (
    Catcher,
    Choice,
    ChoiceRule,
    Combination,
    Comparison,
    Fail,
    Handled,
    Map,
    Parallel,
    Pass,
    Processor,
    Retrier,
    Scope,
    State,
    StateMachine,
    Succeed,
    Task,
    Text,
    Wait,
    inner_scopes,
)
from stepvet.lint.context import Context
from stepvet.lint.registry import AnyRule
from stepvet.lint.rule import Example, Rule, rule, told
from stepvet.sources.definition import Definition
from stepvet.text.finding import (
    Add,
    Finding,
    Fix,
    Label,
    MoveLast,
    Remove,
    RemoveItem,
    Rename,
    SetValue,
    Severity,
    Witness,
)
from stepvet.text.node import Array, At, Bool, Hole, Inside, Node, Null, Number, Object, String, has_holes, plain, walk
from stepvet.text.source import Span

__all__ = [
    "Add", "AnyRule", "Array", "At", "Aws", "Bool", "Catcher", "Choice", "ChoiceRule", "Combination", "Comparison", "Context",
    "Definition", "Example", "Fail", "Fault", "Finding", "Fix", "Handled", "Hole", "Inside", "Label", "Map", "MoveLast",
    "Node", "Null", "Number", "Object", "Parallel", "Pass", "Processor", "Remove", "RemoveItem", "Rename", "Retrier",
    "Rule", "Scope", "SetValue", "Severity", "Span", "State", "StateMachine", "String", "Succeed", "Task", "Text",
    "Wait", "Witness", "has_holes", "inner_scopes", "plain", "rule", "told", "walk",
]  # fmt: skip
