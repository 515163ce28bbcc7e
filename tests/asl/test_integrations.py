"""The optimized integrations: the table agrees with itself and with the APIs behind it; results and errors."""

import pytest

from stepvet.asl.services.errors import service_errors
from stepvet.asl.services.integrations import Integration, optimized_actions, reader_actions, writer_actions
from stepvet.asl.services.resource import Optimized, Pattern, parse_resource
from stepvet.asl.services.resource_faults import resource_fault
from stepvet.asl.services.results import request_members, result_shape
from stepvet.asl.services.sdk import sdk_service
from stepvet.asl.services.shapes import ANY, STRING, AnyValue, Member, Object, String

TABLES = (optimized_actions(), reader_actions(), writer_actions())
ROWS = [facts for table in TABLES for actions in table.values() for facts in actions.values()]
TASKS = [facts for actions in optimized_actions().values() for facts in actions.values()]


def name_of(facts: Integration) -> str:
    return f"{facts.service}:{facts.action}"


def call(name: str) -> Optimized:
    resource = parse_resource(f"arn:aws:states:::{name}")
    assert isinstance(resource, Optimized)
    return resource


@pytest.mark.parametrize("facts", ROWS, ids=name_of)
def test_row(facts: Integration) -> None:
    named = [*facts.required, *facts.optional, *(name for group in facts.one_of for name in group)]
    assert len(named) == len(set(named))
    assert all(name[0].isupper() for name in named)
    assert Pattern.REQUEST_RESPONSE in facts.patterns
    assert (Pattern.SYNC_2 in facts.patterns) == (name_of(facts) == "states:startExecution")


@pytest.mark.parametrize("facts", [facts for facts in ROWS if facts.api], ids=name_of)
def test_the_api_behind_is_known_and_takes_what_is_required(facts: Integration) -> None:
    assert facts.api is not None
    service = sdk_service(facts.api[0])
    assert service is not None
    assert service.action(facts.api[1]) is not None
    taken = request_members(call(name_of(facts)))
    assert taken is not None
    assert set(facts.required) - taken.members.keys() == set()


@pytest.mark.parametrize("facts", TASKS, ids=name_of)
def test_only_listed_patterns_pass(facts: Integration) -> None:
    for pattern in set(Pattern) - {Pattern.REQUEST_RESPONSE}:
        fault = resource_fault(call(f"{name_of(facts)}.{pattern}"))
        assert (fault is None) == (pattern in facts.patterns)


@pytest.mark.parametrize(
    ("name", "there", "absent"),
    [
        ("lambda:invoke", ["Payload", "StatusCode", "SdkHttpMetadata"], ["payload", "Body"]),
        ("sqs:sendMessage", ["MD5OfMessageBody", "MessageId", "SdkResponseMetadata"], ["messageId"]),
        ("dynamodb:getItem", ["Item", "ConsumedCapacity", "SdkHttpMetadata"], ["item", "Items"]),
        ("events:putEvents", ["Entries", "FailedEntryCount"], ["SdkHttpMetadata"]),
        ("states:startExecution", ["ExecutionArn", "StartDate"], ["Output", "executionArn"]),
        ("states:startExecution.sync", ["Output", "Status", "StopDate"], ["output"]),
        ("apigateway:invoke", ["Headers", "ResponseBody", "StatusText"], ["Body"]),
        ("elasticmapreduce:createCluster", ["ClusterId", "AnythingElse"], []),
        ("aws-sdk:s3:putObject", ["ETag", "ChecksumCRC32", "ChecksumCrc32"], ["eTag", "SdkHttpMetadata"]),
        ("aws-sdk:rds:createDBInstance", ["DbInstance"], ["DBInstance", "dbInstance"]),
        ("aws-sdk:dynamodb:putItem", ["Attributes"], ["SdkHttpMetadata"]),
    ],
)
def test_result(name: str, there: list[str], absent: list[str]) -> None:
    shape = result_shape(parse_resource(f"arn:aws:states:::{name}"))
    assert isinstance(shape, Object)
    assert [key for key in there if not shape.may_have(key)] == []
    assert [key for key in absent if shape.may_have(key)] == []


@pytest.mark.parametrize(
    "text",
    [
        "arn:aws:lambda:eu-west-1:123456789012:function:charge",
        "arn:aws:states:eu-west-1:123456789012:activity:pack",
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "arn:aws:states:::aws-sdk:s3:getObject.waitForTaskToken",
        "arn:aws:states:::ecs:runTask.sync",
        "arn:aws:states:::lambda:invoke.sync",
        "arn:aws:states:::aws-sdk:s3:${Action}",
        "arn:aws:states:::aws-sdk:s3:fetchObject",
        "arn:aws:states:::s3:getObject",
        "${Function}",
    ],
)
def test_unknown_results(text: str) -> None:
    assert result_shape(parse_resource(text)) is None


@pytest.mark.parametrize(("pattern", "output"), [("sync", STRING), ("sync:2", ANY)])
def test_a_child_executions_output(pattern: str, output: String | AnyValue) -> None:
    shape = result_shape(call(f"states:startExecution.{pattern}"))
    assert isinstance(shape, Object)
    assert shape.members["Output"].shape == output


@pytest.mark.parametrize(
    ("text", "error", "possible"),
    [
        ("lambda:invoke", "Anything", True),
        ("sqs:sendMessage", "SQS.AmazonSQSException", True),
        ("sqs:sendMessage", "States.Timeout", True),
        ("sqs:sendMessage", "Lambda.ServiceException", False),
        ("sqs:sendMessage.waitForTaskToken", "Lambda.ServiceException", True),
        ("dynamodb:putItem", "DynamoDB.ConditionalCheckFailedException", True),
        ("dynamodb:putItem", "DynamoDb.ConditionalCheckFailedException", False),
        ("aws-sdk:dynamodb:putItem", "DynamoDb.DynamoDbException", True),
        ("aws-sdk:dynamodb:putItem", "DynamoDB.ConditionalCheckFailedException", False),
        ("aws-sdk:s3:getObject", "S3.NoSuchKeyException", True),
        ("aws-sdk:sfn:sendTaskSuccess", "Sfn.InvalidTokenException", True),
        ("http:invoke", "States.Http.StatusCode.404", True),
        ("ecs:runTask.sync", "AmazonECS.Unknown", True),
        ("${Any}:${Thing}", "Whatever", True),
    ],
)
def test_errors(text: str, error: str, possible: bool) -> None:
    assert service_errors(parse_resource(f"arn:aws:states:::{text}")).may_raise(error) is possible


def test_the_two_spellings_of_dynamodb() -> None:
    errors = service_errors(call("dynamodb:putItem"))
    assert errors.respelled("DynamoDb.ResourceNotFoundException") == "DynamoDB.ResourceNotFoundException"
    assert errors.respelled("DynamoDB.ResourceNotFoundException") is None
    assert "DynamoDB.ConditionalCheckFailedException" in errors.known


def test_capitals_inside_a_derived_name_are_doubtful() -> None:
    shape = Object({"EnableIAMLogin": Member(ANY, exact=False), "Name": Member(ANY)})
    assert shape.may_have("EnableIamLogin")
    assert not shape.may_have("enableIamLogin")
    assert not shape.may_have("NAME")
