"""The catalogue of changes: what an account can be told to do (wire contract §5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
import re

from .actions import CONDITION_CODES
from .credentials import SipAddress
from .errors import AliasError
from .models import VOICEMAIL_TARGET, Condition
from .targets import read_target

_VOICE_MAILBOX = "<voice-mailbox>"
_NOT_A_MEMBER = "1031"
_ALIAS = re.compile(r"[A-Za-z0-9._-]{1,64}")
_LETTER = re.compile(r"[A-Za-z]")
_CARD_ID = re.compile(r"[0-9]{1,18}")
_CARD_NUMBER = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True)
class Write:
    """One change: its key, and its wire names, the newest first (§1.1).

    `done_codes` are the back end's codes for "it is so already". What the server
    says of a `secret` one is not repeated: it may hold what was sent. One that is
    made `once` is more than the same again when it is made twice. `of_snapshot` tells
    that the page of 2026 alone makes it (§7).
    """

    key: str
    names: tuple[str, ...]
    done_codes: frozenset[str] = frozenset()
    secret: bool = False
    once: bool = False
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

ADD_ALIAS = Write("add_alias", ("add_alias",), once=True)
ADD_BALANCE = Write("add_balance", ("add_balance",), secret=True, once=True)


@dataclass(frozen=True, slots=True)
class Voucher:
    """A prepaid card. Who has its number has its money: nothing shows it."""

    card_id: str = field(repr=False)
    number: str = field(repr=False)

    @classmethod
    def read(cls, card_id: str, number: str) -> Voucher | None:
        """Return a voucher as it is typed, None where the id is no whole number.

        The server would take any other id for 0 (§5.5). Blanks in the number group it.
        """
        card_id = card_id.strip()
        number = "".join(number.split())
        if not _CARD_ID.fullmatch(card_id) or not int(card_id):
            return None
        return (
            cls(str(int(card_id)), number) if _CARD_NUMBER.fullmatch(number) else None
        )

    def parameters(self) -> dict[str, str]:
        """Return the parameters of ADD_BALANCE."""
        return {"id": self.card_id, "number": self.number}


def read_alias(text: str, account: SipAddress) -> str:
    """Return an alias of `account` as the server keeps it: in small letters.

    The server checks nothing and deletes none (§5.4). Raises AliasError.
    """
    text = text.strip()
    if not _ALIAS.fullmatch(text):
        raise AliasError(problem="not_a_name")
    if not _LETTER.search(text):
        raise AliasError(problem="a_number")
    if text.lower() == account.user.lower():
        raise AliasError(problem="own_name")
    return text.lower()


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
