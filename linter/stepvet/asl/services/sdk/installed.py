"""Service models of the installed botocore, where there is one: the only door to it.

botocore is read as data. Nothing is called and no credentials are looked for.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from stepvet.asl.services.sdk.encode import encode_service
from stepvet.asl.services.sdk.naming import service_name


def installed_version() -> str | None:
    """botocore's version, or None where it isn't installed. botocore isn't loaded for it."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("botocore")
    except PackageNotFoundError:
        return None


def newer_model(name: str, than: str, folders: Mapping[str, str]) -> Mapping[str, Any] | None:
    """The service called `name`, encoded, if the installed botocore is newer than version `than` and has it.

    `folders` are those already known by name. Of the others, each model has to be read for its name.
    """
    version = installed_version()
    if version is None or _numbers(version) <= _numbers(than):
        return None
    folder = folders.get(name) or _named(tuple(sorted(_available() - set(folders.values())))).get(name)
    return encoded_model(folder) if folder in _available() else None


def installed_services() -> Mapping[str, str]:
    """The name of every service, sorted, to the model's folder. Reads all models, which takes seconds."""
    return _named(tuple(sorted(_available())))


def encoded_model(folder: str) -> Mapping[str, Any]:
    """The service in that folder of botocore's data, encoded."""
    return encode_service(_model(folder))


@cache
def _named(folders: tuple[str, ...]) -> Mapping[str, str]:
    names: dict[str, str] = {}
    for folder in folders:
        names.setdefault(service_name(_model(folder).service_id), folder)
    return dict(sorted(names.items()))


@cache
def _available() -> frozenset[str]:
    return frozenset(_loader().list_available_services("service-2"))


@cache
def _loader() -> Any:
    from botocore.loaders import Loader

    return Loader()


def _model(folder: str) -> Any:
    from botocore.model import ServiceModel

    return ServiceModel(_loader().load_service_model(folder, "service-2"), folder)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split(".") if number.isdecimal())
