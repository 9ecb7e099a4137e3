"""One round of requests, which ends early where the account itself has failed.

After a request that ended in an error of the account (connection, TLS, time-out,
login), one other is sent: if that is answered, only the first has failed; if it fails
alike, so would the rest, and nothing more is sent.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from typing import Any

from .sip_settings import Action, SipSettingsError

_ENOUGH = 2
# Errors that say nothing about the action that was asked for.
_OF_ACCOUNT = frozenset(
    {"authentication", "certificate", "tls", "connection", "timeout"}
)

type Read = Callable[[Action[Any]], Coroutine[Any, Any, SipSettingsError | None]]
type Pick = Callable[[list[Action[Any]]], Action[Any]]


def is_of_account(error: SipSettingsError | None) -> bool:
    """Whether an error says nothing about the action that was asked for."""
    return error is not None and error.kind in _OF_ACCOUNT


@dataclass(slots=True)
class Round:
    """What came of the requests that were sent.

    `failures` are the errors of the account among them; `unsent` are the actions
    that were not asked, for the reason that the last of these gives.
    """

    answered: bool = False
    failures: list[SipSettingsError] = field(default_factory=list)
    unsent: list[Action[Any]] = field(default_factory=list)

    def take(self, error: SipSettingsError | None) -> None:
        """Take in how a request ended."""
        if error is not None and is_of_account(error):
            self.failures.append(error)
        else:
            self.answered = True

    @property
    def is_doubtful(self) -> bool:
        """Whether one request failed, and no other tells of whom that speaks."""
        return not self.answered and 0 < len(self.failures) < _ENOUGH


async def async_read_round(
    actions: Iterable[Action[Any]],
    read: Read,
    pick: Pick,
    *,
    at_a_time: int,
    one_first: bool,
) -> Round:
    """Read actions, `at_a_time` at once; with `one_first`, the first one alone.

    `read` returns the error that it ended in; `pick` chooses who is asked after a
    failure.
    """
    left = list(actions)
    running: set[asyncio.Task[SipSettingsError | None]] = set()
    outcome = Round()
    in_a_row = 0

    try:
        while left or running:
            places = 1 if one_first or in_a_row else at_a_time
            while left and len(running) < places and in_a_row < _ENOUGH:
                action = pick(left) if in_a_row else left[0]
                left.remove(action)
                running.add(asyncio.create_task(read(action)))
            if not running:
                break
            ended, running = await asyncio.wait(
                running, return_when=asyncio.FIRST_COMPLETED
            )
            one_first = False
            for task in ended:
                error = task.result()
                in_a_row = in_a_row + 1 if is_of_account(error) else 0
                outcome.take(error)
    finally:
        for task in running:
            task.cancel()
    outcome.unsent = left
    return outcome
