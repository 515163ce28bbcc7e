"""Map states: fields that only one kind of processor uses, and fields that stand for the same."""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl.fault import Fault
from stepvet.asl.schema.sites import Site
from stepvet.text.finding import Label
from stepvet.text.node import Object, is_known

DISTRIBUTED_ONLY = (
    "ItemReader",
    "ItemBatcher",
    "ResultWriter",
    "Label",
    "ToleratedFailureCount",
    "ToleratedFailureCountPath",
    "ToleratedFailurePercentage",
    "ToleratedFailurePercentagePath",
)


def map_faults(site: Site) -> Iterator[Fault]:
    """What AWS accepts, or may accept, and what does not do what it seems to."""
    keys = [member.key for member in site.node.members if member.key.value in DISTRIBUTED_ONLY]
    if keys and _is_inline(site.node):
        *names, last = (f'"{key.value}"' for key in keys)
        which = f"{', '.join(names)} and {last} have" if names else f"{last} has"
        yield Fault(
            rule="distributed-only-field",
            message=f"{which} no effect in an inline Map",
            at=keys[0],
            labels=tuple(Label(key, "nor has this one") for key in keys[1:]),
            help='set "ProcessorConfig": {"Mode": "DISTRIBUTED", …} to make it a distributed one',
        )
    selector, parameters = site.node.member("ItemSelector"), site.node.member("Parameters")
    if selector and parameters and site.language == "JSONPath":
        yield Fault(
            rule="parameters-with-item-selector",
            message='"Parameters" and "ItemSelector" both make the input of an iteration',
            at=parameters.key,
            labels=(Label(selector.key, "the newer name of it"),),
            help='in a Map "Parameters" is the old name of "ItemSelector"; AWS\'s answer to both is not recorded',
        )


def _is_inline(node: Object) -> bool:
    processor = node.get("ItemProcessor") or node.get("Iterator")
    if not isinstance(processor, Object) or processor.is_open:
        return False
    config = processor.get("ProcessorConfig")
    if config is None:
        return True
    if not isinstance(config, Object) or config.is_open:
        return False
    mode = config.get("Mode")
    return mode is None or (is_known(mode) and mode.value == "INLINE")
