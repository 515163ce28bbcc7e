"""Which error names a task's call can fail with, by its resource.

No list is complete: services add errors, and functions raise what they like. So a name is judged by its prefix alone,
the part before the dot, and only where the integration's prefix is known from AWS. Errors of Step Functions itself
(`States.…`) are no matter of this module: every task may raise them.
"""

from dataclasses import dataclass
from functools import cache

from stepvet.asl import errors
from stepvet.asl.services.resource import Activity, LambdaFunction, Optimized, Pattern, Resource, SdkCall
from stepvet.asl.services.sdk import sdk_service


@dataclass(frozen=True, slots=True)
class ServiceErrors:
    """`prefixes` can stand before the dot; `known` are names in full. `open_ended`: any name at all can occur."""

    prefixes: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    open_ended: bool = True

    def may_raise(self, name: str) -> bool:
        """False only where a failed call cannot give this name."""
        return self.open_ended or name in self.known or name.partition(".")[0] in self.prefixes | {"States"}

    def respelled(self, name: str) -> str | None:
        """`name` with the integration's own prefix, where the two differ in letter case alone.

        The optimized integration says `DynamoDB.…`, the SDK integration `DynamoDb.…`; AWS's recordings have both.
        """
        prefix, dot, rest = name.partition(".")
        meant = {known.lower(): known for known in self.prefixes}.get(prefix.lower())
        return None if meant is None or meant == prefix else meant + dot + rest


ANYTHING = ServiceErrors()

LAMBDA = ServiceErrors(
    frozenset({"Lambda", "Sandbox", "Runtime"}),
    errors.LAMBDA | {"Sandbox.Timedout", "Runtime.ExitError"},
)

# Prefixes of optimized integrations with the SDK service that models their errors. Those not here are unknown.
_PREFIXES = {
    "dynamodb": ("DynamoDB", "dynamodb"),
    "sqs": ("SQS", "sqs"),
    "sns": ("SNS", "sns"),
    "states": ("StepFunctions", "sfn"),
    "events": ("EventBridge", "eventbridge"),
    "apigateway": ("ApiGateway", None),
}

# `SdkClientException` is a failure to reach the service; the exception named after the service has no model.
_UNMODELLED = {
    "DynamoDB": ("AmazonDynamoDBException", "SdkClientException"),
    "SQS": ("AmazonSQSException", "SdkClientException"),
    "SNS": ("AmazonSNSException", "SdkClientException"),
    "StepFunctions": ("AWSStepFunctionsException", "SdkClientException"),
    "EventBridge": ("FailedEntry", "SdkClientException"),
}


def service_errors(resource: Resource) -> ServiceErrors:
    """The errors of a call, beside those of Step Functions. Who has a task token can fail the task as they like."""
    match resource:
        case LambdaFunction() | Optimized(service="lambda"):
            return LAMBDA
        case Optimized(pattern=Pattern.CALLBACK | None) | SdkCall(pattern=Pattern.CALLBACK | None) | Activity():
            return ANYTHING
        case Optimized(str(service)):
            return _optimized(service)
        case SdkCall(str(service)):
            return _sdk(service)
        case _:
            return ANYTHING


@cache
def _optimized(service: str) -> ServiceErrors:
    if service == "http":
        return ServiceErrors(frozenset({"States"}), frozenset({"States.Http.Socket"}), open_ended=False)
    prefix, api = _PREFIXES.get(service, (None, None))
    if prefix is None:
        return ANYTHING
    modelled = sdk_service(api) if api else None
    names = (*(modelled.errors if modelled else ()), *_UNMODELLED.get(prefix, ()))
    return ServiceErrors(frozenset({prefix}), frozenset(f"{prefix}.{name}" for name in names), open_ended=False)


@cache
def _sdk(name: str) -> ServiceErrors:
    service = sdk_service(name)
    if service is None:
        return ANYTHING
    prefix = service.error_prefix
    names = (*service.errors, f"{prefix}Exception", "SdkClientException")
    return ServiceErrors(frozenset({prefix}), frozenset(f"{prefix}.{error}" for error in names), open_ended=False)
