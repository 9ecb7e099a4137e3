"""What goes wrong on the page of 2026 alone (wire contract §7)."""

from collections.abc import Callable, Mapping
import json

from .dialects import Answer
from .exchange import Exchange, Fault
from .faults import after_login
from .wire_faults import raw


def says(value: object, status: int = 200) -> Fault:
    """Make a fault: this JSON in place of the answer, once the login was right."""

    @after_login
    async def fault(_exchange: Exchange) -> Answer:
        return Answer(json.dumps(value).encode(), status=status)

    return fault


def changed(change: Callable[[dict[str, object]], object]) -> Fault:
    """Make a fault: the right answer after a change of its members."""

    @after_login
    async def fault(exchange: Exchange) -> Answer:
        told: dict[str, object] = json.loads(exchange.answer().body)
        change(told)
        return Answer(json.dumps(told).encode())

    return fault


def _error(code: str, message: str) -> dict[str, str]:
    return {"error": code, "message": message}


def _by_sign(told: dict[str, object]) -> None:
    money = told["pstn"]
    if isinstance(money, dict):
        money["currency"] = "€"


# Where there is no answer to a read at all, the page is a server like any other.
READS: Mapping[str, Fault] = {
    "snapshot_bad_request": says(_error("bad_realm", "No such realm"), 400),
    "snapshot_out_of_order": says(_error("backend", "Try later"), 503),
    "snapshot_refused": says(_error("unauthorized", "Login required"), 401),
    "snapshot_of_another": changed(lambda told: told.update(account="bob@example.com")),
    "snapshot_of_nothing": says({"ok": True}),
    "snapshot_without_money": changed(lambda told: told.pop("pstn")),
    "snapshot_currency_by_sign": changed(_by_sign),
}
CHANGES: Mapping[str, Fault] = {
    "change_refused": says({"ok": False, **_error("denied", "Not this number")}),
    "change_bad_request": says(_error("invalid_caller_id", "No number"), 400),
    "change_unknown": says(_error("unknown_action", "No such action"), 400),
    "change_says_nothing": says({}),
    "change_out_of_order": says(_error("backend", "Try later"), 503),
    "change_unanswered": raw(b""),
}
