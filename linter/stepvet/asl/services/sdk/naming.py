"""How Step Functions spells the AWS SDK: services, actions, members and errors, from the names in the service models.

Step Functions calls services through the SDK for Java, so its names are that SDK's. Three rules cover them: a service
is its `serviceId` in lower case; an action is the operation with a small first letter; a member is written in
PascalCase. Two readings of the last rule exist. A leading run of capitals is always one word (`DBInstanceIdentifier` is
`DbInstanceIdentifier`); a run further inside was kept in AWS's own answers (`ChecksumCRC32`), while the plain rule of
words makes it `ChecksumCrc32`. Both are known here, and such a name is not exact. Nor is one all in capitals (`BOOL`).
"""

import re
from dataclasses import dataclass

# Members that are words or methods of Java are written with "Value" behind: `Equals` is `EqualsValue`.
_JAVA = (
    "Abstract Assert Boolean Break Byte Case Catch Char Class Const Continue Default Do Double Else Enum Equals Extends"
    " Final Finally Float For Goto HashCode If Implements Import InstanceOf Int Interface Long Native New Notify"
    " NotifyAll Null Package Private Protected Public Return Short Static Super Switch Synchronized This Throw Throws"
    " ToString Transient True False Try Void Volatile Wait While"
)
_TAKEN_IN_JAVA = frozenset(_JAVA.split())

_WORD = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[A-Z]|[0-9]+")
_LEADING_CAPITALS = re.compile(r"[A-Z]+(?![a-z])")


@dataclass(frozen=True, slots=True)
class MemberName:
    """`name` is the likely spelling, `others` those that cannot be excluded."""

    name: str
    others: tuple[str, ...]

    @property
    def is_exact(self) -> bool:
        return not self.others


def service_name(service_id: str) -> str:
    """
    >>> service_name("Database Migration Service"), service_name("CloudWatch Logs")
    ('databasemigration', 'cloudwatchlogs')
    """
    return re.sub(r"[^a-z0-9]", "", _bare(service_id).lower())


def error_prefix(service_id: str) -> str:
    """What stands before the dot in the errors of a service.

    >>> error_prefix("DynamoDB"), error_prefix("SFN"), error_prefix("IoT")
    ('DynamoDb', 'Sfn', 'Iot')
    """
    words = re.split(r"[^A-Za-z0-9]+", _bare(service_id))
    cut = (re.sub(r"([a-z])(?=[A-Z][A-Za-z0-9])", r"\1 ", word) for word in words)
    cut = (re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", word) for word in cut)
    return "".join(word.capitalize() for text in cut for word in text.split())


def error_name(shape_name: str) -> str:
    """
    >>> error_name("NoSuchKey"), error_name("DBInstanceNotFoundFault"), error_name("ConditionalCheckFailedException")
    ('NoSuchKeyException', 'DbInstanceNotFoundException', 'ConditionalCheckFailedException')
    """
    return by_words(shape_name).removesuffix("Fault").removesuffix("Exception") + "Exception"


def action_name(operation: str) -> str:
    """
    >>> action_name("DescribeDBInstances")
    'describeDBInstances'
    """
    return operation[:1].lower() + operation[1:]


def member_name(name: str) -> MemberName:
    """
    >>> member_name("DBInstanceIdentifier").name, member_name("bucketName").name, member_name("ETag").name
    ('DbInstanceIdentifier', 'BucketName', 'ETag')
    >>> member_name("ChecksumCRC32")
    MemberName(name='ChecksumCRC32', others=('ChecksumCrc32',))
    """
    likely = _leading_run(name[:1].upper() + name[1:])
    if likely in _TAKEN_IN_JAVA:
        return MemberName(f"{likely}Value", tuple(dict.fromkeys((likely, likely[:-1], name))))
    as_is = (name,) if name.isupper() else ()
    others = dict.fromkeys((by_words(name), *as_is))
    return MemberName(likely, tuple(other for other in others if other != likely))


def optimized_member_name(name: str) -> MemberName:
    """The optimized integrations keep the API's spelling with a large first letter, as AWS recorded it.

    >>> optimized_member_name("MD5OfMessageBody"), optimized_member_name("taskArn").name
    (MemberName(name='MD5OfMessageBody', others=('Md5OfMessageBody',)), 'TaskArn')
    """
    likely = name[:1].upper() + name[1:]
    others = dict.fromkeys((member_name(name).name, by_words(name)))
    return MemberName(likely, tuple(other for other in others if other != likely))


def by_words(name: str) -> str:
    """A name cut where letter case changes, a run of capitals being one word, each word capitalised.

    >>> by_words("SSEKMSKeyId"), by_words("EnableIAMDatabaseAuthentication")
    ('SsekmsKeyId', 'EnableIamDatabaseAuthentication')
    """
    return _WORD.sub(lambda word: word.group().capitalize(), name)


def _leading_run(name: str) -> str:
    return _LEADING_CAPITALS.sub(lambda run: run.group().capitalize(), name, count=1) if name[1:2].isupper() else name


def _bare(service_id: str) -> str:
    return re.sub(r"^(Amazon|AWS)\s*|\s*Service$", "", service_id.strip())
