"""A Resource's forms and its faults: tables of texts first, then what holds of any text."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stepvet.asl.services.resource import (
    Activity,
    Hidden,
    LambdaFunction,
    Optimized,
    Part,
    Pattern,
    Reason,
    Resource,
    SdkCall,
    Unrecognised,
    integration_name,
    parse_resource,
    pattern_of,
)
from stepvet.asl.services.resource_faults import (
    ResourceProblem,
    aws_message,
    reader_fault,
    resource_fault,
    writer_fault,
)
from stepvet.text.near import near_names

FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:charge"

CALLS = {
    "arn:aws:states:::lambda:invoke": ("lambda", "invoke", Pattern.REQUEST_RESPONSE),
    "arn:aws-cn:states:::glue:startJobRun.sync": ("glue", "startJobRun", Pattern.SYNC),
    "arn:aws-us-gov:states:::states:startExecution.sync:2": ("states", "startExecution", Pattern.SYNC_2),
    "arn:aws-iso-b:states:::sqs:sendMessage.waitForTaskToken": ("sqs", "sendMessage", Pattern.CALLBACK),
    "arn:${AWS::Partition}:states:::events:putEvents": ("events", "putEvents", Pattern.REQUEST_RESPONSE),
    'arn:${lookup(var.parts, "x}")}:states:::sns:publish': ("sns", "publish", Pattern.REQUEST_RESPONSE),
    "arn:aws:states:::${Service}:invoke": (None, "invoke", Pattern.REQUEST_RESPONSE),
    "arn:aws:states:::lambda:${Action}": ("lambda", None, None),
    "arn:aws:states:::lambda:${Action}.sync": ("lambda", None, Pattern.SYNC),
    "arn:aws:states:::lambda:invoke.${Pattern}": ("lambda", "invoke", None),
    "arn:aws:states:::lambda:invoke${Suffix}": ("lambda", None, None),
    "arn:aws:states:::lambda:invoke.async": ("lambda", "invoke", None),
}


@pytest.mark.parametrize(("text", "words"), CALLS.items())
def test_optimized(text: str, words: tuple[str | None, str | None, Pattern | None]) -> None:
    resource = parse_resource(text)
    assert isinstance(resource, Optimized)
    assert (resource.service, resource.action, resource.pattern) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("arn:aws:states:::aws-sdk:s3:getObject", ("s3", "getObject", Pattern.REQUEST_RESPONSE)),
        ("arn:aws:states:::aws-sdk:sfn:startExecution.waitForTaskToken", ("sfn", "startExecution", Pattern.CALLBACK)),
        ("arn:aws:states:::aws-sdk:${S}:getItem", (None, "getItem", Pattern.REQUEST_RESPONSE)),
    ],
)
def test_sdk_call(text: str, words: tuple[str | None, str | None, Pattern | None]) -> None:
    resource = parse_resource(text)
    assert isinstance(resource, SdkCall)
    assert (resource.service, resource.action, resource.pattern) == words


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (FUNCTION, LambdaFunction),
        (f"{FUNCTION}:$LATEST", LambdaFunction),
        ("arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${Name}", LambdaFunction),
        ("arn:aws:lambda:#{AWS::Region}:#{AWS::AccountId}:function:charge", LambdaFunction),
        ("arn:aws:lambda:${RegionAndAccount}:function:charge:live", LambdaFunction),
        ("arn:aws:states:eu-west-1:123456789012:activity:pack", Activity),
        ("${ChargeFunction.Arn}", Hidden),
        ("${ChargeFunction.Arn}:live", Hidden),
        ("${never closed", Hidden),
        ("arn:aws:states:::${Integration}", Hidden),
        ("arn:aws:${Service}:::invoke", Hidden),
        ("arn:${Rest}", Hidden),
    ],
)
def test_other_forms(text: str, form: type) -> None:
    assert isinstance(parse_resource(text), form)
    assert resource_fault(parse_resource(text)) is None


@pytest.mark.parametrize(
    ("text", "reason", "at"),
    [
        ("", Reason.NOT_AN_ARN, ""),
        ("charge", Reason.NOT_AN_ARN, "charge"),
        ("arn:aws:lambda", Reason.NOT_AN_ARN, "arn:aws:lambda"),
        ("arn:azure:states:::lambda:invoke", Reason.PARTITION, "azure"),
        ("arn:aws:sns:eu-west-1:123456789012:orders", Reason.SERVICE, "sns"),
        ("arn:aws:states:eu-west-1:123456789012:stateMachine:x", Reason.SERVICE, "stateMachine:x"),
        ("arn:aws:lambda:eu-west-1:123456789012:layer:x", Reason.INCOMPLETE, "layer:x"),
        ("arn:aws:states:::lambda", Reason.INCOMPLETE, "lambda"),
        ("arn:aws:states:::aws-sdk:s3", Reason.INCOMPLETE, "s3"),
    ],
)
def test_unrecognised(text: str, reason: Reason, at: str) -> None:
    resource = parse_resource(text)
    assert isinstance(resource, Unrecognised)
    assert (resource.reason, resource.at.text) == (reason, at)


def test_without_holes_a_placeholder_is_no_arn() -> None:
    fault = resource_fault(parse_resource("${Function}", holes=()))
    assert fault is not None
    assert aws_message(fault, "${Function}") == "Value is not a valid resource ARN"


def test_holes_can_be_given() -> None:
    text = "arn:PART:states:::sqs:sendMessage"
    assert integration_name(parse_resource(text, holes=[(4, 8)])) == "sqs:sendMessage"


FAULTS = [
    # resource after arn:aws:states:::, problem, part, near, certain
    ("dynamodb:query", ResourceProblem.UNKNOWN_ACTION, "dynamodb:query", ("aws-sdk:dynamodb:query",), True),
    ("sqs:sendMesage", ResourceProblem.UNKNOWN_ACTION, "sendMesage", ("sendMessage",), True),
    ("lambda:Invoke", ResourceProblem.UNKNOWN_ACTION, "Invoke", ("invoke",), True),
    ("lamda:invoke", ResourceProblem.UNKNOWN_SERVICE, "lamda", ("lambda",), True),
    ("rds:createDBInstance", ResourceProblem.UNKNOWN_SERVICE, "rds", ("aws-sdk:rds",), True),
    ("quantum:entangle", ResourceProblem.UNKNOWN_SERVICE, "quantum", (), False),
    ("lambda:invoke.sync", ResourceProblem.UNSUPPORTED_PATTERN, "sync", (), True),
    ("glue:startJobRun.sync:2", ResourceProblem.UNSUPPORTED_PATTERN, "sync:2", (), True),
    ("batch:submitJob.waitForTaskToken", ResourceProblem.UNSUPPORTED_PATTERN, "waitForTaskToken", (), True),
    (
        "sqs:sendMessage.waitForTasktoken",
        ResourceProblem.UNKNOWN_PATTERN,
        "waitForTasktoken",
        ("waitForTaskToken",),
        True,
    ),
    ("aws-sdk:dynamodb:getItm", ResourceProblem.UNKNOWN_ACTION, "getItm", ("getItem",), True),
    ("aws-sdk:dynamodb:GetItem", ResourceProblem.UNKNOWN_ACTION, "GetItem", ("getItem",), True),
    ("aws-sdk:rds:createDbInstance", ResourceProblem.UNKNOWN_ACTION, "createDbInstance", ("createDBInstance",), False),
    ("aws-sdk:s3:listObjectsV3", ResourceProblem.UNKNOWN_ACTION, "listObjectsV3", None, True),
    ("aws-sdk:dynamodb:listTablesV2", ResourceProblem.UNKNOWN_ACTION, "listTablesV2", None, False),
    ("aws-sdk:logs:putLogEvents", ResourceProblem.UNKNOWN_SERVICE, "logs", ("cloudwatchlogs",), True),
    ("aws-sdk:cognito-idp:adminGetUser", ResourceProblem.UNKNOWN_SERVICE, "cognito-idp", None, True),
    ("aws-sdk:stepfunctions:startExecution", ResourceProblem.UNKNOWN_SERVICE, "stepfunctions", ("sfn",), True),
    ("aws-sdk:sqx:sendMessage", ResourceProblem.UNKNOWN_SERVICE, "sqx", ("sqs",), False),
    ("aws-sdk:sts:assumeRole", ResourceProblem.UNSUPPORTED_ACTION, "assumeRole", (), False),
    ("aws-sdk:kinesis:subscribeToShard", ResourceProblem.UNSUPPORTED_ACTION, "subscribeToShard", (), False),
    ("aws-sdk:s3:getObject.sync", ResourceProblem.UNSUPPORTED_PATTERN, "sync", (), True),
    ("s3:getObject", ResourceProblem.UNKNOWN_SERVICE, "s3", ("aws-sdk:s3",), True),
]


@pytest.mark.parametrize(("call", "problem", "at", "near", "certain"), FAULTS)
def test_fault(call: str, problem: ResourceProblem, at: str, near: tuple[str, ...] | None, certain: bool) -> None:
    text = f"arn:aws:states:::{call}"
    fault = resource_fault(parse_resource(text))
    assert fault is not None
    assert (fault.problem, text[fault.at.start : fault.at.end], fault.certain) == (problem, at, certain)
    assert near is None or fault.near == near
    assert aws_message(fault, text).startswith(f"The resource provided {text} is not recognized.")


@pytest.mark.parametrize(
    "call",
    [
        "bedrock-agentcore:anything",
        "aws-sdk:lookoutvision:describeModel",
        "aws-sdk:ec2:describeInstances.waitForTaskToken",
        "eks:runJob.waitForTaskToken",
        "${Service}:getItm",
        "lambda:invoke.${Pattern}",
    ],
)
def test_no_fault(call: str) -> None:
    assert resource_fault(parse_resource(f"arn:aws:states:::{call}")) is None


@pytest.mark.parametrize(
    ("call", "reads", "writes"),
    [
        ("s3:getObject", True, False),
        ("s3:listObjectsV2", True, False),
        ("s3:putObject", False, True),
        ("dynamodb:getItem", False, False),
        ("aws-sdk:s3:getObject", False, False),
    ],
)
def test_readers_and_writers(call: str, reads: bool, writes: bool) -> None:
    resource = parse_resource(f"arn:aws:states:::{call}")
    assert (reader_fault(resource) is None, writer_fault(resource) is None) == (reads, writes)


def test_a_reader_by_way_of_the_sdk_gets_the_right_words() -> None:
    fault = reader_fault(parse_resource("arn:aws:states:::aws-sdk:s3:getObject"))
    assert fault is not None
    assert (fault.at.text, fault.near) == ("aws-sdk:s3:getObject", ("s3:getObject",))


PIECES = ["arn", "aws", "lambda", "states", "aws-sdk", "s3", "getObject", "function", ":", "::", ".", "sync", "${A::B}"]
TEXTS = st.text() | st.lists(st.sampled_from([*PIECES, "${", "}", "#{x", "é"])).map("".join)


@given(TEXTS)
@example("arn:aws:states:::aws-sdk:${A::B}.sync")
@example("arn:aws:lambda:::function:${")
def test_every_part_slices_back(text: str) -> None:
    resource = parse_resource(text)
    resource_fault(resource), reader_fault(resource), writer_fault(resource), pattern_of(resource)
    for part in parts(resource):
        assert 0 <= part.start <= part.end <= len(text)
        assert part.text is None or part.text == text[part.start : part.end]


@given(TEXTS)
def test_a_text_of_holes_is_never_wrong(text: str) -> None:
    assert resource_fault(parse_resource(text, holes=[(0, len(text))] if text else None)) is None or not text


def parts(value: object) -> Iterator[Part]:
    if isinstance(value, Part):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from parts(getattr(value, field.name))


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("Resuorce", ["Resource", "ResultPath"], ("Resource",)),
        ("sns", ["sqs", "sts"], ("sqs", "sts")),
        ("ab", ["ac"], ()),
        ("states", ["States", "state"], ("States",)),
        ("anything", [], ()),
    ],
)
def test_near_names(word: str, known: list[str], near: tuple[str, ...]) -> None:
    assert near_names(word, known) == near


def test_forms_are_told_apart_by_type() -> None:
    resource: Resource = parse_resource(FUNCTION)
    match resource:
        case LambdaFunction(name=Part(str(name)), qualifier=None):
            assert name == "charge"
        case _:
            pytest.fail("a function's ARN is a function")
