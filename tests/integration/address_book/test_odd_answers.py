"""Servers of address books that answer otherwise, and uploads that are none."""

from collections.abc import Callable
from typing import Any

from aiohttp import web
import pytest

from demo import AccountBox
from demo.address_book import PASSWORD, USER
from tests.integration.flow import Flow
from tests.integration.support import ALICE

from .odd_server import OddServer, multistatus, response
from .test_flow import add, open_book

WHO = "<d:current-user-principal><d:href>{}</d:href></d:current-user-principal>"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        # Nothing is told, also of the person; then a card lies there, or none.
        ({"PROPFIND": "empty", "GET": "cards"}, "book_read"),
        ({"PROPFIND": "missing", "GET": "cards"}, "book_read"),
        ({"PROPFIND": "missing", "GET": "missing"}, "book_not_found"),
        ({"PROPFIND": "missing", "GET": "page"}, "book_not_found"),
        ({"PROPFIND": "missing", "GET": "broken"}, None),
        ({"PROPFIND": "broken"}, None),
        # Who somebody is leads round in a circle, or to himself.
        ({"PROPFIND": "circle", "GET": "missing"}, "book_not_found"),
        ({"PROPFIND": "myself", "GET": "missing"}, "book_not_found"),
    ],
)
async def test_what_lies_there(
    set_up: Callable[..., Any],
    flow: Flow,
    server: OddServer,
    told: dict[str, str],
    said: str | None,
) -> None:
    """What is there is read, and what is not is said at the form."""

    async def answer(request: web.Request) -> web.StreamResponse:
        kind = told.get(request.method, "cards")
        if kind == "cards":
            return await server.as_it_should(request)
        if kind == "missing":
            return web.Response(status=404)
        if kind == "broken":
            return web.Response(status=500)
        if kind == "page":
            return web.Response(text="<html>Welcome</html>", content_type="text/html")
        if kind == "empty":
            return multistatus()
        path = request.path
        there = "/b/" if kind == "circle" and path != "/b/" else "/a/"
        if kind == "myself":
            there = path
        return multistatus(response(path, WHO.format(there)))

    server.answer = answer
    entry = await set_up(ALICE, by="password")
    await add(flow, entry, f"{server.origin}/a/")
    if said == "book_read":
        assert flow.result["reason"] == said, flow.result
    elif said is None:
        assert flow.errors["base"].startswith("book_")
    else:
        assert flow.errors == {"base": said}


async def test_authority_that_is_none(
    set_up: Callable[..., Any], flow: Flow, server: OddServer
) -> None:
    """The form comes again, for a file that is no certificate and one that is gone."""
    entry = await set_up(ALICE, by="password")
    await open_book(flow, entry)
    await flow.submit(url=server.url, username=USER, password=PASSWORD)
    await flow.choose("book_authority")
    await flow.upload(b"rubbish", "authority")
    assert flow.errors == {"authority": "not_a_certificate"}
    await flow.submit(authority="2f4f3a5e-0f5c-4c5b-9f39-0d4c6ad6c0ff")
    assert flow.errors == {"authority": "upload_lost"}
    assert server.asked == []


async def test_server_that_is_gone_when_it_is_looked_at(
    set_up: Callable[..., Any], flow: Flow, box: AccountBox
) -> None:
    """The address is asked for again, with what was typed."""
    entry = await set_up(ALICE, by="password")
    with OddServer().running() as server:
        await open_book(flow, entry)
        await flow.submit(url=server.url, username=USER, password=PASSWORD)
        assert flow.step == "untrusted_book"
    await flow.choose("book_pin")
    assert (flow.step, flow.errors) == ("book_address", {"base": "book_unreachable"})
