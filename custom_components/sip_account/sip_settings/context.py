"""What the parsers need to know beyond the answer itself."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

# Clocks that differ by no more tell the same minute.
_CLOCKS_DIFFER = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Asked:
    """When a request was sent and answered, by our clock; `date` is by the server's."""

    sent: datetime
    received: datetime
    date: datetime | None

    @property
    def clocks_agree(self) -> bool:
        """Whether the server's clock and ours tell the same time."""
        return self.date is not None and (
            self.sent - _CLOCKS_DIFFER <= self.date <= self.received + _CLOCKS_DIFFER
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """When an answer was read, and which zones its naive times may be in.

    `override` is the person's word and wins over everything; `account_zone` comes
    from the account (wire contract §2.4). `prepaid` is the account's own flag,
    None where it is not told. `steps` tell what calls are read in that were written
    later than a text: a zone that was learned, or None for what the server says.
    `ended` tells when calls ended, by their session ids.
    `odd` counts, by the list that they stand in, the items that were not understood;
    each answer is read with a counter of its own.
    """

    read_at: datetime
    override: tzinfo | None = None
    account_zone: tzinfo | None = None
    zones: Mapping[str, tzinfo] = field(default_factory=dict)
    prepaid: bool | None = None
    steps: tuple[tuple[str, tzinfo | None], ...] = ()
    ended: Mapping[str, datetime] = field(default_factory=dict)
    odd: Counter[str] = field(default_factory=Counter, compare=False)

    def zone(self, name: str = "") -> tzinfo | None:
        """Return the zone of a time that comes with the zone's `name`, if any."""
        return self.override or self.zones.get(name) or self.account_zone

    def zone_of_call(self, name: str, written: str) -> tzinfo | None:
        """Return the zone of a call that started at the time `written`."""
        step = self.step(written)
        learned = self.steps[step - 1][1] if step else None
        return self.override or learned or self.zone(name)

    def step(self, written: str) -> int:
        """Return after how many of the steps a call was written."""
        later = [at for at, step in enumerate(self.steps, 1) if step[0] < written]
        return later[-1] if later else 0

    def local_time(self) -> datetime:
        """Return when the answer was read, in the account's zone where known."""
        return self.read_at.astimezone(self.zone() or UTC)

    def ends(self, left: timedelta | None) -> datetime | None:
        """Return when what has so much time left will end; None where it has none."""
        return (self.local_time() + left).replace(microsecond=0) if left else None
