"""What goes wrong between the server and us: connections, encodings, HTTP itself."""

import asyncio
from collections.abc import Mapping
import functools
import gzip
import json
import re

from aiohttp import web

from .dialects import Answer
from .exchange import Exchange, Fault

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_BOMB_SIZE = 100 * 1024 * 1024
_HANG = 3600.0


def raw(content: bytes, *, then: str = "abort") -> Fault:
    """Make a fault: these octets for an answer, then `abort`, `close` or `hang`."""

    async def fault(exchange: Exchange) -> Answer:
        transport = exchange.request.transport
        if transport is not None:
            if content:
                transport.write(content)
            # What was written must have left before the connection is dropped.
            await asyncio.sleep(0.02)
            if then == "hang":
                await asyncio.sleep(_HANG)
            elif then == "close":
                transport.close()
            else:
                transport.abort()
        return Answer()

    return fault


def answer(status: int, body: bytes = b"", headers: Mapping[str, str] = {}) -> Fault:
    """Make a fault: this answer, whoever asks for whatever."""

    async def fault(_exchange: Exchange) -> Answer:
        return Answer(body, status, headers)

    return fault


def printed(text: str | bytes) -> Fault:
    """Make a fault: PHP prints this instead of its answer."""
    return answer(200, text if isinstance(text, bytes) else text.encode())


async def one_octet_a_second(exchange: Exchange) -> web.StreamResponse:
    """Answer rightly, and so slowly that nobody waits for it."""
    response = web.StreamResponse()
    body = exchange.answer().body
    response.content_length = len(body)
    await response.prepare(exchange.request)
    for octet in body:
        await response.write(bytes([octet]))
        await asyncio.sleep(1)
    return response


async def cut_in_body(exchange: Exchange) -> Answer:
    """Hang up in the middle of an answer whose length was told."""
    body = exchange.answer().body
    head = _HEAD + b"Content-Length: %d\r\n\r\n" % len(body)
    await raw(head + body[: len(body) // 2])(exchange)
    return Answer()


async def ended_early(exchange: Exchange) -> Answer:
    """Close properly, with half of the answer missing."""
    body = exchange.answer().body
    head = _HEAD + b"Content-Length: %d\r\n\r\n" % len(body)
    await raw(head + body[: len(body) // 2], then="close")(exchange)
    return Answer()


async def cut_in_chunk(exchange: Exchange) -> Answer:
    """Hang up before the last chunk."""
    body = exchange.answer().body
    head = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    await raw(head + b"%x\r\n%s\r\n" % (len(body), body))(exchange)
    return Answer()


async def until_close(exchange: Exchange) -> Answer:
    """Answer as HTTP/1.0 did: the answer ends with the connection."""
    body = exchange.answer().body
    head = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n"
    await raw(head + body, then="close")(exchange)
    return Answer()


async def byte_order_mark(exchange: Exchange) -> Answer:
    """Begin with a mark that an editor left in a PHP file."""
    return Answer(b"\xef\xbb\xbf" + exchange.answer().body)


async def wrong_charset(exchange: Exchange) -> Answer:
    """Claim another encoding than the one that is used."""
    headers = {"Content-Type": "text/html; charset=utf-16"}
    return Answer(exchange.answer().body, headers=headers)


async def latin_1(exchange: Exchange) -> Answer:
    """Print octets that are no UTF-8 in the middle of a text."""
    return Answer(exchange.answer().body.replace(b'"', b'"\xe4', 1))


async def numbers_as_text(exchange: Exchange) -> Answer:
    """Send every number as a string (§0 item 6)."""
    body = exchange.answer().body
    return Answer(re.sub(rb"(?<=[:\[,])(-?\d+(?:\.\d+)?)(?=[,\]}])", rb'"\1"', body))


async def seventeen_digits(exchange: Exchange) -> Answer:
    """Write out fractions as PHP does with `serialize_precision` 17 (§0 item 6)."""
    body = exchange.answer().body.decode()
    found = re.sub(
        r"(?<=[:\[,])-?\d+\.\d+(?=[,\]}])", lambda it: f"{float(it[0]):.17g}", body
    )
    return Answer(found.encode())


async def odd_items(exchange: Exchange) -> Answer:
    """Put into each list one item that nobody understands."""
    answer = exchange.answer()
    if not answer.body.startswith((b"[", b"{")):
        return answer  # a challenge, or words
    value = json.loads(answer.body)
    if isinstance(value, list) and value:
        value.insert(0, [7])
    elif isinstance(value, dict):
        for name in ("placed", "received", "groups"):
            if listed := value.get(name):
                listed.insert(0, [7])
        if rules := value.get("persistent"):
            rules["workdays"] = {"start": [7]}
        if "FUNV" in value:
            value["FUNV"] = {"target": 7}
    return Answer(json.dumps(value).encode(), answer.status, answer.headers)


async def packed(exchange: Exchange) -> Answer:
    """Compress the answer, which we did ask for."""
    body = gzip.compress(exchange.answer().body)
    return Answer(body, headers={"Content-Encoding": "gzip"})


async def text_after(exchange: Exchange) -> Answer:
    """Print the end of a page after the JSON, which no server does."""
    return Answer(exchange.answer().body + b"\n</body></html>")


@functools.cache
def _bomb() -> bytes:
    return gzip.compress(b" " * _BOMB_SIZE, 1)


async def gzip_bomb(_exchange: Exchange) -> Answer:
    """Send 100 MB of blanks in some hundred kB."""
    return Answer(_bomb(), headers={"Content-Encoding": "gzip"})


WIRE: Mapping[str, Fault] = {
    "closed_unanswered": raw(b"", then="close"),
    "cut_in_headers": raw(b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "cut_in_body": cut_in_body,
    "ended_early": ended_early,
    "cut_in_chunk": cut_in_chunk,
    "broken_chunk": raw(
        _HEAD + b"Transfer-Encoding: chunked\r\n\r\nnonsense\r\n[]\r\n", then="close"
    ),
    "until_close": until_close,
    "hangs_unanswered": raw(b"", then="hang"),
    "hangs_in_headers": raw(b"HTTP/1.1 200 OK\r\nContent-Ty", then="hang"),
    "hangs_in_body": raw(_HEAD + b"Content-Length: 99\r\n\r\n[", then="hang"),
    "one_octet_a_second": one_octet_a_second,
    "no_http": raw(b"SSH-2.0-OpenSSH_9.2\r\n", then="close"),
    "endless_header": raw(_HEAD + b"X-Long: " + b"x" * 200_000, then="close"),
    "nonsense_length": raw(_HEAD + b"Content-Length: many\r\n\r\n[]", then="close"),
    "gzip_bomb": gzip_bomb,
    "broken_gzip": answer(200, b"\x1f\x8b not", {"Content-Encoding": "gzip"}),
    "packed": packed,
    "byte_order_mark": byte_order_mark,
    "wrong_charset": wrong_charset,
    "latin_1": latin_1,
    "numbers_as_text": numbers_as_text,
    "seventeen_digits": seventeen_digits,
    "text_after": text_after,
    "odd_items": odd_items,
}
