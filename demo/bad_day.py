"""`scripts/demo --bad-day`: what can go wrong with a server comes and goes."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from .faults import Faults

EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault that lasts for some seconds, and what a person sees of it meanwhile."""

    says: str
    fault: str
    seconds: float
    account: str = EVERYTHING
    action: str = EVERYTHING


# A login counts as refused once that has lasted for three attempts and ten minutes.
TROUBLES = (
    Trouble(
        "the server is lost: the card says so, the last list stays", "html_502", 60
    ),
    Trouble(
        "alice's calls alone fail: all else of her goes on",
        "empty_500",
        60,
        account="alice@example.com",
        action="calls",
    ),
    Trouble("the server answers with garbage", "garbage", 60),
    Trouble("the back end hangs behind the server", "back_end_timeout", 60),
    Trouble(
        "carol's login is refused: after ten minutes she is asked for it",
        "unauthorized_401",
        720,
        account="carol@example.com",
    ),
)


class BadDay:
    """Lets one trouble come after another, with peace in between."""

    def __init__(
        self,
        faults: Faults,
        say: Callable[[str], None],
        troubles: tuple[Trouble, ...] = TROUBLES,
        *,
        peace: float = 45,
    ) -> None:
        """Take the faults of a box, where to say what happens, and seconds of peace."""
        self._faults = faults
        self._say = say
        self._troubles = troubles
        self._peace = peace
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; needs a running event loop."""
        self._task = asyncio.create_task(self._run(), name="demo: bad day")

    async def stop(self) -> None:
        """End it, and the trouble that there is."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            for trouble in self._troubles:
                await asyncio.sleep(self._peace)
                minutes = f"{trouble.seconds / 60:g} min"
                self._say(f"bad day: {trouble.says} ({minutes})")
                where = (trouble.account, trouble.action)
                self._faults.set(*where, trouble.fault)
                try:
                    await asyncio.sleep(trouble.seconds)
                finally:
                    self._faults.remove(*where)
                self._say("bad day: all is well again")
