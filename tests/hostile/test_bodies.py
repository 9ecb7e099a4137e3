"""Whatever a server answers is read in linear time, and nothing else comes of it."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
import threading

import pytest

from custom_components.sip_account.sip_settings import (
    CATALOGUE,
    BackendError,
    ReplyError,
    SipSettingsError,
)
from custom_components.sip_account.sip_settings.aside import is_quick, read_aside
from custom_components.sip_account.sip_settings.call_lists import zone_names
from custom_components.sip_account.sip_settings.context import Context
from custom_components.sip_account.sip_settings.reply import (
    read_confirmation,
    read_reply,
)

from .bodies import BODIES, Made
from .growth import grows_too_fast

KB = 1024
CONTEXT = Context(read_at=datetime(2026, 11, 24, 12, tzinfo=UTC))


def read_as_everything(body: bytes) -> None:
    """Read an answer as that of each action, and of a write."""
    for status in (200, 401, 403, 500):
        with suppress(SipSettingsError):
            read_confirmation(status, body)
        with suppress(SipSettingsError):
            read_reply(status, body)
    try:
        value = read_reply(200, body)
    except SipSettingsError:
        return
    with suppress(SipSettingsError):
        zone_names(value)
    for action in CATALOGUE.values():
        with suppress(SipSettingsError):
            action.read(value, CONTEXT)


@pytest.mark.parametrize("made", BODIES.values(), ids=BODIES)
def test_value_or_error(made: Made) -> None:
    """Each ends as a value or as an error of the tree, at any size."""
    for size in (200, 5 * KB, 70 * KB):
        read_as_everything(made(size))


@pytest.mark.parametrize("made", BODIES.values(), ids=BODIES)
def test_linear(made: Made) -> None:
    """Twice the answer takes about twice the time."""
    assert not grows_too_fast(made, 128 * KB, read_as_everything)


def test_269_octets() -> None:
    """An answer that once held Home Assistant for two seconds, and a longer one."""
    for times in (19, 2000):
        with pytest.raises(SipSettingsError):
            read_reply(200, b"Key a changed " * times + b"{x null")


@pytest.mark.parametrize(
    ("body", "quick"),
    [
        (b"null", True),
        (b'{"placed":[' + b",".join([b'{"to":"x","media":["a"]}'] * 100) + b"]}", True),
        (b"[" + b",".join([b'{"value":"1","session":"x","a":1}'] * 200) + b"]", True),
        (b"[" + b",".join([b"{}"] * 300) + b"]", False),
        (b"[" + b",".join([b"1"] * 5000) + b"]", False),
        (b"[" * 300, False),
        (b"<" * 5 * KB, False),
        (b'["' + b"x" * 70 * KB + b'"]', False),
    ],
    ids=range(8),
)
def test_read_in_a_thread(body: bytes, quick: bool) -> None:
    """What takes longer than the loop may be held is read beside it."""
    thread = asyncio.run(read_aside(body, threading.current_thread))
    assert (thread is threading.main_thread()) is is_quick(body) is quick


def test_read_in_turn() -> None:
    """Of what takes long, one is read at a time: the loop waits for one at most."""
    running = threading.Lock()

    def read() -> bool:
        alone = running.acquire(blocking=False)
        threading.Event().wait(0.01)
        if alone:
            running.release()
        return alone

    async def several() -> list[bool]:
        return await asyncio.gather(*(read_aside(b"[" * 300, read) for _ in range(8)))

    assert all(asyncio.run(several()))


@pytest.mark.parametrize("count", [10_000, 13_000])
def test_many_calls_are_read(count: int) -> None:
    """More calls than any server lists are still calls."""
    item = b'{"remoteParty":"sip:x","startTime":"2026-11-24 08:00:00","stopTime":null}'
    body = b'{"placed":null,"received":[' + b",".join([item] * count) + b"]}"
    calls = CATALOGUE["calls"].read(read_reply(200, body), CONTEXT)
    assert calls is not None
    assert len(calls) == count


@pytest.mark.parametrize(
    "body",
    [
        b"[" + b",".join([b"1"] * 300_000) + b"]",
        b"x[" + b",".join([b"1"] * 300_000) + b"]",
        b"x" * 70 * KB + b'["x"]',
    ],
    ids=range(3),
)
def test_beyond_all_servers(body: bytes) -> None:
    """What no server prints is none of its answers."""
    with pytest.raises(ReplyError):
        read_reply(200, body)


def test_long_lists_are_refused() -> None:
    body = b"[" + b",".join([b"null"] * 20_001) + b"]"
    with pytest.raises(ReplyError):
        CATALOGUE["aliases"].read(read_reply(200, body), CONTEXT)


def test_words_are_found_at_both_ends() -> None:
    """An error before or behind more than can be looked at is still that error."""
    noise = b"x" * 200 * KB
    for body in (b"Session halted." + noise, noise + b"Session halted."):
        with pytest.raises(BackendError):
            read_reply(200, body)
