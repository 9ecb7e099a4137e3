"""Who may call, and when: the rules that a server tells (wire contract §2.11)."""

from . import members
from .context import Context
from .errors import ReplyError
from .json_text import JsonValue
from .members import JsonObject
from .models import AcceptRule, AcceptRules, TemporaryRule

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EVERY_DAY = 2 ** len(_WEEKDAYS) - 1
_NO_OVERRIDE = ((), ("everybody",))


def read_accept_rules(value: JsonValue, context: Context) -> AcceptRules | None:
    """Read the daily rules and what overrides them; None where there is neither."""
    if members.is_nothing(value):
        return None
    source = members.an_object(value, "accept rules")
    if not source.keys() & {"persistent", "temporary", "groups"}:
        msg = "The server's answer holds no accept rules"
        raise ReplyError(msg)
    rules = tuple(
        members.items_of(
            members.filled(source, "persistent"), "persistent", context.odd, _rule
        )
    )
    temporary = _read_temporary(source, context)
    groups = members.text_list(members.filled(source, "groups"), "groups", context.odd)
    odd = context.odd
    tells_nothing = not rules and temporary is None
    if tells_nothing and (odd["persistent"] or not odd["groups"]):
        return None
    return AcceptRules(rules=rules, temporary=temporary, groups=groups)


def _rule(mask: str, rule: JsonObject) -> AcceptRule:
    return AcceptRule(
        days=_days(mask),
        start=members.text(rule, "start"),
        stop=members.text(rule, "stop"),
        groups=members.texts(rule, "groups"),
    )


def _days(mask: str) -> tuple[str, ...]:
    known = mask.isascii() and mask.isdecimal() and len(mask) <= len(_WEEKDAYS)
    if not known or int(mask) > _EVERY_DAY:
        msg = "The server's answer has no days in an accept rule"
        raise ReplyError(msg)
    return tuple(day for bit, day in enumerate(_WEEKDAYS) if int(mask) >> bit & 1)


def _read_temporary(source: JsonObject, context: Context) -> TemporaryRule | None:
    value = members.filled(source, "temporary")
    if value is None:
        return None
    temporary = members.an_object(value, "temporary")
    groups = members.texts(temporary, "groups")
    if groups in _NO_OVERRIDE:
        return None
    left = members.minutes(temporary, "duration")
    return TemporaryRule(groups=groups, until=context.ends(left))
