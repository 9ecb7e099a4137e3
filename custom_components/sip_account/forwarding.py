"""Where calls can be forwarded to, as options that a person chooses from. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from homeassistant.const import MAX_LENGTH_STATE_STATE

from .calls.spelling import as_dialled
from .polling.readings import Readings
from .sip_settings import (
    ACCOUNT,
    ALIASES,
    DIVERSIONS,
    ENUM,
    VOICEMAIL,
    VOICEMAIL_TARGET,
    Condition,
    SipAddress,
    TargetError,
    read_target,
    same_target,
)

NOT_FORWARDED = "not_forwarded"
MOBILE_NUMBER = "mobile_number"


@dataclass(frozen=True, slots=True)
class Dialling:
    """How an account's numbers to call are read; `region` (ISO 3166) if it was set."""

    account: SipAddress
    region: str | None = None

    def read(self, text: str) -> str:
        """Return a target in its one spelling; raises TargetError."""
        return read_target(as_dialled(text, self.region), self.account)

    def same(self, one: str, other: str) -> bool:
        """Whether two targets are one, however the server or a person spells them."""
        one, other = (as_dialled(target, self.region) for target in (one, other))
        return same_target(one, other, self.account)


def has_mailbox(readings: Readings) -> bool:
    """Whether there is a mailbox that calls could go to."""
    return readings.value(VOICEMAIL) is not None


def mobile_number(readings: Readings, dialling: Dialling) -> str | None:
    """Return the account's mobile number, None where calls cannot be sent there."""
    told = readings.value(ACCOUNT)
    if told is None or told.mobile_number is None:
        return None
    try:
        return dialling.read(told.mobile_number)
    except TargetError:
        return None


def target_of(readings: Readings, condition: Condition) -> str | None:
    """Return where calls go now: None, "voicemail" or an address."""
    return next(
        (
            diversion.target
            for diversion in readings.value(DIVERSIONS) or ()
            if diversion.condition is condition
        ),
        None,
    )


def is_understood(readings: Readings, condition: Condition) -> bool:
    """Whether it is known where calls go; what the server tells may be odd."""
    reading = readings.of(DIVERSIONS)
    return not (reading and reading.odd) or any(
        diversion.condition is condition for diversion in reading.value or ()
    )


def options(
    readings: Readings, condition: Condition, kept: Iterable[str], dialling: Dialling
) -> list[str]:
    """Return what can be chosen: the current target always, whatever it is."""
    found = [NOT_FORWARDED]
    if has_mailbox(readings):
        found.append(VOICEMAIL_TARGET)
    number = mobile_number(readings, dialling)
    if number:
        found.append(MOBILE_NUMBER)
    found += [
        target for target in kept if not (number and dialling.same(target, number))
    ]
    current = current_option(readings, condition, kept, dialling)
    return found if current is None or current in found else [*found, current]


def current_option(
    readings: Readings, condition: Condition, kept: Iterable[str], dialling: Dialling
) -> str | None:
    """Return the option that is in force, which is no longer than a state may be.

    None where it is not understood.
    """
    target = target_of(readings, condition)
    if target is None:
        return NOT_FORWARDED if is_understood(readings, condition) else None
    if target == VOICEMAIL_TARGET:
        return VOICEMAIL_TARGET
    number = mobile_number(readings, dialling)
    if number and dialling.same(target, number):
        return MOBILE_NUMBER
    return next(
        (one for one in kept if dialling.same(one, target)),
        target[:MAX_LENGTH_STATE_STATE],
    )


def leads_back(readings: Readings, target: str, dialling: Dialling) -> bool:
    """Whether a target is another name or number of the account itself."""
    own = (*(readings.value(ALIASES) or ()), *(readings.value(ENUM) or ()))
    return any(dialling.same(one, target) for one in own)
