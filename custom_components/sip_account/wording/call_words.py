"""What a call was, in a sentence of the home's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from homeassistant.core import HomeAssistant, callback

from ..calls.watch import EVENT_TYPES
from ..sip_settings import Direction, Outcome
from .shown import NOBODY
from .words import word

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class CallWords:
    """The words for calls, taken together so that any thread may use them."""

    named: Mapping[str, str]
    nameless: Mapping[str, str]
    running: Mapping[str, str]
    outcomes: Mapping[str, str]
    unknown: str

    @classmethod
    @callback
    def of(cls, hass: HomeAssistant) -> Self:
        """Return those of the home's language."""
        outcomes = "outcome.options"
        return cls(
            {kind: word(hass, f"activity_{kind}") for kind in EVENT_TYPES},
            {kind: word(hass, f"call_{kind}") for kind in EVENT_TYPES},
            {way: word(hass, f"call_running_{way}") for way in Direction},
            {one: word(hass, f"{outcomes}.{one}", "selector") for one in Outcome},
            word(hass, "unknown_caller"),
        )

    def said(self, kind: str, who: str | None, seconds: int) -> str:
        """Return what a call was, by its event type; `who` is None where not kept."""
        if who is None:
            return self.nameless[kind]
        return (
            self.named.get(kind, "")
            .replace("{caller}", self._caller(who))
            .replace("{duration}", length(seconds))
        )

    def said_of_running(self, direction: Direction, who: str) -> str:
        """Return what a call is that goes on."""
        return self.running[direction].replace("{caller}", self._caller(who))

    def _caller(self, who: str) -> str:
        return self.unknown if who == NOBODY else who


def length(seconds: int) -> str:
    """Return a duration as people say it."""
    if seconds < _MINUTE:
        return f"{seconds} s"
    return f"{round(seconds / _MINUTE)} min"
