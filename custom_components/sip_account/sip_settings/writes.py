"""The catalogue of changes: what an account can be told to do (wire contract §5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from .actions import CONDITION_CODES
from .credentials import SipAddress
from .models import VOICEMAIL_TARGET, Condition
from .targets import read_target

_VOICE_MAILBOX = "<voice-mailbox>"
_NOT_A_MEMBER = "1031"


@dataclass(frozen=True, slots=True)
class Write:
    """One change: its key, and its wire names, the newest first (§1.1).

    `done_codes` are the back end's codes for "it is so already". `of_snapshot` tells
    that the page of 2026 alone makes it (§7).
    """

    key: str
    names: tuple[str, ...]
    done_codes: frozenset[str] = frozenset()
    of_snapshot: bool = False


DO_NOT_DISTURB_ON = Write("do_not_disturb_on", ("set_dnd_on", "dnd_on"))
DO_NOT_DISTURB_OFF = Write("do_not_disturb_off", ("set_dnd_off", "dnd_off"))
HIDE_CALLER_ID = Write("hide_caller_id", ("set_privacy_on", "privacy_on"))
SHOW_CALLER_ID = Write(
    "show_caller_id", ("set_privacy_off", "privacy_off"), frozenset({_NOT_A_MEMBER})
)
SET_CALL_FORWARDING = Write(
    "set_call_forwarding", ("set_call_forwarding", "set_diversions")
)
SET_CALLER_ID = Write("set_caller_id", ("set_caller_id",), of_snapshot=True)


def do_not_disturb_parameters(period: timedelta | None) -> dict[str, str]:
    """Return the parameters of DO_NOT_DISTURB_ON; None is until switched off."""
    return {"duration": str(period // timedelta(minutes=1))} if period else {}


def forwarding_parameters(
    changes: Mapping[Condition, str | None], account: SipAddress
) -> dict[str, str]:
    """Return the parameters of SET_CALL_FORWARDING: only what is given changes.

    A target is None (not forwarded), "voicemail", a number or an address. Raises
    TargetError.
    """
    return {
        CONDITION_CODES[condition]: _as_sent(target, account)
        for condition, target in changes.items()
    }


def _as_sent(target: str | None, account: SipAddress) -> str:
    if target is None:
        return ""
    if target == VOICEMAIL_TARGET:
        return _VOICE_MAILBOX
    return read_target(target, account)
