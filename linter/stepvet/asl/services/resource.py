"""A Task's `Resource`, read into one of a few forms, with the place of each part inside the string.

Here is what the text itself says: a function, an activity, an integration with its action and pattern, or something
that no Task can call. Whether AWS knows the service or the action is a question for the tables (`resource_faults`).

A template's `${…}` (or `#{…}`) hides a part of the text. Such a part is unknown (`None`), never wrong, because nobody
can say what will stand there. `parse_resource` never raises, whatever the text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from stepvet.text.node import String


class Pattern(StrEnum):
    """How a Task waits for a service: the suffix of the action, and what it means."""

    REQUEST_RESPONSE = "request-response"
    SYNC = "sync"
    SYNC_2 = "sync:2"
    CALLBACK = "waitForTaskToken"


class Reason(StrEnum):
    """Why a text names nothing that a Task can call."""

    NOT_AN_ARN = "not-an-arn"
    PARTITION = "partition"
    SERVICE = "service"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text, half-open `[start, end)`. `text` is None where a hole hides it."""

    text: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Arn:
    """The five fields every ARN opens with, and the rest, uncut."""

    partition: Part
    service: Part
    region: Part
    account: Part
    rest: Part


@dataclass(frozen=True, slots=True)
class LambdaFunction:
    """`arn:aws:lambda:⟨region⟩:⟨account⟩:function:⟨name⟩[:⟨version or alias⟩]`."""

    arn: Arn
    name: Part
    qualifier: Part | None


@dataclass(frozen=True, slots=True)
class Activity:
    """`arn:aws:states:⟨region⟩:⟨account⟩:activity:⟨name⟩`."""

    arn: Arn
    name: Part


@dataclass(frozen=True, slots=True)
class CallParts:
    """Where the words of an integration stand. `suffix` excludes its dot."""

    service: Part
    action: Part
    suffix: Part | None


@dataclass(frozen=True, slots=True)
class Optimized:
    """`arn:aws:states:::⟨service⟩:⟨action⟩[.⟨pattern⟩]`.

    A word hidden by a hole is None; `pattern` is None, too, where the suffix is none of the known ones.
    """

    service: str | None
    action: str | None
    pattern: Pattern | None
    arn: Arn
    parts: CallParts


@dataclass(frozen=True, slots=True)
class SdkCall:
    """`arn:aws:states:::aws-sdk:⟨service⟩:⟨action⟩[.⟨pattern⟩]`; fields as in `Optimized`."""

    service: str | None
    action: str | None
    pattern: Pattern | None
    arn: Arn
    parts: CallParts


@dataclass(frozen=True, slots=True)
class Hidden:
    """A text whose holes leave open what it is."""

    text: Part


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A text that names nothing a Task can call; `at` is the part that says so."""

    reason: Reason
    at: Part
    arn: Arn | None = None


Call = Optimized | SdkCall
Resource = LambdaFunction | Activity | Optimized | SdkCall | Hidden | Unrecognised

_SUFFIXES = {pattern.value: pattern for pattern in Pattern if pattern is not Pattern.REQUEST_RESPONSE}
_OPENERS = ("${", "#{")


@dataclass(frozen=True, slots=True)
class _Text:
    """The text with every hole known: `holes` are its half-open ranges, in order."""

    text: str
    holes: tuple[tuple[int, int], ...]

    def part(self, start: int, end: int) -> Part:
        hidden = any(low < end and start < high for low, high in self.holes)
        return Part(None if hidden else self.text[start:end], start, end)

    def find(self, mark: str, start: int, end: int) -> int:
        """Offset of the first `mark` outside the holes, or -1."""
        at = self.text.find(mark, start, end)
        while at >= 0 and (hole := next((h for h in self.holes if h[0] <= at < h[1]), None)):
            at = self.text.find(mark, hole[1], end)
        return at

    def split(self, start: int, end: int, most: int) -> tuple[Part, ...]:
        """The parts between colons outside holes: at most `most` cuts, so at most `most + 1` parts."""
        cuts: list[int] = []
        while len(cuts) < most and (at := self.find(":", cuts[-1] + 1 if cuts else start, end)) >= 0:
            cuts.append(at)
        starts = [start, *(cut + 1 for cut in cuts)]
        return tuple(self.part(low, high) for low, high in zip(starts, [*cuts, end], strict=True))

    @property
    def whole(self) -> Part:
        return self.part(0, len(self.text))


def parse_resource(text: str, holes: Iterable[tuple[int, int]] | None = None) -> Resource:
    """The form of `text`, where holes stand for anything at all.

    `holes` are half-open ranges of `text`; where they aren't given, every `${…}` and `#{…}` is one. AWS itself knows no
    holes, and what it would say of the bare text is the answer for `holes=()`.
    """
    return _read(text, tuple(_holes(text) if holes is None else sorted(holes)))


def read_resource(text: String) -> Resource:
    """The form of a string of a definition: AWS's own reading where it has no holes."""
    return parse_resource(text.value, [(gap.start, gap.end) for gap in text.holes])


@lru_cache(maxsize=4096)
def _read(text: str, holes: tuple[tuple[int, int], ...]) -> Resource:
    return _resource(_Text(text, holes))


def integration_name(resource: Resource) -> str | None:
    """The words that name the call, `lambda:invoke` or `aws-sdk:s3:getObject`, without the pattern; None if unknown.

    >>> integration_name(parse_resource("arn:aws:states:::sqs:sendMessage.waitForTaskToken"))
    'sqs:sendMessage'
    """
    match resource:
        case Optimized(str(service), str(action)):
            return f"{service}:{action}"
        case SdkCall(str(service), str(action)):
            return f"aws-sdk:{service}:{action}"
        case _:
            return None


def pattern_of(resource: Resource) -> Pattern | None:
    """How a Task on this resource waits; None where that is unknown. Functions answer, activities are polled."""
    match resource:
        case Optimized(pattern=pattern) | SdkCall(pattern=pattern):
            return pattern
        case LambdaFunction():
            return Pattern.REQUEST_RESPONSE
        case _:
            return None


def _holes(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of `${…}` and `#{…}`, balanced; one that is never closed reaches to the end."""
    at = 0
    while (start := min((found for opener in _OPENERS if (found := text.find(opener, at)) >= 0), default=-1)) >= 0:
        at = _closing(text, start + 2)
        yield start, at


def _closing(text: str, at: int) -> int:
    depth = 1
    while depth and at < len(text):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return at


def _resource(text: _Text) -> Resource:
    match text.split(0, len(text.text), 5):
        case (Part("arn"), partition, service, region, account, rest):
            return _of_arn(text, Arn(partition, service, region, account, rest))
        case (Part("arn"), *_) | (Part(None), *_) if text.holes:
            return Hidden(text.whole)
        case _:
            return Unrecognised(Reason.NOT_AN_ARN, text.whole)


def _of_arn(text: _Text, arn: Arn) -> Resource:
    if not _is_partition(arn.partition.text):
        return Unrecognised(Reason.PARTITION, arn.partition, arn)
    match arn.service.text:
        case None:
            return Hidden(text.whole)
        case "lambda":
            return _function(text, arn)
        case "states" if arn.region.text == "" and arn.account.text == "":
            return _call(text, arn)
        case "states":
            return _activity(text, arn)
        case _:
            return Unrecognised(Reason.SERVICE, arn.service, arn)


def _is_partition(text: str | None) -> bool:
    """New partitions keep the form `aws-…`, so the form is what counts."""
    return text is None or text == "aws" or (text.startswith("aws-") and text.replace("-", "").isalnum())


def _function(text: _Text, arn: Arn) -> Resource:
    match text.split(arn.rest.start, arn.rest.end, 2):
        case (Part("function" | None), name):
            return LambdaFunction(arn, name, None)
        case (Part("function" | None), name, qualifier):
            return LambdaFunction(arn, name, qualifier)
        case _ if text.holes:
            return LambdaFunction(arn, Part(None, arn.rest.start, arn.rest.end), None)
        case _:
            return Unrecognised(Reason.INCOMPLETE, arn.rest, arn)


def _activity(text: _Text, arn: Arn) -> Resource:
    match text.split(arn.rest.start, arn.rest.end, 1):
        case (Part("activity"), name):
            return Activity(arn, name)
        case _ if arn.rest.text is None or arn.region.text is None or arn.account.text is None:
            return Hidden(text.whole)
        case _:
            return Unrecognised(Reason.SERVICE, arn.rest, arn)


def _call(text: _Text, arn: Arn) -> Resource:
    match text.split(arn.rest.start, arn.rest.end, 1):
        case (Part("aws-sdk"), call):
            return _named_call(text, arn, call, SdkCall)
        case _:
            return _named_call(text, arn, arn.rest, Optimized)


def _named_call(text: _Text, arn: Arn, call: Part, make: type[Optimized] | type[SdkCall]) -> Resource:
    match text.split(call.start, call.end, 1):
        case (service, words):
            action, suffix = _action(text, words)
            pattern = _pattern(action, suffix)
            return make(service.text, action.text, pattern, arn, CallParts(service, action, suffix))
        case (Part(None),):
            return Hidden(text.whole)
        case _:
            return Unrecognised(Reason.INCOMPLETE, call, arn)


def _action(text: _Text, words: Part) -> tuple[Part, Part | None]:
    dot = text.find(".", words.start, words.end)
    if dot < 0:
        return words, None
    return text.part(words.start, dot), text.part(dot + 1, words.end)


def _pattern(action: Part, suffix: Part | None) -> Pattern | None:
    """A hole at the end of the action can bring a suffix with it, so only an action in full can go without."""
    if suffix is None:
        return None if action.text is None else Pattern.REQUEST_RESPONSE
    return None if suffix.text is None else _SUFFIXES.get(suffix.text)
