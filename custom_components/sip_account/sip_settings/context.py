"""What the parsers need to know beyond the answer itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """When an answer was read, and which zones its naive times may be in.

    `override` is the person's word and wins over everything; `account_zone` comes
    from the account (wire contract §2.4). `prepaid` is the account's own flag,
    None where it is not told.
    """

    read_at: datetime
    override: tzinfo | None = None
    account_zone: tzinfo | None = None
    zones: Mapping[str, tzinfo] = field(default_factory=dict)
    prepaid: bool | None = None

    def zone(self, name: str = "") -> tzinfo | None:
        """Return the zone of a time that comes with the zone's `name`, if any."""
        return self.override or self.zones.get(name) or self.account_zone

    def local_time(self) -> datetime:
        """Return when the answer was read, in the account's zone where known."""
        return self.read_at.astimezone(self.zone() or UTC)
