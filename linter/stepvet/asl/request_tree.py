"""Between the tree of a definition and the plain requests that are checked: there with values, back with paths."""

from stepvet.asl.request import UNKNOWN, Given, Path, arguments_request, template_request
from stepvet.text.node import Array, Hole, Node, Object, String, plain


def template_given(parameters: Node) -> Given:
    """The request that JSONPath `Parameters` make."""
    return template_request(_known(parameters))


def arguments_given(arguments: Node) -> Given:
    """The request that JSONata `Arguments` make."""
    return arguments_request(_known(arguments))


def key_at(request: Node, path: Path) -> String | None:
    """The key that a fault's path ends in; None where it ends in an index, or leads nowhere."""
    holder = value_at(request, path[:-1]) if path else None
    member = holder.member(str(path[-1])) if isinstance(holder, Object) else None
    return member.key if member else None


def value_at(request: Node, path: Path) -> Node | None:
    """The node that a fault's path leads to."""
    node: Node | None = request
    for step in path:
        match node:
            case Object():
                node = node.get(str(step))
            case Array() if isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            case _:
                return None
    return node


def _known(node: Node) -> object:
    match node:
        case Hole():
            return UNKNOWN
        case String():
            return UNKNOWN if node.holes else node.value
        case Object():
            return UNKNOWN if node.is_open else {m.key.value: _known(m.value) for m in node.members}
        case Array():
            return [_known(item) for item in node.items]
        case _:
            return plain(node)
