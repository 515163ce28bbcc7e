"""The table of SDK services: spelling, a few services known by heart, agreement with the models it was made from."""

from collections.abc import Iterator
from typing import Any

import pytest

from stepvet.asl.services.sdk import Service, installed, sdk_service, sdk_services, table
from stepvet.asl.services.sdk.encode import UNROLLED, encode_service
from stepvet.asl.services.sdk.naming import by_words, error_prefix, member_name, optimized_member_name, service_name
from stepvet.asl.services.shapes import AnyValue, Boolean, Integer, ListOf, MapOf, Member, Object, Shape, String

SAMPLE = ("dynamodb", "ecs", "eventbridge", "lambda", "rds", "s3", "sfn", "sqs", "wafv2")


def service(name: str) -> Service:
    found = sdk_service(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("service_id", "name", "prefix"),
    [
        ("DynamoDB", "dynamodb", "DynamoDb"),
        ("S3", "s3", "S3"),
        ("SFN", "sfn", "Sfn"),
        ("CloudWatch Logs", "cloudwatchlogs", "CloudWatchLogs"),
        ("Database Migration Service", "databasemigration", "DatabaseMigration"),
        ("Elastic Load Balancing v2", "elasticloadbalancingv2", "ElasticLoadBalancingV2"),
        ("Amazon Example", "example", "Example"),
        ("AWS Example Service", "example", "Example"),
        ("FSx", "fsx", "FSx"),
        ("MTurk", "mturk", "MTurk"),
    ],
)
def test_service_names(service_id: str, name: str, prefix: str) -> None:
    assert (service_name(service_id), error_prefix(service_id)) == (name, prefix)


@pytest.mark.parametrize(
    ("api", "sdk", "optimized"),
    [
        ("DBInstanceIdentifier", "DbInstanceIdentifier", "DBInstanceIdentifier"),
        ("MD5OfMessageBody", "Md5OfMessageBody", "MD5OfMessageBody"),
        ("ETag", "ETag", "ETag"),
        ("SSEKMSKeyId", "SsekmsKeyId", "SSEKMSKeyId"),
        ("ChecksumCRC32", "ChecksumCRC32", "ChecksumCRC32"),
        ("taskDefinition", "TaskDefinition", "TaskDefinition"),
        ("Equals", "EqualsValue", "Equals"),
        ("VPCs", "VpCs", "VPCs"),
        ("x", "X", "X"),
    ],
)
def test_member_names(api: str, sdk: str, optimized: str) -> None:
    assert (member_name(api).name, optimized_member_name(api).name) == (sdk, optimized)
    assert by_words(api) in {sdk, *member_name(api).others} or api == "Equals" or api[0].islower()


def test_both_readings_of_inner_capitals_are_known() -> None:
    assert member_name("EnableIAMDatabaseAuthentication").others == ("EnableIamDatabaseAuthentication",)
    assert member_name("DBInstanceIdentifier").is_exact


def test_services() -> None:
    assert {"dynamodb", "sfn", "cloudwatchlogs", "cognitoidentityprovider", "bedrockruntime"} <= sdk_services()
    assert sdk_service("stepfunctions") is None
    assert sdk_service("../index") is None


@pytest.mark.parametrize(
    ("name", "action", "supported"),
    [
        ("dynamodb", "getItem", True),
        ("rds", "describeDBInstances", True),
        ("sts", "getCallerIdentity", True),
        ("sts", "assumeRole", False),
        ("kinesis", "subscribeToShard", False),
        ("s3", "selectObjectContent", False),
        ("lambda", "invokeWithResponseStream", False),
        ("bedrockruntime", "converseStream", False),
    ],
)
def test_actions(name: str, action: str, supported: bool) -> None:
    found = service(name).action(action)
    assert found is not None
    assert found.supported is supported


def test_requests_and_results() -> None:
    put = service("s3").actions["putObject"]
    assert put.request_shape.members["Bucket"] == Member(String(), required=True)
    assert isinstance(put.request_shape.members["Body"].shape, AnyValue)
    invoke = service("lambda").actions["invoke"]
    assert invoke.result_shape.members["Payload"].shape == String()
    memory = service("lambda").actions["createFunction"].request_shape.members["MemorySize"].shape
    assert isinstance(memory, Integer)
    assert memory.low == 128


def test_a_field_that_the_sdk_fills_in_is_not_required() -> None:
    start = service("athena").actions["startQueryExecution"].request_shape
    assert not start.members["ClientRequestToken"].required
    assert start.members["QueryString"].required


def test_recursive_shapes_end() -> None:
    item = service("dynamodb").actions["getItem"].result_shape.members["Item"].shape
    assert depth(item) == 3 * (UNROLLED + 1)


def depth(shape: Shape) -> int:
    """Steps from a map of attribute values down its `M` members until anything goes."""
    match shape:
        case MapOf(Object() as value):
            return 2 + depth(value.members["M"].shape) + (not isinstance(value.members["M"].shape, AnyValue))
        case MapOf():
            return 0
        case _:
            return 0


class Model:
    """The part of a service model that is read, for one made-up service."""

    def __init__(self) -> None:
        from botocore.model import ServiceModel

        self.model = ServiceModel(
            {
                "metadata": {"serviceId": "Amazon Pantry Service", "signingName": "pantry"},
                "operations": {
                    "StockShelf": {"name": "StockShelf", "input": {"shape": "In"}, "output": {"shape": "Out"}}
                },
                "shapes": {
                    "In": {
                        "type": "structure",
                        "required": ["Jar", "Token"],
                        "members": {
                            "Jar": {"shape": "Jar"},
                            "Token": {"shape": "Text", "idempotencyToken": True},
                            "Photo": {"shape": "Bytes"},
                        },
                    },
                    "Out": {"type": "structure", "members": {"Jars": {"shape": "Jars"}, "Photo": {"shape": "Bytes"}}},
                    "Jars": {"type": "list", "member": {"shape": "Jar"}},
                    "Jar": {"type": "structure", "members": {"Full": {"shape": "Yes"}, "Inside": {"shape": "Jars"}}},
                    "Text": {"type": "string", "enum": ["a", "b"]},
                    "Yes": {"type": "boolean"},
                    "Bytes": {"type": "blob"},
                },
            },
            "pantry",
        )


def test_encoding_of_a_service() -> None:
    pytest.importorskip("botocore")
    encoded = encode_service(Model().model)
    assert encoded["id"] == "Amazon Pantry Service"
    request, result, flags = encoded["actions"]["stockShelf"]
    assert flags == 0
    decoder = table.Decoder(encoded["shapes"], member_name)
    asked, answered = decoder.shape(request), decoder.shape(result)
    assert isinstance(asked, Object)
    assert isinstance(answered, Object)
    assert {name: member.required for name, member in asked.members.items()} == {
        "Jar": True,
        "Token": False,
        "Photo": False,
    }
    assert asked.members["Token"].shape == String(("a", "b"))
    assert isinstance(asked.members["Photo"].shape, AnyValue)
    assert answered.members["Photo"].shape == String()
    assert list(kinds(answered.members["Jars"].shape)) == [ListOf, Object, Boolean] * 3 + [AnyValue]


def kinds(shape: Shape) -> Iterator[type]:
    yield type(shape)
    match shape:
        case ListOf(item):
            yield from kinds(item)
        case Object(members):
            for member in members.values():
                yield from kinds(member.shape)
        case _:
            return


def test_every_reference_goes_backwards() -> None:
    for name in SAMPLE:
        shapes = table._read(f"{name}.json")["shapes"]
        assert all(at < here for here, shape in enumerate(shapes) for at in references(shape))


def references(shape: list[Any]) -> Iterator[int]:
    match shape:
        case ["l" | "m", at]:
            yield at
        case ["o", _, members]:
            yield from (code // 2 for code in members.values())


@pytest.mark.parametrize("name", SAMPLE)
def test_the_table_is_what_the_models_say(name: str) -> None:
    if installed.installed_version() != table.table_version():
        pytest.skip("another botocore than the table's")
    folder = table._index()["folders"][name]
    assert table._read(f"{name}.json") == installed.encoded_model(folder)


@pytest.mark.parametrize(
    ("name", "than", "folders", "found"),
    [
        ("sfn", "1.0.0", {"sfn": "stepfunctions"}, True),
        ("sfn", "999.0.0", {"sfn": "stepfunctions"}, False),
        ("pantry", "1.0.0", {"pantry": "no-such-folder"}, False),
    ],
)
def test_a_newer_botocore_is_asked_and_an_older_one_is_not(
    name: str, than: str, folders: dict[str, str], found: bool
) -> None:
    pytest.importorskip("botocore")
    assert (installed.newer_model(name, than, folders) is not None) is found


def test_a_service_that_the_table_lacks_is_found_by_its_model() -> None:
    pytest.importorskip("botocore")
    every = dict(table._index()["folders"])
    folder = every.pop("sqs")
    known = every | {f"other {name}": name for name in installed._available() - set(every.values()) - {folder}}
    assert installed.newer_model("sqs", "1.0.0", known) is not None
