"""What the actions of an account last told, and how often they were answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from homeassistant.util import dt as dt_util

from ..sip_settings import Action, SipSettingsError


@dataclass(frozen=True, slots=True)
class Reading:
    """What an action last told (None: the account has none), and what ails it.

    `failed` names the kind of the error that the last poll ended with, which may be
    that the server knows the action no more; `known` is False until a poll has
    succeeded. `odd` tells by list how many items of the value are missing, since they
    were not understood: they are there, and nobody knows what they say.
    """

    value: Any = field(default=None, repr=False)
    known: bool = False
    failed: str | None = None
    odd: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of a coordinator; an action that is missing is unsupported."""

    by_action: Mapping[str, Reading] = field(default_factory=dict)

    def of(self, action: Action[Any]) -> Reading | None:
        """Return an action's reading, None where the server does not know it."""
        return self.by_action.get(action.key)

    def value[T](self, action: Action[T]) -> T | None:
        """Return an action's last good value."""
        reading = self.of(action)
        return reading.value if reading else None


@dataclass(slots=True)
class Tally:
    """How often an action was answered or failed since set-up, and how last."""

    answered: int = 0
    failed: int = 0
    last_answered_at: datetime | None = None
    last_error: SipSettingsError | None = None
    last_failed_at: datetime | None = None

    def count(self, error: SipSettingsError | None) -> None:
        """Take in one more poll."""
        if error is None:
            self.answered += 1
            self.last_answered_at = dt_util.utcnow()
            return
        self.failed += 1
        self.last_error = error
        self.last_failed_at = dt_util.utcnow()
