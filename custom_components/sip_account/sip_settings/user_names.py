"""Under which user name an account logs in.

A server takes the user part alone, or the whole address, and says of neither why it
refuses (wire contract §4.5). A wrong password must not cost both for every action, nor
an operator's patience.
"""

from collections.abc import Iterable

_DAY = 24 * 60 * 60.0
# Attempts of an account that is refused: the first after a quarter of an hour, later
# ones come every hour.
_FIFTH, _A_DAY = 5, 24


class UserNames:
    """Chooses the names that are tried; times are seconds of the loop's clock."""

    def __init__(self, names: Iterable[str]) -> None:
        """Choose from `names`, that of today first."""
        self._names = list(names)
        self._due = float("-inf")

    def to_try(self, known: str, now: float) -> list[str]:
        """Return the name that was let in before; where none was, all, once a day."""
        if known in self._names:
            return [known]
        return self._names if now >= self._due else self._names[:1]

    def note_refusal(self, now: float) -> None:
        """Take in that all that were tried are refused."""
        if now >= self._due:
            self._due = now + _DAY

    def to_knock(self, known: str, attempts: int) -> str:
        """Return the one name for an attempt after so many that were refused."""
        names = sorted(self._names, key=lambda name: name != known)
        return names[-1 if attempts % _A_DAY == _FIFTH else 0]
