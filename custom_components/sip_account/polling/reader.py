"""Reads actions, and keeps what each last told.

An action that fails keeps its last good value.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..calls.phone_book import PhoneBook
from ..sip_settings import (
    CALLS,
    Action,
    BackendError,
    Call,
    ClosedError,
    Countdown,
    SipSettingsClient,
    SipSettingsError,
    UnsupportedActionError,
)
from .poll_round import is_of_account
from .readings import Reading, Tally
from .standing import Standing

_HTTP_SERVER_ERROR = 500


class ActionReader:
    """Reads one group of actions.

    `errors` are those that the actions last ended in, by their keys.
    """

    def __init__(
        self,
        actions: tuple[Action[Any], ...],
        client: SipSettingsClient,
        standing: Standing,
        phone_book: PhoneBook | None = None,
    ) -> None:
        """Read with `client`; `phone_book` gives names to calls."""
        self.actions = actions
        self.errors: dict[str, SipSettingsError] = {}
        self.tallies = {action.key: Tally() for action in actions}
        self._client = client
        self._standing = standing
        self._phone_book = phone_book
        self._begun = 0
        self._newest: dict[str, tuple[int, Reading | None]] = {}
        # Which of all calls are shown: a person may have had some forgotten.
        self.shown_of: Callable[[Sequence[Call]], tuple[Call, ...]] = tuple

    @property
    def known(self) -> list[Action[Any]]:
        """The actions that the server was not found to know nothing of."""
        return [action for action in self.actions if not self._client.denies(action)]

    def readings(self) -> dict[str, Reading]:
        """Return the newest readings, in the order of the actions."""
        newest = ((action.key, self._newest.get(action.key)) for action in self.actions)
        readings = {key: told[1] for key, told in newest if told and told[1]}
        if (calls := readings.get(CALLS.key)) and calls.value:
            shown = self.shown_of(calls.value)
            if len(shown) < len(calls.value):
                readings[CALLS.key] = replace(calls, value=shown or None)
        return readings

    def listed(self) -> Reading | None:
        """Return the newest reading of calls with all that the server lists."""
        return self._newest.get(CALLS.key, (0, None))[1]

    async def async_ask(self, action: Action[Any]) -> SipSettingsError | None:
        """Read an action, and keep what it told; return the error that it ended in.

        Of two reads under way the one that began later counts, whichever ends first.
        """
        self._begun += 1
        turn = self._begun
        error: SipSettingsError | None = None
        value: Any = None
        odd: Mapping[str, int] = {}
        try:
            value = await self._client.read(action)
            odd = self._client.odd[action.key]
            if action.key == CALLS.key and self._phone_book:
                value = await self._phone_book.async_named(value)
        except ClosedError as closed:
            return closed
        except SipSettingsError as failure:
            error = failure
        self.tallies[action.key].count(error)
        page = self._standing.of_page(second=self._client.is_of_second(action))
        page.note(action, answered=not is_of_account(error))
        newest, before = self._newest.get(action.key, (0, None))
        if newest > turn:
            return error
        if error:
            reading = self._failed(action, error, before or Reading())
        else:
            self.errors.pop(action.key, None)
            reading = self._told(value, odd, before or Reading())
        self._newest[action.key] = (turn, reading)
        return error

    def _told(
        self,
        value: Any,  # noqa: ANN401
        odd: Mapping[str, int],
        before: Reading,
    ) -> Reading:
        if isinstance(value, Countdown) and type(before.value) is type(value):
            value = value.steadied(before.value)
        return Reading(value, known=True, odd=odd)

    def _failed(
        self, action: Action[Any], error: SipSettingsError, before: Reading
    ) -> Reading | None:
        """Keep the last good value, unless the server has never known the action."""
        self.errors[action.key] = error
        if isinstance(error, UnsupportedActionError) and not before.known:
            del self.errors[action.key]
            return None
        learned = self._client.learned
        if _never_worked(error) and not learned.get(action.key):
            learned[action.key] = None
            return None
        return replace(before, failed=error.kind)

    def leave_unread(
        self, actions: Iterable[Action[Any]], error: SipSettingsError
    ) -> None:
        """Let actions fail that were not asked, for the reason that others gave."""
        self._begun += 1
        for action in actions:
            _, before = self._newest.get(action.key, (0, Reading()))
            if before is not None:
                self.errors[action.key] = error
                reading = replace(before, failed=error.kind)
                self._newest[action.key] = (self._begun, reading)


def _never_worked(error: SipSettingsError) -> bool:
    """Whether this is how an action fails that the server has broken for good."""
    return isinstance(error, BackendError) and error.status == _HTTP_SERVER_ERROR
