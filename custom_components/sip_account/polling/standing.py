"""How an account stands with its server: let in, or refused, and since when.

Where it has two pages, it stands with each of them for itself: another login may be
refused there, or another server may fail.

A refusal is believed once it has lasted, whatever it says: a failing back end and a
balancer in mid-update say the same as a server that means it. Meanwhile it is tried
seldom, since an operator who bans by address bans the phones of the house with us.
What is known here outlives set-ups that are tried again, and reloads by Home Assistant.

Times are seconds of the loop's clock, which nobody can set.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
import weakref

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.http import current_request

from ..const import CONF_SETTINGS_URL
from ..in_home import InHome
from ..login import LOGIN
from ..sip_settings import Action, SipSettingsError

if TYPE_CHECKING:
    from aiohttp.web import Request

_BELIEVED_AFTER_ATTEMPTS = 3
_BELIEVED_AFTER = 10 * 60.0
# From one attempt to the next: after the first, the later ones, and once believed.
_FIRST_PAUSE = 60.0
_PAUSE = 5 * 60.0
_LONG_PAUSE = 60 * 60.0
# A timer of Home Assistant may come a little before its time.
_EARLY = 1.0
# How Home Assistant names the task in which it tries a set-up again.
_RETRY = "config entry retry "
# How long a dialog that a person has touched is left open.
_LEFT_OPEN = 30 * 60.0


@dataclass(slots=True, eq=False)
class Standing:
    """How one account stands with a page of its server.

    `second` is how it stands with its second page, if it has one; `asked`, and what is
    noted of dialogs, is of both. `refusal` is why it is not let in, None while nothing
    says so; `attempts` were refused since it was last let in; `believed` tells that
    this has lasted, and `asked` that a person was asked for credentials since.
    """

    second: Standing | None = None
    refusal: SipSettingsError | None = None
    attempts: int = 0
    believed: bool = False
    asked: bool = False
    _since: float | None = None
    _ended: float = 0.0
    _due: float = 0.0
    _touched: float | None = None
    _order: int = 0
    _answered: dict[str, int] = field(default_factory=dict)
    _failed: dict[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> tuple[Standing, ...]:
        """How it stands with each page."""
        return (self, self.second) if self.second else (self,)

    def of_page(self, *, second: bool) -> Standing:
        """Return how it stands with a page."""
        return self.second if second and self.second else self

    @property
    def refused(self) -> bool:
        """Whether any page refuses it."""
        return any(page.refusal for page in self.pages)

    def waits(self, now: float) -> bool:
        """Whether nothing may be sent yet, since the account was refused."""
        return self.refusal is not None and now < self._due - _EARLY

    def wait(self, now: float) -> float | None:
        """Return the seconds to the next attempt, None where none is needed."""
        return None if self.refusal is None else max(self._due - now, _EARLY)

    def hold(self, now: float) -> None:
        """Let nobody else try while an attempt is under way."""
        self._due = now + _PAUSE

    def take_refusal(
        self, error: SipSettingsError, begun: float, now: float, *, whole: bool = True
    ) -> None:
        """Take in an attempt that began at `begun` and was refused by `now`.

        Of attempts that were under way together only the first to end counts, and none
        that was not `whole`: where something else than a refusal came of it as well,
        it is no evidence, but a reason to wait all the same.
        """
        if self.refusal is not None and begun <= self._ended:
            return
        self.refusal = error
        self._ended = now
        if not whole:
            self._since = None
            self._due = now + (self._pause if self.attempts else _FIRST_PAUSE)
            return
        if self._since is None:
            self._since = now
        self.attempts += 1
        self.believed |= (
            self.attempts >= _BELIEVED_AFTER_ATTEMPTS
            and now - self._since >= _BELIEVED_AFTER
        )
        self._due = now + (_FIRST_PAUSE if self.attempts == 1 else self._pause)

    def take_loss(self, now: float) -> None:
        """Take in an attempt that ended in no answer: it neither counts nor clears.

        How long the refusal has lasted is counted anew.
        """
        self._since = None
        self._due = now + self._pause

    def take_answer(self, at: float) -> None:
        """Take in an answer that is no refusal: since then the account is let in.

        One from before the last refusal says nothing of it.
        """
        if self.refusal is not None and at < self._ended:
            return
        self.refusal = self._since = None
        self.attempts = 0
        self.believed = False

    @property
    def _pause(self) -> float:
        return _LONG_PAUSE if self.believed else _PAUSE

    # Who is to be asked whether anybody is answered

    def note(self, action: Action[Any], *, answered: bool) -> None:
        """Remember that an action was answered, or failed."""
        self._order += 1
        (self._answered if answered else self._failed)[action.key] = self._order

    def trusted(self, actions: Iterable[Action[Any]]) -> Action[Any] | None:
        """Return the action that was answered last, and did not fail since."""

        def order(action: Action[Any]) -> int:
            answered = self._answered.get(action.key, 0)
            return answered if answered > self._failed.get(action.key, 0) else 0

        best = max(actions, key=order, default=None)
        return best if best and order(best) else None

    def untried(self, actions: Iterable[Action[Any]]) -> Action[Any]:
        """Return the action that has not failed for longest."""
        return min(actions, key=lambda action: self._failed.get(action.key, 0))

    # Dialogs that a person may have open

    def touch(self, now: float) -> None:
        """Note that a person goes on with the dialog that asks for credentials."""
        self._touched = now

    def is_touched(self, now: float) -> bool:
        """Whether a person may be in the middle of it."""
        return self._touched is not None and now - self._touched < _LEFT_OPEN


@dataclass(slots=True)
class _Kept:
    """A standing, what it was acquired with, and who asked for a set-up last."""

    standing: Standing
    login: int
    request: weakref.ref[Request] | None = None


_STANDINGS = InHome[_Kept]("standings")


@callback
def async_standing(hass: HomeAssistant, entry: ConfigEntry) -> Standing:
    """Return how an account stands, as it was left when the entry was last loaded.

    It begins anew with other credentials, another address or trust, and where a
    person asks for the set-up.
    """
    login = _login_of(entry.data)
    request = current_request.get()
    kept = _STANDINGS.find(hass, entry.entry_id)
    if kept is None or kept.login != login or _asks_anew(kept, request):
        second = Standing() if CONF_SETTINGS_URL in entry.data else None
        kept = _Kept(Standing(second), login)
        _STANDINGS.put(hass, entry.entry_id, kept)
    if request is not None:
        kept.request = weakref.ref(request)
    return kept.standing


@callback
def async_known_standing(hass: HomeAssistant, entry_id: str) -> Standing | None:
    """Return how an account stands, None where it was never set up."""
    kept = _STANDINGS.find(hass, entry_id)
    return kept.standing if kept else None


@callback
def async_forget_standing(hass: HomeAssistant, entry_id: str) -> None:
    """Forget an account that is removed, and all of this with the last one."""
    _STANDINGS.forget(hass, entry_id)


def _asks_anew(kept: _Kept, request: Request | None) -> bool:
    """Whether a set-up comes of a request that was not seen before.

    Timers inherit the request in which they were set, so the next try of a set-up
    still bears that of the person who asked for the first. All that a browser asks for
    over one WebSocket bears one request, too: there the task tells the tries apart.
    """
    if request is None:
        return False
    if kept.request is None or kept.request() is not request:
        return True
    task = asyncio.current_task()
    return task is not None and not task.get_name().startswith(_RETRY)


def _login_of(data: Mapping[str, Any]) -> int:
    """Return what tells one login from another, and tells nobody what it is."""
    return hash(tuple(data.get(key) for key in LOGIN))
