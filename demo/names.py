"""A server of names: answers what TXT records a name has, over UDP (RFC 1035)."""

import asyncio
from collections.abc import Iterator
from enum import IntEnum
import struct
from types import TracebackType
from typing import Self, override

_HEADER = struct.Struct("!6H")
_QUESTION = struct.Struct("!2H")
_RECORD = struct.Struct("!3HIH")
_TXT, _IN = 16, 1
_ANSWER = 0x8180  # an answer, recursive
# The name that was asked, which stands at octet 12.
_SAME_NAME = 0xC00C
_LONGEST_STRING = 255


class Outcome(IntEnum):
    """How a name server answers, whatever it is asked; its numbers are DNS's own."""

    WELL = 0
    FAILS = 2
    REFUSES = 5
    SILENT = 16
    GARBLES = 17


class Names(asyncio.DatagramProtocol):
    """A name server with records in it, for use with `async with`.

    `records` holds the TXT records of each name, every record a list of strings; a
    name without any exists all the same. `asked` tells what was asked.
    """

    def __init__(self) -> None:
        """Know no name."""
        self.records: dict[str, list[list[bytes]]] = {}
        self.outcome = Outcome.WELL
        self.asked: list[str] = []
        self.port = 0
        self._transport: asyncio.DatagramTransport | None = None

    @property
    def address(self) -> str:
        """Return where it listens, as resolvers are told."""
        return f"127.0.0.1:{self.port}"

    def name_server(self, domain: str, *texts: str) -> None:
        """Let a domain name its server, in a record for each of `texts` (§8)."""
        name = f"_sylkserver.{domain}"
        self.records[name] = [list(_strings(text.encode())) for text in texts]

    def forget(self) -> None:
        """Know no name any more, and be well."""
        self.records.clear()
        self.asked.clear()
        self.outcome = Outcome.WELL

    async def __aenter__(self) -> Self:
        """Listen; `port` is known afterwards."""
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: self, local_addr=("127.0.0.1", self.port)
        )
        self._transport = transport
        self.port = transport.get_extra_info("sockname")[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        if self._transport is not None:
            self._transport.close()

    @override
    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Answer a question."""
        assert self._transport is not None  # noqa: S101 - it was received there
        number = _HEADER.unpack_from(data)[0]
        labels, end = [], _HEADER.size
        while length := data[end]:
            labels.append(data[end + 1 : end + 1 + length].decode("latin-1"))
            end += 1 + length
        end += 1
        kind, _class = _QUESTION.unpack_from(data, end)
        question = data[_HEADER.size : end + _QUESTION.size]
        name = ".".join(labels).lower()
        self.asked.append(name)
        if self.outcome is Outcome.SILENT:
            return
        if self.outcome is Outcome.GARBLES:
            self._transport.sendto(data[:2] + b"\xff" * 20, addr)
            return
        records = self.records.get(name, []) if kind == _TXT else []
        known = name in self.records
        code = self.outcome or (0 if known else 3)  # NXDOMAIN
        answers = b"" if code else b"".join(map(_record, records))
        count = 0 if code else len(records)
        header = _HEADER.pack(number, _ANSWER | code, 1, count, 0, 0)
        self._transport.sendto(header + question + answers, addr)


def _strings(text: bytes) -> Iterator[bytes]:
    """Cut a text into strings, which DNS has no longer ones of."""
    for start in range(0, len(text), _LONGEST_STRING):
        yield text[start : start + _LONGEST_STRING]


def _record(strings: list[bytes]) -> bytes:
    data = b"".join(bytes([len(string)]) + string for string in strings)
    return _RECORD.pack(_SAME_NAME, _TXT, _IN, 60, len(data)) + data
