"""Which pages an account has: all but those with a page of 2026 have one alone."""

from collections.abc import Callable
from typing import Any

from .actions import Action
from .errors import SipSettingsError
from .resumption import Handshake
from .writes import Write

type RefusalBy = Callable[[int], SipSettingsError | None]


def _nobody_refuses(_page: int) -> None:
    """Tell of no refusal."""


class Pages:
    """What those who ask need to know of an account's pages: there is one.

    `refusal_by` tells why a page, by its place, does not let us in: it is not asked
    then for what others only need. `second_handshake` is that of a second page.
    """

    refusal_by: RefusalBy = staticmethod(_nobody_refuses)
    second_handshake: Handshake | None = None

    def is_of_second(self, wanted: Action[Any] | Write) -> bool:
        """Whether a second page is asked for what is wanted."""
        return False
