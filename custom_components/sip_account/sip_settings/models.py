"""What an account can tell, in the field's own terms.

Money is Decimal in the platform's currency, lengths are timedelta, times are aware
datetimes in the account's zone. There is no field for the voicemail PIN.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Self, override

# A time that is counted down by the server moves a little with every answer.
_STEADY = timedelta(minutes=1)


def _steady(new: datetime | None, old: datetime | None) -> datetime | None:
    """Return the old time unless the new one differs by more than a minute."""
    if new is None or old is None or abs(new - old) > _STEADY:
        return new
    return old


class Countdown(ABC):
    """A model with times that the server counts down (or up)."""

    __slots__ = ()

    @abstractmethod
    def steadied(self, previous: Self) -> Self:
        """Return the model with the times of `previous` that have not moved."""


class Direction(StrEnum):
    """Which way a call went, seen from the account."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class Outcome(StrEnum):
    """How a call ended, or that it has not."""

    ANSWERED = "answered"
    MISSED = "missed"
    BUSY = "busy"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    FAILED = "failed"
    IN_PROGRESS = "in_progress"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call (wire contract §2.3, §2.4).

    `party` is a SIP address without `sip:`; `number` is the phone number in it,
    international with `+` where the server tells. `started` is None where the
    account's time zone is not known; `started_text` is what the server wrote.
    `party_identity` is what the party is recognized by, whatever `party` shows.
    `number_shown` and `country` (ISO 3166) are for those who know the rules of regions.
    """

    call_id: str
    direction: Direction
    outcome: Outcome
    party: str | None = field(repr=False)
    number: str | None = field(repr=False)
    name: str | None = field(repr=False)
    name_source: str | None
    started: datetime | None
    duration: timedelta
    sip_status: int | None
    price: Decimal | None
    media: tuple[str, ...]
    started_text: str
    session_id: str = field(repr=False)
    from_tag: str = field(default="", repr=False)
    party_identity: str = field(default="", repr=False)
    number_shown: str | None = field(default=None, repr=False)
    country: str | None = None

    @property
    def missed(self) -> bool:
        """Whether somebody called and was not answered, nor turned away."""
        return self.direction is Direction.INCOMING and self.outcome in {
            Outcome.MISSED,
            Outcome.BUSY,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who the account belongs to and how it is set up (wire contract §2.1).

    None means that this server's dialect does not tell. `monthly_quota` is money.
    """

    sip_address: str | None
    email: str | None = field(repr=False)
    first_name: str | None = field(repr=False)
    last_name: str | None = field(repr=False)
    mobile_number: str | None = field(repr=False)
    time_zone: str | None
    no_answer_timeout: timedelta | None
    caller_id_number: str | None = field(repr=False)
    quick_dial: str | None
    pstn_access: bool | None
    prepaid: bool | None
    monthly_quota: Decimal | None
    groups: tuple[str, ...] | None

    @property
    def blocked(self) -> bool | None:
        """Whether the platform has blocked the account."""
        return None if self.groups is None else "blocked" in self.groups

    @property
    def caller_id_hidden(self) -> bool | None:
        """Whether outgoing calls are anonymous."""
        return None if self.groups is None else "anonymous" in self.groups


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveCall:
    """A prepaid call that is going on (wire contract §2.6)."""

    destination: str | None = field(repr=False)
    since: datetime | None
    may_last_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepaid(Countdown):
    """The balance, and the call in progress where the server tells.

    `call_in_progress` is None where the dialect says nothing about calls. The page of
    2026 also tells the `currency` (ISO 4217), and what was spent and credited today,
    also where the account has no balance.
    """

    balance: Decimal | None
    call_in_progress: bool | None
    active_call: ActiveCall | None
    currency: str | None = None
    spent_today: Decimal | None = None
    credited_today: Decimal | None = None

    @override
    def steadied(self, previous: Self) -> Self:
        """Keep the times of `previous` that have not really moved."""
        new, old = self.active_call, previous.active_call
        if new is None or old is None or new.destination != old.destination:
            return self
        return replace(
            self,
            active_call=replace(
                new,
                since=_steady(new.since, old.since),
                may_last_until=_steady(new.may_last_until, old.may_last_until),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """One line of the balance history; a negative value is a debit (§2.7)."""

    time: datetime | None
    time_text: str
    action: str
    description: str = field(repr=False)
    value: Decimal
    balance: Decimal | None
    session_id: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyUsage:
    """Calls placed since the first of the month, and their cost (§2.8)."""

    calls: int
    cost: Decimal
    since: datetime


class Condition(StrEnum):
    """When a diversion applies; in the server's order."""

    ALL_CALLS = "all_calls"
    NOT_ONLINE = "not_online"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    UNAVAILABLE = "unavailable"


VOICEMAIL_TARGET = "voicemail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diversion:
    """Where calls go under one condition: None, "voicemail" or user@domain."""

    condition: Condition
    code: str
    target: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptRule:
    """Who may call on some days: `groups` from `start` to `stop`, local time."""

    days: tuple[str, ...]
    start: str
    stop: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemporaryRule:
    """What overrides the daily rules; `until` is None until switched off."""

    groups: tuple[str, ...]
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptRules(Countdown):
    """Daily rules and their temporary override (wire contract §2.11)."""

    rules: tuple[AcceptRule, ...]
    temporary: TemporaryRule | None
    groups: tuple[str, ...]

    @property
    def do_not_disturb(self) -> bool:
        """Whether nobody may call for now."""
        return self.temporary is not None and self.temporary.groups == ("nobody",)

    @override
    def steadied(self, previous: Self) -> Self:
        """Keep the end of an override that has not really moved."""
        new, old = self.temporary, previous.temporary
        if new is None or old is None or new.groups != old.groups:
            return self
        return replace(
            self, temporary=replace(new, until=_steady(new.until, old.until))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Voicemail:
    """The mailbox (wire contract §2.13), without its PIN."""

    mailbox: str = field(repr=False)
    account: str | None = field(repr=False)
    name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    deletes_after_mailing: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A registered device; addresses are `host:port` (wire contract §2.5)."""

    contact: str = field(repr=False)
    public_contact: str | None = field(repr=False)
    user_agent: str | None
    transport: str | None
    registered_until: datetime | None


@dataclass(frozen=True, slots=True)
class Devices(Countdown):
    """The registered devices, one at least."""

    devices: tuple[Device, ...]

    @override
    def steadied(self, previous: Self) -> Self:
        """Keep the expiry of registrations that have not really moved."""
        known = {
            (device.contact, device.user_agent): device.registered_until
            for device in previous.devices
        }
        return replace(
            self,
            devices=tuple(
                replace(
                    device,
                    registered_until=_steady(
                        device.registered_until,
                        known.get((device.contact, device.user_agent)),
                    ),
                )
                for device in self.devices
            ),
        )
