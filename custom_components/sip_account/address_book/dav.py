"""The XML of WebDAV, as far as it is needed (RFC 4918 §14): answers of strangers.

A document type is refused, and with it all entities; size and number are
bounded, and it is read in linear time. Not for an event loop.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from .problems import BookError, Problem

DAV = "DAV: "
CARDDAV = "urn:ietf:params:xml:ns:carddav "
_NODES_AT_MOST = 2000  # of one response
_PIECE = 64 * 1024
# What XML cannot say, and what servers nevertheless send of a card that has it.
_NO_CHARACTERS = bytes(set(range(32)) - set(b"\t\n\r"))
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_TAG_AT_MOST = 256 * 1024  # octets of one tag or comment
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
    found: list[Member] = []
    for_each_member(body, found.append)
    return found


def for_each_member(body: bytes, take: Callable[[Member], None]) -> None:
    """Have each resource taken that a multistatus tells of, and keep none of them.

    Raises BookError for anything else.
    """
    reader = _Reader(take)
    fed = understood = 0
    is_wide = body.startswith(_WIDE_MARKS)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.tell
    try:
        # In pieces, between which the event loop's thread has its turn.
        for start in range(0, len(body), _PIECE):
            piece = body[start : start + _PIECE]
            if not is_wide:
                piece = piece.translate(None, _NO_CHARACTERS)
            fed += len(piece)
            parser.Parse(piece, False)  # noqa: FBT003 - it takes no names
            # -1 while it waits for more.
            understood = max(understood, parser.CurrentByteIndex)
            if fed - understood > _TAG_AT_MOST:
                _refuse()
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError, ValueError, LookupError:
        raise BookError(Problem.UNREADABLE) from None


def _refuse(*_told: object) -> None:
    raise BookError(Problem.UNREADABLE)


class _Reader:
    """Puts one response after the other together, and lets go of it."""

    def __init__(self, take: Callable[[Member], None]) -> None:
        self._take = take
        self._open: list[Node] = []
        self._left = _NODES_AT_MOST

    def begin(self, name: str, _attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        self._left -= 1
        if self._left < 0:
            _refuse()
        node = Node(name)
        if self._open:
            self._open[-1].inside.append(node)
        elif name != f"{DAV}multistatus":
            _refuse()
        self._open.append(node)

    def end(self, _name: str) -> None:
        """Take the end of an element; what is whole is told of."""
        node = self._open.pop()
        if len(self._open) == 1:
            self._open[0].inside.clear()
            self._open[0].texts.clear()
            self._left = _NODES_AT_MOST
            if node.name == f"{DAV}response" and (member := _member(node)):
                self._take(member)

    def tell(self, text: str) -> None:
        """Take a piece of text."""
        self._open[-1].texts.append(text)


def _member(response: Node) -> Member | None:
    """Return what a response tells, None where it does not say of what."""
    href = response.find(f"{DAV}href")
    if href is None or not href.text:
        return None
    properties: dict[str, Node] = {}
    for found in response.all(f"{DAV}propstat"):
        status = found.find(f"{DAV}status")
        told = found.find(f"{DAV}prop")
        if told is not None and (status is None or _OK in status.text):
            properties |= {node.name: node for node in told.inside}
    return Member(href.text, properties)
