"""One round of requests, which ends early where the account itself has failed.

After a request that ended in an error of the account (connection, TLS, time-out,
login), one other is sent, to something that was answered before: if that is answered,
only the first has failed; if it fails alike, so would the rest, and nothing more is
sent. Where what fails was answered until now, that other one is asked outside of the
round, since a server may begin to refuse all of a round and nothing else.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from ..sip_settings import (
    Action,
    BackendError,
    ElsewhereError,
    ServerTimeoutError,
    SipSettingsError,
)

_ENOUGH = 2
# Errors that say nothing about the action that was asked for.
_OF_ACCOUNT = frozenset(
    {"authentication", "certificate", "tls", "connection", "timeout"}
)
# With these the page answers, whatever has failed; with others what stands before it.
_OF_PAGE = frozenset({HTTPStatus.OK, HTTPStatus.INTERNAL_SERVER_ERROR})

type Ending = SipSettingsError | None
type Ask = Callable[[Action[Any]], Coroutine[Any, Any, Ending]]


def is_of_account(error: Ending) -> bool:
    """Whether an error says nothing about the action that was asked for."""
    return error is not None and error.kind in _OF_ACCOUNT


def is_of_page(error: Ending) -> bool:
    """Whether the settings page itself has answered, so that it let us in."""
    if isinstance(error, BackendError):
        return error.status in _OF_PAGE
    return not isinstance(error, ElsewhereError)


@dataclass(slots=True)
class Round:
    """What came of the requests that were sent.

    `failures` are the errors of the account among them. `let_in_at` is when the page
    last answered, by the loop's clock; `astray` tells that something else did. `unsent`
    are the actions that were not asked, or not to the end, for the reason that the last
    of the failures gives.
    """

    failures: list[SipSettingsError] = field(default_factory=list)
    unsent: list[Action[Any]] = field(default_factory=list)
    let_in_at: float | None = None
    astray: bool = False

    def take(self, error: Ending) -> None:
        """Take in how a request has just ended."""
        if error is not None and is_of_account(error):
            self.failures.append(error)
        elif is_of_page(error):
            self.let_in_at = asyncio.get_running_loop().time()
        else:
            self.astray = True

    @property
    def let_in(self) -> bool:
        """Whether the page has answered anything."""
        return self.let_in_at is not None


@dataclass(slots=True, kw_only=True)
class Rules:
    """How a round is made.

    `trusted` chooses among actions one that was answered before, if any, and
    `untried` one anyhow; `witness` asks something outside of the round, or is None
    where there is nothing to ask. `at_a_time` requests go at once, but for the first
    one: it tells whether the account is let in. At `until` (of the loop's clock) the
    round ends.
    """

    trusted: Callable[[list[Action[Any]]], Action[Any] | None]
    untried: Callable[[list[Action[Any]]], Action[Any]]
    witness: Callable[[], Coroutine[Any, Any, Ending] | None]
    at_a_time: int
    until: float | None = None


async def async_read_round(
    actions: Iterable[Action[Any]], ask: Ask, rules: Rules
) -> Round:
    """Read actions; `ask` returns the error that a request ended in."""
    return await _Reading(list(actions), ask, rules).async_run()


class _Reading:
    """A round that is under way."""

    def __init__(self, left: list[Action[Any]], ask: Ask, rules: Rules) -> None:
        self._left = left
        self._ask = ask
        self._rules = rules
        self._running: dict[asyncio.Task[Ending], Action[Any]] = {}
        self._outcome = Round()
        self._lost = 0  # in a row
        self._vouched: bool | None = None  # by the witness, once that was asked
        self._answered_before: set[str] = set()
        self._is_news = False  # that something fails

    async def async_run(self) -> Round:
        """Read until all is read, or the account is lost, or the time is over."""
        first = True
        try:
            while True:
                if self._lost and not self._running and not await self._async_go_on():
                    break
                alone = first or self._lost
                self._start(1 if alone else self._rules.at_a_time)
                if not self._running:
                    break
                if not await self._async_wait():
                    break
                first = False
        finally:
            for task in self._running:
                task.cancel()
        self._outcome.unsent = [*self._running.values(), *self._left]
        return self._outcome

    def _start(self, places: int) -> None:
        while self._left and len(self._running) < places:
            action = self._left[0]
            if self._lost:
                rules = self._rules
                action = rules.trusted(self._left) or rules.untried(self._left)
            self._left.remove(action)
            self._running[asyncio.create_task(self._ask(action))] = action
            if self._rules.trusted([action]):
                self._answered_before.add(action.key)

    async def _async_wait(self) -> bool:
        """Wait until something has ended; return False where the time is over."""
        until = self._rules.until
        left = until and max(until - asyncio.get_running_loop().time(), 0)
        ended, _ = await asyncio.wait(
            self._running, timeout=left, return_when=asyncio.FIRST_COMPLETED
        )
        for task in ended:
            action, error = self._running.pop(task), task.result()
            self._take(error)
            if is_of_account(error) and action.key in self._answered_before:
                self._is_news = True
        if not ended:
            self._outcome.failures.append(
                ServerTimeoutError("The server does not answer in time")
            )
        return bool(ended)

    async def _async_go_on(self) -> bool:
        """After failures in a row, see whether they speak of the account."""
        if not self._left and self._outcome.let_in:
            return False
        # Who was vouched for may fail once more before that is doubted again.
        if (
            self._vouched is not False
            and (self._lost == _ENOUGH or (self._lost == 1 and not self._vouched))
            and (self._is_news_of_all or self._rules.trusted(self._left) is None)
            and (asking := self._rules.witness()) is not None
        ):
            self._take(await asking)
            self._vouched = not self._lost
        return self._lost < _ENOUGH

    @property
    def _is_news_of_all(self) -> bool:
        """Whether all that was asked fails, and did not so before."""
        return self._is_news and not self._outcome.let_in

    def _take(self, error: Ending) -> None:
        self._outcome.take(error)
        if is_of_account(error):
            self._lost += 1
        elif is_of_page(error):
            self._lost = 0
