"""Who lived in the box when the home of 0.1.0 was made, and what happened to them.

Everything is told from fixed times, so that the server says today what it said then.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from cryptography.hazmat.primitives.serialization import Encoding

from demo import (
    Account,
    AccountBox,
    Call,
    IssuedCertificate,
    Voicemail,
    alice,
    everyone,
)

ALICE = "alice@example.com"
BOB = "bob@example.com"
CAROL = "carol@example.com"
DAVE = "dave@example.net"

# The home was begun, was off for an hour, and was off for another one before it was
# kept; an hour later it is looked at, and again after one and two more.
BEGAN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CAME_BACK = BEGAN + timedelta(hours=1)
KEPT = BEGAN + timedelta(hours=2)
LOOKED_AT = BEGAN + timedelta(hours=3)
LATER = BEGAN + timedelta(hours=4)
LATEST = BEGAN + timedelta(hours=5)


@dataclass
class Clock:
    """The time in the box; it stands still until it is moved."""

    now: datetime = BEGAN

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now


@dataclass(frozen=True)
class World:
    """The box, its clock, the certificate of its server, and one that is not weak."""

    box: AccountBox
    clock: Clock
    server: IssuedCertificate = field(repr=False)
    modern: IssuedCertificate = field(repr=False)

    def secrets_of(self, address: str) -> dict[str, str]:
        """Return what an entry of 0.1.0 holds that is made anew for each box."""
        authority = {"trusted_authority": self.box.authority_pem.decode()}
        pinned = {"pinned_certificate": _pem(self.server)}
        if address == ALICE:
            return authority
        trust = authority if address == DAVE else pinned
        return trust | _with_key(self.certificate_of(address))

    def certificate_of(self, address: str) -> IssuedCertificate:
        """Return the certificate with which an account is opened."""
        if address == BOB:
            return self.box.owner_certificate(BOB)
        if address == CAROL:
            return self.modern
        return self.box.certificate_for(address)


def make_world() -> World:
    """Make the box as it was before the home began."""
    clock = Clock()
    accounts = [*everyone(BEGAN), _dave()]
    for device in (device for account in accounts for device in account.devices):
        device.registered = None  # it has the same time left whenever it is asked for
    box = AccountBox(accounts, now=clock)
    modern = box.platform.modern_certificate(CAROL, key="p256")
    world = World(box, clock, box.replace_server_certificate(), modern)
    for address in box.accounts:
        world.certificate_of(address)  # issued now, not when it is first asked for
    return world


def _dave() -> Account:
    """Make another one who uses everything, and whose server of 2009 writes nothing."""
    dave = alice(BEGAN)
    dave.user, dave.domain, dave.password = "dave", "example.net", "dave-secret"
    dave.first, dave.email, dave.owner_id = "Dave", "dave@example.org", 1004
    dave.aliases = ["dave.example@example.net"]
    dave.enum = ["+31208005168"]
    dave.voicemail = Voicemail(
        "1000043", "1234", "Dave Example", dave.email, "voicemail.example.com"
    )
    return dave


class _Ended(NamedTuple):
    """A call that has ended: whose, when it began, and how it is listed."""

    address: str
    minutes: int
    party: str
    name: str
    status: int
    duration: int = 0
    direction: Literal["placed", "received"] = "received"


def come_back(world: World) -> None:
    """Let happen what the home was told of when it came back."""
    _happen(
        world,
        BEGAN,
        [
            _Ended(ALICE, 10, "sip:0031208005161@example.com", "Dentist", 487),
            _Ended(ALICE, 20, "sip:bob@example.com", "Bob Example", 200, 60),
            _Ended(BOB, 25, "carol@example.com", "Carol", 487),
            _Ended(DAVE, 30, "sip:erin@example.net", "Erin", 487),
        ],
    )


def ring(world: World) -> None:
    """Let happen what the home was told of while it was there."""
    _happen(
        world,
        CAME_BACK,
        [
            _Ended(ALICE, 1, "sip:00442079460123@example.com", "Aunt Mary", 487),
            _Ended(ALICE, 2, "sip:sales@example.org", "Sales", 603),
            _Ended(DAVE, 3, "sip:anonymous@anonymous.invalid", "Anonymous", 487),
        ],
    )


def keep(world: World) -> None:
    """Make the box what it was when the home was kept."""
    come_back(world)
    ring(world)
    world.clock.now = KEPT


# What the home was told of before it was kept: account, party, and how it is told.
TOLD = [
    (ALICE, "0031208005161@example.com", "missed"),
    (ALICE, "bob@example.com", "incoming_answered"),
    (BOB, "carol@example.com", "missed"),
    (DAVE, "erin@example.net", "missed"),
    (ALICE, "00442079460123@example.com", "missed"),
    (ALICE, "sales@example.org", "declined"),
    (DAVE, "anonymous@anonymous.invalid", "missed"),
]
# What happens after it was kept.
NEWS = [
    (ALICE, "0031650222444@example.com", "missed"),
    (BOB, "alice@example.com", "incoming_answered"),
    (BOB, "sales@example.org", "declined"),
    (CAROL, "0031208005161@example.com", "outgoing_answered"),
    (DAVE, "0031208005161@example.com", "missed"),
    (DAVE, "nobody@example.com", "outgoing_unanswered"),
]


def go_on(world: World) -> None:
    """Let a call or two end for everybody in the minutes after the home was looked at.

    Carol's was under way when it was made.
    """
    _happen(
        world,
        LOOKED_AT,
        [
            _Ended(ALICE, 1, "sip:0031650222444@example.com", "", 487),
            _Ended(BOB, 2, "sip:alice@example.com", "Alice", 200, 30),
            _Ended(BOB, 3, "sip:sales@example.org", "Sales", 603),
            _Ended(DAVE, 3, "sip:0031208005161@example.com", "Dentist", 487),
            _Ended(DAVE, 4, "sip:nobody@example.com", "", 404, 0, "placed"),
        ],
    )
    [running] = [call for call in world.box.accounts[CAROL].calls if not call.ended]
    ended = LOOKED_AT + timedelta(minutes=2)
    running.ended, running.status = True, 200
    running.duration = (ended - running.started) // timedelta(seconds=1)


# What happens after that.
LATER_NEWS = [
    (ALICE, "grace@example.org", "missed"),
    (DAVE, "grace@example.org", "missed"),
]


def go_further(world: World) -> None:
    """Let one more call be missed by alice and by dave in the minutes after `LATER`."""
    _happen(
        world,
        LATER,
        [
            _Ended(ALICE, 1, "sip:grace@example.org", "Grace", 487),
            _Ended(DAVE, 2, "sip:grace@example.org", "Grace", 487),
        ],
    )


def _happen(world: World, since: datetime, calls: Iterable[_Ended]) -> None:
    for ended in calls:
        began = since + timedelta(minutes=ended.minutes)
        call = Call(
            ended.direction,
            ended.party,
            began,
            ended.name,
            ended.duration,
            ended.status,
            session_id=f"r{began:%Y%m%d%H%M%S}@198.51.100.7",
            from_tag=f"f{began:%H%M%S}",
        )
        world.box.accounts[ended.address].calls.append(call)


def _pem(issued: IssuedCertificate) -> str:
    return issued.certificate.public_bytes(Encoding.PEM).decode()


def _with_key(issued: IssuedCertificate) -> dict[str, str]:
    """Return a certificate and its key as 0.1.0 keeps them."""
    certificate = _pem(issued)
    key = issued.pem().decode().removeprefix(certificate)
    return {"certificate": certificate, "private_key": key}
