"""What a SIP account is made of, as the platform keeps it."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

CONDITIONS = ("FUNC", "FNOL", "FBUS", "FNOA", "FUNV")


@dataclass(slots=True)
class Call:
    """One call (wire contract §2.3, §2.4). `duration` is connected time in seconds.

    A call that has not `ended` has the duration 0 and, until it is answered, the
    status None; then it is 200.
    """

    direction: Literal["placed", "received"]
    party: str
    started: datetime
    display_name: str = ""
    duration: int = 0
    status: int | None = 200
    price: Decimal = Decimal(0)
    rate: str = ""
    media: list[str] = field(default_factory=lambda: ["audio"])
    session_id: str = ""
    from_tag: str = ""
    to_tag: str = ""
    proxy_ip: str = "192.0.2.1"
    ended: bool = True


@dataclass(slots=True)
class ActiveCall:
    """The call a prepaid account pays for right now (§2.6). Times are seconds."""

    session_time: int
    max_session_time: int
    destination: str
    last_call_price: Decimal = Decimal(0)


@dataclass(slots=True)
class Transaction:
    """A line of the balance history (§2.7). `value` is negative for a debit."""

    date: datetime
    action: str
    description: str
    value: Decimal
    balance: Decimal
    session: str = ""


@dataclass(slots=True)
class AcceptRule:
    """When calls are accepted on certain days, and whose (§2.11). Times are HH:MM."""

    start: str
    stop: str
    groups: list[str]


@dataclass(slots=True)
class AcceptRules:
    """Whose calls are accepted (§2.11). `persistent` is keyed by a mask of days."""

    persistent: dict[int, AcceptRule] = field(default_factory=dict)
    temporary_groups: list[str] = field(default_factory=list)
    temporary_minutes: int = 0
    groups: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Voicemail:
    """A voice mailbox (§2.13)."""

    mailbox: str
    pin: str = field(repr=False)
    name: str
    email: str
    server: str
    info: str = ""
    delete_after_mailing: bool | int | str = False


@dataclass(slots=True)
class Device:
    """A registered device (§2.5). `expires` is how many seconds a registration lasts.

    With `registered` it counts down from then on, and is renewed at its end.
    """

    contact: str
    public_contact: str
    expires: int
    user_agent: str
    transport: Literal["udp", "tcp", "tls"] = "tls"
    registered: datetime | None = None


@dataclass(slots=True)
class Account:
    """One SIP account and all that its owner may ask about it.

    `server_timezone` is the zone of a server whose PHP knows no other: times are
    printed in it although the account's is claimed (§2.4).
    `stored_ha1` tells whether the platform keeps md5(user:domain:password) instead of
    the password; `web_password` replaces it for the web: `HA1[:timestamp]` (§4.5).
    With `money_as_text` amounts are JSON strings, as some platforms send them (§2.0).
    """

    user: str
    domain: str
    password: str = field(repr=False)
    owner_id: int = 1
    timezone: str = "Europe/Amsterdam"
    server_timezone: str | None = None
    email: str = ""
    first: str = ""
    last: str = ""
    mobile_number: str = ""
    pstn_caller_id: str = ""
    currency: str = "EUR"
    prepaid: bool = False
    quota: Decimal = Decimal(0)
    pstn_access: bool = True
    groups: list[str] = field(default_factory=list)
    no_answer_timeout: int = 35
    quick_dial: str = ""
    aliases: list[str] = field(default_factory=list)
    enum: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    balance: Decimal | None = None
    active_call: ActiveCall | None = None
    balance_history: list[Transaction] = field(default_factory=list)
    used_cards: set[str] = field(default_factory=set, repr=False)
    diversions: dict[str, str | None] = field(
        default_factory=lambda: dict.fromkeys(CONDITIONS, "")
    )
    accept: AcceptRules = field(default_factory=AcceptRules)
    reject: list[str] = field(default_factory=list)
    voicemail: Voicemail | None = None
    devices: list[Device] = field(default_factory=list)
    stored_ha1: bool = True
    web_password: str | None = field(default=None, repr=False)
    money_as_text: bool = False

    @property
    def sip_address(self) -> str:
        """The address without `sip:`."""
        return f"{self.user}@{self.domain}"

    @property
    def zone(self) -> ZoneInfo:
        """The zone that the account is in, by its own settings."""
        return ZoneInfo(self.timezone)

    def local(self, moment: datetime) -> str:
        """Print a time as the platform does: local to the account, no zone (§2.4)."""
        zone = ZoneInfo(self.server_timezone) if self.server_timezone else self.zone
        return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")

    def money(self, amount: Decimal) -> Decimal | str:
        """Print an amount: a number, or text with 4 decimals as the database has it."""
        return f"{amount:.4f}" if self.money_as_text else amount
