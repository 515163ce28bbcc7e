"""Requests against integrations: data in, typed faults out, each with the way to its place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepvet.asl.services.request import (
    UNKNOWN,
    ForbiddenHeader,
    MissingField,
    MissingOneOf,
    OnlyOneOf,
    OutOfRange,
    RequestFault,
    UnknownField,
    WrongKind,
    WrongValue,
    arguments_request,
    aws_message,
    template_request,
)
from stepvet.asl.services.request_faults import needs_request, request_faults
from stepvet.asl.services.request_tree import given as request_of
from stepvet.asl.services.request_tree import place
from stepvet.asl.services.resource import parse_resource
from stepvet.text.json import read_json
from stepvet.text.node import Array, Gap, Hole, Member, Null, Object, String
from stepvet.text.source import Span


def faults(name: str, request: object) -> list[RequestFault]:
    return list(request_faults(parse_resource(f"arn:aws:states:::{name}"), template_request(request)))


RIGHT = [
    ("lambda:invoke", {"FunctionName.$": "$.f", "Payload": {"anything": ["goes"]}, "InvocationType": "Event"}),
    ("sqs:sendMessage", {"QueueUrl": "${Queue}", "MessageBody": {"order.$": "$.order"}}),
    ("sns:publish", {"TopicArn": "t", "Message": {"a": 1}, "MessageAttributes": {}}),
    ("dynamodb:putItem", {"TableName": "t", "Item": {"id": {"S.$": "$.id"}}, "ReturnValues": "ALL_OLD"}),
    (
        "ecs:runTask",
        {"TaskDefinition": "t", "LaunchType": "FARGATE", "NetworkConfiguration": {"AwsvpcConfiguration": {}}},
    ),
    ("events:putEvents", {"Entries": [{"Detail": {"a": 1}, "DetailType": "d", "Source": "s"}]}),
    ("codebuild:startBuild.sync", {"ProjectName": "p", "EnvironmentVariablesOverride": []}),
    ("elasticmapreduce:addStep.sync", {"ClusterId": "c", "Step": {"Name": "s"}}),
    ("bedrock:invokeModel", {"ModelId": "m", "Body": {"prompt": "p"}, "Output": {"S3Uri": "s"}}),
    ("aws-sdk:s3:putObject", {"Bucket": "b", "Key.$": "$.k", "Body": {"json": True}}),
    ("aws-sdk:rds:createDBInstance", {"DbInstanceIdentifier": "i", "DbInstanceClass": "c", "Engine": "e"}),
    ("aws-sdk:rds:modifyDBInstance", {"DbInstanceIdentifier": "i", "EnableIAMDatabaseAuthentication": True}),
    ("aws-sdk:rds:modifyDBInstance", {"DbInstanceIdentifier": "i", "EnableIamDatabaseAuthentication": "true"}),
    ("aws-sdk:dynamodb:scan", {"TableName": "t", "Limit": "10", "ExclusiveStartKey": None}),
    ("aws-sdk:dynamodb:putItem", {"TableName": "t", "Item": {"a": {"BOOL": True}, "b": {"Nul": True}}}),
    ("aws-sdk:sfn:startExecution", {"StateMachineArn": "a", "Input": {"an": "object becomes text"}}),
    ("aws-sdk:pantry:stockShelf", {"anything": 1}),
    ("unknown:call", {"anything": 1}),
    ("${Service}:call", {"anything": 1}),
    ("lambda:invoke", {"${Key}": 1}),
    ("lambda:invoke", "{% $states.input %}"),
]


@pytest.mark.parametrize(("name", "request_"), RIGHT)
def test_right(name: str, request_: object) -> None:
    assert faults(name, request_) == []


WRONG: list[tuple[str, object, list[RequestFault]]] = [
    ("sqs:sendMessage", {"MessageBody": "x"}, [MissingField((), "QueueUrl")]),
    ("sns:publish", {"Message": "x"}, [MissingOneOf((), ("TopicArn", "TargetArn", "PhoneNumber"))]),
    (
        "lambda:invoke",
        {"functionName.$": "$.f"},
        [
            UnknownField(("functionName.$",), "functionName", ("FunctionName",)),
            MissingField((), "FunctionName", "functionName"),
        ],
    ),
    (
        "glue:startJobRun",
        {"JobName": "j", "Colour": "red"},
        [UnknownField(("Colour",), "Colour", (), certain=False)],
    ),
    (
        "lambda:invoke",
        {"FunctionName": "f", "InvocationType": "Evnt"},
        [WrongValue(("InvocationType",), "Evnt", ("RequestResponse", "Event", "DryRun"), ("Event",))],
    ),
    (
        "apigateway:invoke",
        {"ApiEndpoint": "e", "Method": "GET", "Headers": {"x-amz-date": ["d"], "Accept": ["a"]}},
        [ForbiddenHeader(("Headers", "x-amz-date"), "x-amz-date")],
    ),
    (
        "apigateway:invoke",
        {"ApiEndpoint": "e", "Method": "GET", "Headers": {"Accept": "a"}},
        [WrongKind(("Headers", "Accept"), "an array", "a string")],
    ),
    (
        "lambda:invoke",
        {"FunctionName": "f", "PayloadV2": {}},
        [UnknownField(("PayloadV2",), "PayloadV2", ("Payload",), certain=False)],
    ),
    ("aws-sdk:s3:getObject", {"Bucket.$": "$.b"}, [MissingField((), "Key")]),
    (
        "aws-sdk:rds:deleteDBInstance",
        {"DBInstanceIdentifier": "i"},
        [
            UnknownField(("DBInstanceIdentifier",), "DBInstanceIdentifier", ("DbInstanceIdentifier",)),
            MissingField((), "DbInstanceIdentifier", "DBInstanceIdentifier"),
        ],
    ),
    (
        "aws-sdk:dynamodb:scan",
        {"TableName": "t", "Limit": "ten", "Select": "COUNTS", "AttributesToGet": "a"},
        [
            WrongKind(("Limit",), "an integer", "a string"),
            WrongValue(
                ("Select",),
                "COUNTS",
                ("ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "SPECIFIC_ATTRIBUTES", "COUNT"),
                ("COUNT",),
            ),
            WrongKind(("AttributesToGet",), "an array", "a string"),
        ],
    ),
    (
        "aws-sdk:dynamodb:scan",
        {"TableName": "t", "Limit": 0},
        [OutOfRange(("Limit",), 0, 1, None)],
    ),
    (
        "aws-sdk:dynamodb:batchGetItem",
        {"RequestItems": {"orders": {"Keys": [{}, "x"]}}},
        [WrongKind(("RequestItems", "orders", "Keys", 1), "an object", "a string")],
    ),
]


@pytest.mark.parametrize(("name", "request_", "expected"), WRONG)
def test_wrong(name: str, request_: object, expected: list[RequestFault]) -> None:
    assert faults(name, request_) == expected


def test_a_union_takes_one_member() -> None:
    request = {"Name": "n", "Source": {"Static": 1}}
    assert faults("aws-sdk:pantry:none", request) == []
    found = faults("aws-sdk:bedrockruntime:converse", {"ModelId": "m", "Messages": [{"Role": "user", "Content": BOTH}]})
    assert found == [OnlyOneOf(("Messages", 0, "Content", 0), ("Text", "Image"))]


BOTH = [{"Text": "t", "Image": UNKNOWN}]


def test_jsonata_is_unknown_and_its_keys_are_plain() -> None:
    resource = parse_resource("arn:aws:states:::sqs:sendMessage")
    given_ = arguments_request({"QueueUrl": "{% $url %}", "MessageBody.$": "$.x"})
    assert list(request_faults(resource, given_)) == [
        UnknownField(("MessageBody.$",), "MessageBody.$", ("MessageBody",)),
        MissingField((), "MessageBody", "MessageBody.$"),
    ]
    assert list(request_faults(resource, arguments_request("{% $states.input %}"))) == []


@pytest.mark.parametrize(
    ("name", "needed"),
    [("lambda:invoke", True), ("codebuild:retryBuildBatch", False), ("aws-sdk:s3:listBuckets", False)],
)
def test_needs_request(name: str, needed: bool) -> None:
    assert needs_request(parse_resource(f"arn:aws:states:::{name}")) is needed


def test_words_of_aws() -> None:
    assert aws_message(MissingField((), "QueueUrl")) == "The field 'QueueUrl' is required but was missing"
    assert aws_message(UnknownField(("X",), "X")) == "The field 'X' is not supported by Step Functions"
    assert aws_message(WrongKind((), "an array", "a string")) is None


def test_paths_lead_back_into_the_tree() -> None:
    text = '{"Bucket": "b", "key.$": "$.k", "Tags": [{"a": {}}]}'
    root = read_json(text).root
    assert root is not None
    resource = parse_resource("arn:aws:states:::aws-sdk:s3:getObject")
    paths = [fault.path for fault in request_faults(resource, request_of(root, "JSONPath"))]
    assert paths == [("key.$",), ("Tags",), ()]
    members = [place(root, path).member for path in paths]
    assert [member.key.value if member else None for member in members] == ["key.$", "Tags", None]
    inner = place(root, ("Tags", 0, "a"))
    assert isinstance(inner.owner, Object) and inner.owner.get("a") is inner.node
    tags = place(root, ("Tags",)).node
    assert place(root, ("Tags", 7)) == (tags, None, tags)


def test_holes_of_the_tree_are_unknown() -> None:
    at = Span(0, 0)
    holed = String(at, "${Name}-x", holes=(Gap(0, 7, "${Name}"),))
    tree = Object(at, [Member(String(at, "Bucket"), Hole(at, "!Ref B")), Member(String(at, "Key"), holed)])
    assert request_of(tree, "JSONPath") == template_request({"Bucket": UNKNOWN, "Key": UNKNOWN})
    open_ = Object(at, [Member(holed, String(at, "b"))])
    function = Object(at, [Member(String(at, "Fn::GetAtt"), Array(at, []))])
    assert request_of(Array(at, [open_, function, Null(at)]), "JSONata") == (UNKNOWN, UNKNOWN, None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["TableName", "Item", "Key.$", "S", "x"]), inner),
)
NAMES = st.sampled_from(["dynamodb:putItem", "aws-sdk:dynamodb:putItem", "aws-sdk:dynamodb:scan", "http:invoke"])


@given(NAMES, JSON)
def test_every_path_leads_somewhere(name: str, request: object) -> None:
    for fault in faults(name, request):
        at = request
        for step in fault.path:
            at = at[step]  # type: ignore[index]
    json.dumps(request)
