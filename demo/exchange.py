"""One request on its way through the box, and the hook where it can go wrong."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NamedTuple

from aiohttp import web

from .accounts import Account
from .dialects import Answer, Dialect, Query


class Received(NamedTuple):
    """A request that arrived; `account` is "" where it did not prove to be anybody."""

    account: str
    action: str
    method: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, and the answer that it would get from a healthy server."""

    request: web.BaseRequest
    query: Query
    dialect: Dialect
    account: Account | None
    answer: Callable[[], Answer]

    @property
    def received(self) -> Received:
        """The request in short."""
        address = self.account.sip_address if self.account else ""
        return Received(address, self.query.action, self.query.method)


type Fault = Callable[[Exchange], Awaitable[Answer | web.StreamResponse]]


async def healthy(exchange: Exchange) -> Answer:
    """Nothing goes wrong."""
    return exchange.answer()
