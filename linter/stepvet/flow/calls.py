"""What a Task calls, as far as its Resource tells: read with the holes of the text, and with what is known of them."""

from __future__ import annotations

from stepvet.asl.model import Task
from stepvet.asl.services.resource import LambdaFunction, Optimized, Resource, read_resource
from stepvet.text.node import Hole, String


def called(task: Task) -> Resource | None:
    """The resource; None where there is none or a hole stands for all of it."""
    return read_resource(task.resource) if isinstance(task.resource, String) else None


def calls_lambda(task: Task) -> bool:
    """Is it a Lambda function for certain, be it that a template names it in place of its ARN?"""
    if isinstance(task.resource, Hole):
        known = task.resource.known
        return known.resource_type == "AWS::Lambda::Function" and known.form == "arn"
    match called(task):
        case LambdaFunction() | Optimized(service="lambda"):
            return True
        case _:
            return False
