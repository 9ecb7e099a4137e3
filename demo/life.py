"""The life of the accounts: calls come and go, and cost money."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
import random

from .accounts import Account, ActiveCall, Call, Transaction

_PRICE_PER_MINUTE = Decimal("0.0425")
_LONGEST_CALL = timedelta(minutes=30)
_NEIGHBOURS = (
    ("sip:0031208005161@example.com", "Dentist"),
    ("sip:00442079460123@example.com", "Aunt Mary"),
    ("sip:dave@example.net", "Dave"),
    ("sip:erin@example.net", "Erin"),
    ("sip:anonymous@anonymous.invalid", "Anonymous"),
)
_NUMBERS = (
    "sip:0031208005162@example.com",
    "sip:0031650222444@example.com",
    "sip:0012025550123@example.com",
)


def _today() -> datetime:
    return datetime.now(UTC)


class Life:
    """Something happens to somebody every few seconds.

    The same seed and the same steps make the same life.
    """

    def __init__(
        self,
        accounts: Mapping[str, Account],
        *,
        seed: int = 0,
        pause: timedelta = timedelta(seconds=5),
        now: Callable[[], datetime] = _today,
    ) -> None:
        """Take the accounts, how long nothing happens in between, and a clock."""
        self._accounts = accounts
        self._random = random.Random(seed)
        self._pause = pause
        self._now = now
        self._ends: dict[str, datetime] = {}
        self._minutes_counted: datetime | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; needs a running event loop."""
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="demo: life")

    async def stop(self) -> None:
        """End; what runs stays as it is."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def step(self, now: datetime) -> None:
        """Let one thing happen, after ending the calls whose time is up."""
        self._count_down(now)
        for account, call in list(self._running()):
            end = self._ends.setdefault(call.session_id, self._some_time_after(now))
            if end <= now:
                _hang_up(account, call, end)
                del self._ends[call.session_id]
            elif account.active_call is not None:
                elapsed = (now - call.started) // timedelta(seconds=1)
                account.active_call.session_time = elapsed
        busy = {account.sip_address for account, _call in self._running()}
        free = [a for a in self._accounts.values() if a.sip_address not in busy]
        if free:
            account = self._random.choice(free)
            happening = self._random.choice((self._miss, self._answer, self._place))
            happening(account, now)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self._pause.total_seconds())
            self.step(self._now())

    def _running(self) -> Iterator[tuple[Account, Call]]:
        for account in self._accounts.values():
            for call in account.calls:
                if not call.ended:
                    yield account, call

    def _some_time_after(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self._random.randint(5, 40))

    def _miss(self, account: Account, now: datetime) -> None:
        party, name = self._random.choice(_NEIGHBOURS)
        status = self._random.choice((487, 487, 487, 486, 603))
        account.calls.append(
            Call(
                "received",
                party,
                now,
                display_name=name,
                status=status,
                session_id=self._session_id(),
                from_tag=self._tag(),
            )
        )

    def _answer(self, account: Account, now: datetime) -> None:
        party, name = self._random.choice(_NEIGHBOURS)
        call = Call("received", party, now, display_name=name)
        self._connect(account, call)

    def _place(self, account: Account, now: datetime) -> None:
        call = Call("placed", self._random.choice(_NUMBERS), now)
        call.rate = f"{_PRICE_PER_MINUTE}/min"
        if account.prepaid:
            longest = _LONGEST_CALL // timedelta(seconds=1)
            account.active_call = ActiveCall(0, longest, call.party)
        self._connect(account, call)

    def _connect(self, account: Account, call: Call) -> None:
        call.ended = False
        call.session_id = self._session_id()
        call.from_tag, call.to_tag = self._tag(), self._tag()
        self._ends[call.session_id] = self._some_time_after(call.started)
        account.calls.append(call)

    def _session_id(self) -> str:
        return f"{self._random.getrandbits(64):016x}@192.0.2.1"

    def _tag(self) -> str:
        return f"{self._random.getrandbits(32):08x}"

    def _count_down(self, now: datetime) -> None:
        """Let do not disturb run out (wire contract §2.11)."""
        since = self._minutes_counted or now
        minutes = (now - since) // timedelta(minutes=1)
        self._minutes_counted = since + timedelta(minutes=minutes)
        for account in self._accounts.values():
            accept = account.accept
            if accept.temporary_minutes and minutes:
                accept.temporary_minutes = max(0, accept.temporary_minutes - minutes)
                if not accept.temporary_minutes:
                    accept.temporary_groups = ["everybody"]


def place_call(account: Account, now: datetime) -> None:
    """Let somebody have called a telephone for a minute, and have paid for it."""
    call = Call("placed", _NUMBERS[0], now - timedelta(seconds=61))
    call.session_id = f"{len(account.calls)}@192.0.2.1"
    account.calls.append(call)
    _hang_up(account, call, call.started + timedelta(minutes=1))


def _hang_up(account: Account, call: Call, end: datetime) -> None:
    call.ended = True
    call.status = 200
    call.duration = (end - call.started) // timedelta(seconds=1)
    if call.direction == "received":
        return
    started_minutes = -(-call.duration // 60)
    call.price = _PRICE_PER_MINUTE * started_minutes
    account.active_call = None
    if account.balance is None:
        return
    account.balance -= call.price
    user = call.party.removeprefix("sip:").partition("@")[0]
    account.balance_history.append(
        Transaction(
            end,
            "Debit balance",
            f"Session to {user} for {call.duration}s",
            -call.price,
            account.balance,
            call.session_id,
        )
    )
