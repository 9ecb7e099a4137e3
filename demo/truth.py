"""What the entities of an account must show, told from the box alone.

Written against the wire contract and docs/entities.md, not against the integration's
code, so that a mistake there shows as a difference.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from .accounts import Account, Call
from .issued import IssuedCertificate
from .truth_usage import usage

# Days and calls of each direction that a dialect lists (wire contract §2.3, §2.4).
_PAGE_WINDOW = (60, 30)
_TODAY_WINDOW = (14, 50)
_VOICEMAIL = "<voice-mailbox>"
# What converting a unit adds to a number.
_NOISE = Decimal("1e-9")

type Truth = dict[str, tuple[str, dict[str, Any]]]


def expected(
    account: Account, now: datetime, certificate: IssuedCertificate | None
) -> Truth:
    """Return state and attributes by `platform.key`.

    With a certificate the account is seen through the page's dialect, else through
    today's.
    """
    told = [call for call in account.calls if not _is_dropped(call)]
    calls = _listed(told, now, _PAGE_WINDOW if certificate else _TODAY_WINDOW)
    missed = [call for call in calls if _is_missed(call)]
    moved = [line for line in account.balance_history if line.value]
    moved.sort(key=lambda line: line.date, reverse=True)
    targets = {code: account.diversions.get(code) or None for code in _CONDITIONS}
    truth: Truth = {
        "sensor.balance": (_number(account.balance), {}),
        "sensor.last_call": _call(calls),
        "sensor.last_missed_call": _call(missed),
        "event.call": ("unknown", {}),
        "button.mark_missed_calls_seen": ("unknown", {}),
        "sensor.missed_calls": ("0", {"calls": []}),  # those before are old
        "sensor.voicemail": (
            "in_use" if _VOICEMAIL in targets.values() else "not_in_use",
            {"mailbox": account.voicemail.mailbox if account.voicemail else None},
        ),
        "sensor.call_forwarding": (
            "all_calls"
            if targets["FUNC"]
            else "conditional"
            if any(targets.values())
            else "none_active",
            {name: _target(targets[code]) for code, name in _CONDITIONS.items()},
        ),
        "sensor.last_transaction": (
            _number(moved[0].value),
            {"description": moved[0].description},
        ),
        "sensor.aliases": (str(len(account.aliases)), {"aliases": account.aliases}),
        "sensor.phone_numbers": (
            str(len(account.enum)),
            {"phone_numbers": account.enum},
        ),
        "sensor.accept_rules": (str(len(account.accept.persistent)), {}),
        "sensor.rejected_callers": (
            str(len(account.reject)),
            {"callers": account.reject},
        ),
        "sensor.registered_devices": (str(len(account.devices)), {}),
        "binary_sensor.registered": ("on" if account.devices else "off", {}),
    } | usage(account, now, calls, history=True)
    if certificate is None:
        truth["sensor.no_answer_timeout"] = (_number(account.no_answer_timeout), {})
        return truth | _controls(account, targets)
    month = now.astimezone(account.zone).replace(day=1, hour=0, minute=0, second=0)
    placed = [
        call for call in told if call.direction == "placed" and call.started >= month
    ]
    return truth | {
        "sensor.calls_this_month": (str(len(placed)), {}),
        "sensor.cost_this_month": (_number(sum(c.price or 0 for c in placed)), {}),
        "sensor.monthly_quota": (_number(account.quota), {}),
        "sensor.certificate_expires": (
            _time(certificate.certificate.not_valid_after_utc),
            {"key_bits": 1024},
        ),
        "binary_sensor.blocked": (_on("blocked" in account.groups), {}),
        "binary_sensor.caller_id_hidden": (_on("anonymous" in account.groups), {}),
    }


def expected_2026(account: Account, now: datetime, *, second: bool) -> Truth:
    """Return the same for the page of 2026, alone or with a `second` page."""
    truth = expected(account, now, None)
    if not second:
        told = [call for call in account.calls if not _is_dropped(call)]
        calls = _listed(told, now, _TODAY_WINDOW)
        truth = {key: truth[key] for key in _BY_SNAPSHOT}
        truth |= usage(account, now, calls, history=False)
    midnight = now.astimezone(account.zone).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    today = [line for line in account.balance_history if line.date >= midnight]
    spent = sum((line.value for line in today if line.value < 0), Decimal(0))
    return truth | {
        "sensor.spent_today": (_number(abs(spent)), {}),
        "binary_sensor.blocked": (_on("blocked" in account.groups), {}),
        "binary_sensor.caller_id_hidden": (_on("anonymous" in account.groups), {}),
        "binary_sensor.calls_to_telephones": (_on("free-pstn" in account.groups), {}),
        "text.caller_id_number": (f"+{account.pstn_caller_id.removeprefix('00')}", {}),
    }


def _controls(account: Account, targets: dict[str, str | None]) -> Truth:
    """Return what only a server that can write has."""
    blocked = {"blocked_by_rules": bool(account.accept.persistent)}
    disturbing = account.accept.temporary_groups != ["nobody"]
    # Two more are disabled until somebody wants them.
    selects = {"FUNC": "all_calls", "FBUS": "busy", "FNOA": "no_answer"}
    return {
        "switch.do_not_disturb": (_on(not disturbing), blocked),
        "switch.hide_caller_id": ("unknown", {"assumed_state": True}),
    } | {
        f"select.forward_{name}": (
            _target(targets[code]) or "not_forwarded",
            {"target": _target(targets[code])},
        )
        for code, name in selects.items()
    }


# What the page of 2026 tells as the others do.
_BY_SNAPSHOT = (
    "sensor.balance",
    "sensor.last_call",
    "sensor.last_missed_call",
    "sensor.missed_calls",
    "event.call",
    "button.mark_missed_calls_seen",
)
_CONDITIONS = {
    "FUNC": "all_calls",
    "FNOL": "not_online",
    "FBUS": "busy",
    "FNOA": "no_answer",
    "FUNV": "unavailable",
}


def _is_dropped(call: Call) -> bool:
    """Tell whether the platform never shows a call (wire contract §2.4)."""
    dropped = 435
    return call.direction == "placed" and call.status == dropped


def _listed(told: list[Call], now: datetime, window: tuple[int, int]) -> list[Call]:
    days, most = window
    listed: list[Call] = []
    for direction in ("placed", "received"):
        recent = [
            call
            for call in told
            if call.direction == direction
            and call.ended
            and call.started >= now - timedelta(days=days)
        ]
        listed += sorted(recent, key=lambda call: call.started, reverse=True)[:most]
    return sorted(listed, key=lambda call: call.started, reverse=True)


def _is_missed(call: Call) -> bool:
    declined = 603
    return (
        call.direction == "received" and not call.duration and call.status != declined
    )


def _call(calls: list[Call]) -> tuple[str, dict[str, Any]]:
    newest = calls[0]
    return _time(newest.started), {
        "party": newest.party.removeprefix("sip:"),
        "duration": newest.duration,
        "sip_status": newest.status,
    }


def _target(written: str | None) -> str | None:
    return "voicemail" if written == _VOICEMAIL else written


def _on(state: bool) -> str:  # noqa: FBT001
    return "on" if state else "off"


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()


def _number(value: Decimal | float | str | None) -> str:
    return f"{Decimal(str(value)).normalize():f}"


def differences(truth: Truth, shown: dict[str, dict[str, Any]]) -> Iterable[list[str]]:
    """Yield rows of entity, state shown, state expected, and a verdict.

    `shown` has the state objects of the home by `platform.key`.
    """
    for key in sorted(truth.keys() | shown.keys()):
        state = shown.get(key)
        if state is None or key not in truth:
            there = "—" if state is None else str(state["state"])
            wanted = truth[key][0] if key in truth else "—"
            yield [key, there, wanted, "DIFFERS"]
            continue
        wanted, attributes = truth[key]
        same = _same(str(state["state"]), wanted)
        wrong = [
            name
            for name, value in attributes.items()
            if state["attributes"].get(name) != value
        ]
        verdict = "DIFFERS" if not same or wrong else "ok"
        yield [key, str(state["state"]), wanted, " ".join([verdict, *wrong])]


def _same(shown: str, wanted: str) -> bool:
    try:
        return abs(Decimal(shown) - Decimal(wanted)) < _NOISE
    except ArithmeticError:
        return shown == wanted
