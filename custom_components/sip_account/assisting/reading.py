"""Tools that read: calls, and where calls go.

A model is told names of the phone book and numbers, never what callers call themselves:
that could be words to it.
"""

from datetime import timedelta
from typing import Any, override

from homeassistant.core import HomeAssistant
from homeassistant.helpers import llm
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType
import voluptuous as vol

from .. import forwarding
from ..calls.kinds import event_type
from ..const import DOMAIN
from ..runtime import SipAccountConfigEntry
from ..sip_settings import (
    ACCEPT_RULES,
    CALLS,
    DIVERSIONS,
    VOICEMAIL_TARGET,
    AcceptRules,
    Call,
    Condition,
    Outcome,
)
from ..wording.shown import plain
from .accounts import (
    ALL_CALLS,
    DO_NOT_DISTURB,
    FORWARDING,
    MISSED_CALLS,
    is_shown,
    loaded_accounts,
)
from .tools import Accounts, AccountTool, annotations

_HOURS_AT_MOST = 31 * 24
_UNKNOWN = "unknown caller"


class GetCallsTool(AccountTool):
    """Tells who called, and whom the account called."""

    name = f"{DOMAIN}__get_calls"
    title = "Get telephone calls"
    description = (
        "Get the telephone calls of a SIP account, the newest first: who called, who "
        "was missed, who was called. Callers are named by the phone book or by number."
    )
    annotations = annotations(read_only=True)

    @override
    def fields(self, accounts: Accounts) -> dict[Any, Any]:
        """Return since when, and which."""
        return {
            vol.Optional("since_hours", default=24): vol.All(
                vol.Coerce(int), vol.Range(min=1, max=_HOURS_AT_MOST)
            ),
            vol.Optional("missed_only", default=False): bool,
            vol.Optional("limit", default=10): vol.All(
                vol.Coerce(int), vol.Range(min=1, max=50)
            ),
        }

    @classmethod
    @override
    def accounts(cls, hass: HomeAssistant, context: llm.LLMContext) -> Accounts:
        """Return those of which an assistant gets to see calls."""
        return {
            name: entry
            for name, entry in loaded_accounts(hass).items()
            if is_shown(hass, context, entry, (*ALL_CALLS, *MISSED_CALLS))
        }

    @override
    async def async_use(
        self,
        hass: HomeAssistant,
        context: llm.LLMContext,
        entries: list[SipAccountConfigEntry],
        said: dict[str, Any],
    ) -> JsonObjectType:
        """Return the calls."""
        since = dt_util.utcnow() - timedelta(hours=said["since_hours"])
        listed: list[tuple[str, tuple[Call, ...], bool]] = []
        stale = False
        for entry in entries:
            # Who gets to see missed calls alone is told of no others.
            missed = said["missed_only"] or not is_shown(
                hass, context, entry, ALL_CALLS
            )
            reading = entry.runtime_data.activity.data.of(CALLS)
            stale |= reading is None or reading.failed is not None
            calls: tuple[Call, ...] = (reading.value if reading else None) or ()
            listed.append((str(entry.unique_id), calls, missed))

        def find() -> list[tuple[str, Call]]:
            found = [
                (account, call)
                for account, calls, missed in listed
                for call in calls
                if call.started
                and call.started >= since
                and (call.missed or not missed)
            ]
            found.sort(key=lambda each: each[1].started or since, reverse=True)
            return found

        found = await hass.async_add_executor_job(find)
        return {
            "calls": [_told(account, call) for account, call in found[: said["limit"]]],
            "more": max(len(found) - said["limit"], 0),
            "server_is_lost": stale,
        }


class GetForwardingTool(AccountTool):
    """Tells where calls go, and whether anybody may call."""

    name = f"{DOMAIN}__get_call_forwarding"
    title = "Get call forwarding and do not disturb"
    description = (
        "Get where the telephone calls of a SIP account are forwarded, and whether do "
        "not disturb is on."
    )
    annotations = annotations(read_only=True)

    @classmethod
    @override
    def accounts(cls, hass: HomeAssistant, context: llm.LLMContext) -> Accounts:
        """Return those of which an assistant gets to see one of the two."""
        return {
            name: entry
            for name, entry in loaded_accounts(hass).items()
            if is_shown(hass, context, entry, (*FORWARDING, *DO_NOT_DISTURB))
        }

    @override
    async def async_use(
        self,
        hass: HomeAssistant,
        context: llm.LLMContext,
        entries: list[SipAccountConfigEntry],
        said: dict[str, Any],
    ) -> JsonObjectType:
        """Return both as they stand, as far as they are shown."""
        return {
            "accounts": [
                {
                    "account": str(entry.unique_id),
                    **(
                        forwarded(entry)
                        if is_shown(hass, context, entry, FORWARDING)
                        else {}
                    ),
                    **(
                        disturbed(entry)
                        if is_shown(hass, context, entry, DO_NOT_DISTURB)
                        else {}
                    ),
                }
                for entry in entries
            ]
        }


def forwarded(entry: SipAccountConfigEntry) -> dict[str, Any]:
    """Return where calls go, by names of the phone book or numbers."""
    runtime = entry.runtime_data
    readings = runtime.settings.data
    reading = readings.of(DIVERSIONS)
    if reading is None or not reading.known:
        return {}
    targets = {
        condition.value: target
        for condition in Condition
        if (target := forwarding.target_of(readings, condition))
    }
    return {
        "forwarded": {
            condition: target
            if target == VOICEMAIL_TARGET
            else plain(runtime.phone_book.find(target) or target.partition("@")[0])
            for condition, target in targets.items()
        }
    }


def disturbed(entry: SipAccountConfigEntry) -> dict[str, Any]:
    """Return whether nobody may call, and until when."""
    rules: AcceptRules | None = entry.runtime_data.settings.data.value(ACCEPT_RULES)
    on = bool(rules and rules.do_not_disturb)
    until = rules.temporary.until if rules and rules.temporary and on else None
    return {
        "do_not_disturb": on,
        "until": until and dt_util.as_local(until).isoformat(),
    }


def _told(account: str, call: Call) -> JsonObjectType:
    """Return a call without a word that its caller chose."""
    known = call.name if call.name_source == "phone_book" else None
    running = call.outcome is Outcome.IN_PROGRESS
    return {
        "account": account,
        "kind": "in_progress" if running else event_type(call),
        "with": plain(known or call.number or "") if known or call.number else _UNKNOWN,
        "began": dt_util.as_local(call.started).isoformat() if call.started else None,
        "seconds": int(call.duration.total_seconds()),
    }
