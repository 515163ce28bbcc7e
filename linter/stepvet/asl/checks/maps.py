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
    if _is_inline(site.node):
        for name in DISTRIBUTED_ONLY:
            member = site.node.member(name)
            if member:
                message = f'"{name}" has no effect in an inline Map'
                help_ = 'set "ProcessorConfig": {"Mode": "DISTRIBUTED", …} to use it'
                yield Fault("distributed-only-field", message, member.key, help=help_)
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
