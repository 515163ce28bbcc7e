"""The facade for rules: everything a rule may use, and nothing else.

A rule imports from here alone, so the rooms behind can change without touching a rule pack.
"""

from stepvet.asl.errors import LAMBDA_TRANSIENT, PREDEFINED, covers, matches, meant
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
from stepvet.asl.operators import OPERATORS, Operator
from stepvet.asl.services.resource import (
    Activity,
    LambdaFunction,
    Optimized,
    Pattern,
    Resource,
    SdkCall,
    integration_name,
    parse_resource,
    pattern_of,
)
from stepvet.asl.timestamps import parse_timestamp
from stepvet.flow.calls import called, calls_lambda
from stepvet.flow.exhaustive import always_matches
from stepvet.flow.graph import FlowGraph, Loop
from stepvet.flow.handlers import handlers_of, has_handlers, is_literal, known_names
from stepvet.flow.loops import blind_retries, endless_loops, islands
from stepvet.flow.timing import retry_wait, seconds, spoken
from stepvet.lint.context import Context
from stepvet.lint.data_findings import data_findings, told_with_data, witness_of
from stepvet.lint.labels import labels_at
from stepvet.lint.registry import AnyRule
from stepvet.lint.rule import Example, Rule, rule, told
from stepvet.lint.suppress import UnusedSuppression
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
from stepvet.text.near import nearest
from stepvet.text.node import (
    Array,
    At,
    Bool,
    Hole,
    Inside,
    Json,
    Node,
    Null,
    Number,
    Object,
    String,
    has_holes,
    is_known,
    plain,
    walk,
)
from stepvet.text.source import Span

__all__ = [
    "LAMBDA_TRANSIENT", "OPERATORS", "PREDEFINED", "Activity", "Add", "AnyRule", "Array", "At", "Aws", "Bool",
    "Catcher", "Choice", "ChoiceRule", "Combination", "Comparison", "Context", "Definition", "Example", "Fail",
    "Fault", "Finding", "Fix", "FlowGraph", "Handled", "Hole", "Inside", "Json", "Label", "LambdaFunction",
    "Loop", "Map", "MoveLast", "Node", "Null", "Number", "Object", "Operator", "Optimized", "Parallel", "Pass",
    "Pattern", "Processor", "Remove", "RemoveItem", "Rename", "Resource", "Retrier", "Rule", "Scope", "SdkCall",
    "SetValue", "Severity", "Span", "State", "StateMachine", "String", "Succeed", "Task", "Text",
    "UnusedSuppression", "Wait", "Witness", "always_matches", "blind_retries", "called", "calls_lambda",
    "covers", "data_findings", "endless_loops", "handlers_of", "has_handlers", "has_holes", "inner_scopes",
    "integration_name", "is_known", "is_literal", "islands", "known_names", "labels_at", "matches", "meant", "nearest",
    "parse_resource", "parse_timestamp", "pattern_of", "plain", "retry_wait", "rule", "seconds", "spoken", "told",
    "told_with_data", "walk", "witness_of",
]  # fmt: skip
