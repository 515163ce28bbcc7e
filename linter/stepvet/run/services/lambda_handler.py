"""The user's own Python as a task: Lambda handlers, called as Lambda calls them.

A handler is `module:function`, found in the folder of the file that names it before anywhere else. For a Lambda ARN its
value is the task's result. `lambda:invoke` hands it the `Payload` and wraps its value in the response of Invoke; where
a task token is waited for, its value is what was sent with the token. An exception fails the task with the name of its
class and the cause that Lambda writes. What a handler prints goes to stderr. Imports are the whole process's, so
handlers run in one thread.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

from stepvet.asl.services.resource import Optimized, Pattern, parse_resource, pattern_of
from stepvet.run.services.service import Answer, TaskCall, TaskError
from stepvet.text.node import Json

REGION = "us-east-1"
EXIT, MARSHAL = "Runtime.ExitError", "Runtime.MarshalError"
"""Lambda's own errors: the handler ended its process, or gave a value that is no JSON."""


@dataclass(frozen=True, slots=True)
class HandlerFault:
    """Why there is no such handler."""

    message: str


@dataclass(frozen=True, slots=True)
class LambdaContext:
    """What Lambda passes as the second argument, as far as it means something here."""

    function_name: str
    invoked_function_arn: str
    aws_request_id: str
    function_version: str = "$LATEST"
    memory_limit_in_mb: str = "128"
    log_group_name: str = "/aws/lambda/local"
    log_stream_name: str = "local"

    def get_remaining_time_in_millis(self) -> int:
        return 900_000


@dataclass(frozen=True, slots=True)
class Handler:
    """A service that asks a function; `folder` is on the import path while it runs."""

    function: Callable[[Any, LambdaContext], Any]
    folder: Path

    def __call__(self, call: TaskCall) -> Answer:
        resource = parse_resource(call.resource)
        invoked = isinstance(resource, Optimized) and (resource.service, resource.action) == ("lambda", "invoke")
        arguments = call.arguments if isinstance(call.arguments, dict) else {}
        event = arguments.get("Payload", {}) if invoked else call.arguments
        name = str(arguments.get("FunctionName", call.state)) if invoked else call.resource
        result = self._ask(event, _context(call, name))
        responds = invoked and pattern_of(resource) is Pattern.REQUEST_RESPONSE
        return Answer(_wrapped(result, call) if responds else result)

    def _ask(self, event: Json, context: LambdaContext) -> Json:
        try:
            with importable(self.folder), redirect_stdout(sys.stderr):
                value = self.function(event, context)
        except TaskError:
            raise
        except (Exception, SystemExit) as error:
            name = EXIT if isinstance(error, SystemExit) else type(error).__name__
            raise TaskError(name, _cause(name, str(error), context, error)) from error
        return _marshalled(value, context)


def load_handler(name: str, folder: Path) -> Handler | HandlerFault:
    """The handler called `module:function`."""
    module_name, colon, function_name = name.partition(":")
    if not colon or not module_name or not function_name:
        return HandlerFault(f'a handler is called "module:function", not "{name}"')
    try:
        with importable(folder), redirect_stdout(sys.stderr):
            importlib.invalidate_caches()
            module = importlib.import_module(module_name)
    except (Exception, SystemExit) as error:
        return HandlerFault(f'"{module_name}" can\'t be imported: {type(error).__name__}: {error}')
    function = getattr(module, function_name, None)
    if not callable(function):
        return HandlerFault(f'"{module_name}" has no function "{function_name}"')
    return Handler(function, folder)


@contextmanager
def importable(folder: Path) -> Iterator[None]:
    """The folder comes first on the import path. Its modules are kept apart from those of other folders that have the
    same names: outside of this they stand in `sys.modules` under names of their own."""
    place = str(folder.resolve())
    names = _modules_in(folder)
    shelf = f"stepvet-handlers:{place}:"
    others = _taken(lambda module: module.partition(".")[0] in names)
    own = _taken(lambda module: module.startswith(shelf))
    sys.modules.update({name.removeprefix(shelf): module for name, module in own.items()})
    sys.path.insert(0, place)
    try:
        yield
    finally:
        if place in sys.path:
            sys.path.remove(place)
        own = _taken(lambda module: module.partition(".")[0] in names)
        sys.modules.update({f"{shelf}{name}": module for name, module in own.items()})
        sys.modules.update(others)


def _modules_in(folder: Path) -> frozenset[str]:
    """Modules and packages of a folder, but for names of the standard library and our own."""
    try:
        found = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    except OSError:
        return frozenset()
    return frozenset(found - sys.stdlib_module_names - {"stepvet"})


def _taken(wanted: Callable[[str], bool]) -> dict[str, ModuleType]:
    """The loaded modules whose names are wanted, taken out."""
    return {name: sys.modules.pop(name) for name in list(sys.modules) if wanted(name)}


def _request_id(call: TaskCall) -> str:
    spot = f"{call.state}|{call.attempt}|{call.iteration}|{call.branch}"
    return str(UUID(bytes=hashlib.sha256(spot.encode()).digest()[:16], version=4))


def _context(call: TaskCall, name: str) -> LambdaContext:
    plain = name.rpartition("function:")[2].partition(":")[0] or name
    arn = name if name.startswith("arn:") else f"arn:aws:lambda:{REGION}:123456789012:function:{plain}"
    return LambdaContext(plain, arn, _request_id(call), log_group_name=f"/aws/lambda/{plain}")


def _wrapped(payload: Json, call: TaskCall) -> Json:
    """The response of Invoke, in the shape that was recorded."""
    headers: dict[str, Json] = {"Content-Type": "application/json", "X-Amz-Executed-Version": "$LATEST"}
    return {
        "ExecutedVersion": "$LATEST",
        "Payload": payload,
        "SdkHttpMetadata": {
            "AllHttpHeaders": {name: [value] for name, value in headers.items()},
            "HttpHeaders": headers,
            "HttpStatusCode": 200,
        },
        "SdkResponseMetadata": {"RequestId": _request_id(call)},
        "StatusCode": 200,
    }


def _marshalled(value: Any, context: LambdaContext) -> Json:
    """The value as JSON, as Lambda's runtime writes it."""
    try:
        result: Json = json.loads(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        message = f"Unable to marshal response: {error}"
        raise TaskError(MARSHAL, _cause(MARSHAL, message, context, None)) from error
    return result


def _cause(name: str, message: str, context: LambdaContext, error: BaseException | None) -> str:
    """Lambda's own description of an error, as compact JSON."""
    frames = traceback.extract_tb(error.__traceback__) if error is not None else []
    told = {
        "errorMessage": message,
        "errorType": name,
        "requestId": context.aws_request_id,
        "stackTrace": traceback.format_list([f for f in frames if Path(f.filename) != Path(__file__)]),
    }
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False)
