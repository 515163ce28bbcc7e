"""The user's own Python as a task: Lambda handlers, called as Lambda calls them.

A handler is `module:function`, found in the folder of the file that names it before anywhere else. For a Lambda ARN its
value is the task's result. `lambda:invoke` hands it the `Payload` and wraps its value in the response of Invoke. An
exception fails the task with the class's name, and the cause that Lambda writes.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

from stepvet.asl.resource import Optimized, parse_resource
from stepvet.run.services import Answer, TaskCall, TaskError, as_json
from stepvet.text.node import Json

REGION = "us-east-1"


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
        return Answer(_wrapped(result, call) if invoked else result)

    def _ask(self, event: Json, context: LambdaContext) -> Json:
        try:
            with importable(self.folder):
                return as_json(self.function(event, context))
        except TaskError:
            raise
        except Exception as error:
            raise TaskError(type(error).__name__, _cause(error, context)) from error


def load_handler(name: str, folder: Path) -> Handler | HandlerFault:
    """The handler called `module:function`."""
    module_name, colon, function_name = name.partition(":")
    if not colon or not module_name or not function_name:
        return HandlerFault(f'a handler is called "module:function", not "{name}"')
    try:
        with importable(folder):
            module = _module(module_name, folder)
    except Exception as error:
        return HandlerFault(f'"{module_name}" can\'t be imported: {type(error).__name__}: {error}')
    function = getattr(module, function_name, None)
    if not callable(function):
        return HandlerFault(f'"{module_name}" has no function "{function_name}"')
    return Handler(function, folder)


def _module(name: str, folder: Path) -> ModuleType:
    """The module of that name in the folder, apart from modules of that name elsewhere; else as Python finds it."""
    path = folder.joinpath(*name.split(".")).with_suffix(".py")
    if not path.is_file():
        return importlib.import_module(name)
    alias = f"stepvet_handler_{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]}"
    if alias in sys.modules:
        return sys.modules[alias]
    spec = importlib.util.spec_from_file_location(alias, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[alias] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[alias]
        raise
    return module


@contextmanager
def importable(folder: Path) -> Iterator[None]:
    """The folder comes first on the import path."""
    place = str(folder.resolve())
    sys.path.insert(0, place)
    try:
        yield
    finally:
        if place in sys.path:
            sys.path.remove(place)


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


def _cause(error: Exception, context: LambdaContext) -> str:
    """Lambda's own description of an exception, as compact JSON."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename) != Path(__file__)]
    told = {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": context.aws_request_id,
        "stackTrace": traceback.format_list(frames),
    }
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False)
