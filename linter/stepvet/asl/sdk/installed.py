"""Service models of the installed botocore, where there is one: the only door to it.

botocore is read as data. Nothing is called and no credentials are looked for.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from stepvet.asl.sdk.encode import encode_service
from stepvet.asl.sdk.naming import service_name


def installed_version() -> str | None:
    """botocore's version, or None where it isn't installed."""
    try:
        import botocore
    except ImportError:
        return None
    return str(botocore.__version__)


def installed_model(name: str, newer_than: str) -> Mapping[str, Any] | None:
    """The service called `name`, encoded, if the installed botocore is newer than that version and has it."""
    version = installed_version()
    if version is None or _numbers(version) <= _numbers(newer_than):
        return None
    folder = _folders().get(name)
    return None if folder is None else encode_service(_model(folder))


def installed_services() -> Iterator[tuple[str, str]]:
    """The name and the model's folder of every service, sorted. Reads all models, which takes seconds."""
    names: dict[str, str] = {}
    for folder in _loader().list_available_services("service-2"):
        names.setdefault(service_name(_model(folder).service_id), folder)
    yield from sorted(names.items())


def encoded_model(folder: str) -> Mapping[str, Any]:
    """The service in that folder of botocore's data, encoded."""
    return encode_service(_model(folder))


@cache
def _folders() -> Mapping[str, str]:
    return dict(installed_services())


@cache
def _loader() -> Any:
    from botocore.loaders import Loader

    return Loader()


def _model(folder: str) -> Any:
    from botocore.model import ServiceModel

    return ServiceModel(_loader().load_service_model(folder, "service-2"), folder)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split(".") if number.isdecimal())
