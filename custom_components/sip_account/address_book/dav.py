"""The XML of WebDAV, as far as it is needed (RFC 4918 §14): answers of strangers.

A document type is refused, and with it all entities; size, depth and number are
bounded, and it is read in linear time. Not for an event loop.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from .problems import BookError, Problem

DAV = "DAV: "
CARDDAV = "urn:ietf:params:xml:ns:carddav "
_NODES_AT_MOST = 200_000
_DEPTH_AT_MOST = 50
_OK = " 200"


@dataclass(slots=True)
class Node:
    """An element: its name with its namespace, its text, and what is in it."""

    name: str
    texts: list[str] = field(default_factory=list)
    inside: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text, without what is around it."""
        return "".join(self.texts).strip()

    def find(self, name: str) -> Node | None:
        """Return the first of its elements that is called so."""
        return next((node for node in self.inside if node.name == name), None)

    def all(self, name: str) -> list[Node]:
        """Return all of its elements that are called so."""
        return [node for node in self.inside if node.name == name]


@dataclass(frozen=True, slots=True)
class Member:
    """What is told of one resource: where it is, and its properties that there are."""

    href: str
    properties: dict[str, Node]

    def text(self, name: str) -> str:
        """Return the text of a property, empty where there is none."""
        node = self.properties.get(name)
        return node.text if node else ""

    def href_in(self, name: str) -> str:
        """Return the address that a property names, empty where there is none."""
        node = self.properties.get(name)
        inner = node.find(f"{DAV}href") if node else None
        return inner.text if inner else ""

    def is_kind(self, name: str) -> bool:
        """Whether the resource is of a kind, such as a collection."""
        node = self.properties.get(f"{DAV}resourcetype")
        return node is not None and node.find(name) is not None


def members_of(body: bytes) -> list[Member]:
    """Return what a multistatus tells; raises BookError for anything else."""
    root = _tree(body)
    if root.name != f"{DAV}multistatus":
        raise BookError(Problem.UNREADABLE)
    return list(_members(root))


def _members(root: Node) -> Iterator[Member]:
    for response in root.all(f"{DAV}response"):
        href = response.find(f"{DAV}href")
        if href is None or not href.text:
            continue
        properties: dict[str, Node] = {}
        for found in response.all(f"{DAV}propstat"):
            status = found.find(f"{DAV}status")
            told = found.find(f"{DAV}prop")
            if told is not None and (status is None or _OK in status.text):
                properties |= {node.name: node for node in told.inside}
        yield Member(href.text, properties)


def _tree(body: bytes) -> Node:
    """Return the root of a document; raises BookError."""
    top = Node("")
    open_nodes = [top]
    left = _NODES_AT_MOST

    def refuse(*_told: object) -> None:
        raise BookError(Problem.UNREADABLE)

    def begin(name: str, _attributes: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if left < 0 or len(open_nodes) > _DEPTH_AT_MOST:
            refuse()
        node = Node(name)
        open_nodes[-1].inside.append(node)
        open_nodes.append(node)

    def end(_name: str) -> None:
        open_nodes.pop()

    def tell(text: str) -> None:
        open_nodes[-1].texts.append(text)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = tell
    try:
        parser.Parse(body, True)  # noqa: FBT003 - it takes no names
    except expat.ExpatError, ValueError, LookupError:
        raise BookError(Problem.UNREADABLE) from None
    return top.inside[0]
