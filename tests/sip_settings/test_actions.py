"""Answers of both dialects as models (wire contract §2)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
import json
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.sip_account.sip_settings import (
    CATALOGUE,
    Countdown,
    Outcome,
    SipSettingsError,
    to_shape,
)
from custom_components.sip_account.sip_settings.context import Context
from custom_components.sip_account.sip_settings.reply import read_reply

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2009, 9, 24, 14, tzinfo=UTC)
CONTEXT = Context(read_at=NOW, account_zone=AMSTERDAM)


def read(action: str, answer: str, context: Context = CONTEXT) -> Any:
    """Read an answer as the client does."""
    return CATALOGUE[action].read(read_reply(200, answer.encode()), context)


def calls(placed: str = "null", received: str = "null") -> str:
    """Make a pair of call lists."""
    return f'{{"placed":{placed},"received":{received}}}'


@pytest.mark.parametrize(
    ("action", "answers"),
    [
        ("aliases", ["[]", "null", '""']),
        ("enum", ["[]"]),
        ("calls", [calls(), calls("[]", "null"), calls('""', "[]"), "null"]),
        ("devices", ["null", "[]"]),
        ("prepaid", ['""', "null", "[]"]),
        ("balance_history", ["null", "[]"]),
        ("diversions", ["null"]),
        (
            "accept_rules",
            [
                '{"temporary":{"groups":[],"duration":0},"groups":[]}',
                '{"temporary":null,"groups":null}',
                '{"persistent":[],"temporary":{"groups":["everybody"],"duration":5}}',
            ],
        ),
        ("reject", ["[]"]),
        ("voicemail", ["null", '{"Mailbox":""}']),
    ],
)
def test_none(action: str, answers: list[str]) -> None:
    """The spellings of "the account has none"."""
    for answer in answers:
        assert read(action, answer) is None


@pytest.mark.parametrize("action", CATALOGUE)
@pytest.mark.parametrize("answer", ["true", "5", '"text"', '{"x":1}', "[5]", "[[1]]"])
def test_wrong_shape(action: str, answer: str) -> None:
    """JSON of another shape is an error, and no number is a text of a list."""
    with pytest.raises(SipSettingsError):
        read(action, answer)


@pytest.mark.parametrize(
    ("side", "item", "outcome"),
    [
        ("received", '"duration":5,"status":200', Outcome.ANSWERED),
        ("received", '"duration":"5","status":"200"', Outcome.ANSWERED),
        ("received", '"duration":0,"status":487', Outcome.MISSED),
        ("received", '"duration":0,"status":480', Outcome.MISSED),
        ("received", '"duration":0,"status":404', Outcome.MISSED),
        ("received", '"duration":0,"status":486', Outcome.BUSY),
        ("received", '"duration":0,"status":600', Outcome.BUSY),
        ("received", '"duration":0,"status":603', Outcome.DECLINED),
        ("received", '"duration":0,"status":200', Outcome.IN_PROGRESS),
        ("received", '"duration":0,"status":null', Outcome.IN_PROGRESS),
        ("received", '"duration":null,"status":""', Outcome.IN_PROGRESS),
        ("placed", '"duration":0,"status":200', Outcome.IN_PROGRESS),
        ("placed", '"duration":0,"status":486', Outcome.BUSY),
        ("placed", '"duration":0,"status":603', Outcome.DECLINED),
        ("placed", '"duration":0,"status":487', Outcome.CANCELLED),
        ("placed", '"duration":0,"status":408', Outcome.FAILED),
        ("placed", '"duration":7.0,"status":200', Outcome.ANSWERED),
        ("received", '"stopTime":null,"duration":0,"status":200', Outcome.IN_PROGRESS),
        (
            "received",
            '"stopTime":"2009-09-24 12:00:09","duration":0,"status":200',
            Outcome.MISSED,
        ),
    ],
)
def test_outcomes(side: str, item: str, outcome: Outcome) -> None:
    """How a call ended (§2.4)."""
    (call,) = read(
        "calls", calls(**{side: f'[{{"date":"2009-09-24 12:00:00",{item}}}]'})
    )
    assert call.outcome is outcome
    missed = side == "received" and outcome in {Outcome.MISSED, Outcome.BUSY}
    assert call.missed is missed


def test_call_of_both_dialects() -> None:
    """The same call, told in 2009 and today."""
    (then,) = read(
        "calls",
        calls(
            '[{"to":"sip:0031208005161@example.com","duration":60,"price":0.0425,'
            '"rate":null,"status":200,"date":"2009-09-24 12:58:20"}]'
        ),
    )
    (today,) = read(
        "calls",
        calls(
            '[{"remoteParty":"0031208005161@example.com","displayName":"",'
            '"startTime":"2009-09-24 12:58:20","stopTime":"2009-09-24 12:59:20",'
            '"timezone":null,"duration":"60","status":"200","price":"0.0425",'
            '"sessionId":"p1","fromTag":"a","toTag":"b","proxyIP":"1","media":["audio"]}]'
        ),
    )
    for call in (then, today):
        assert to_shape(call) | {"call_id": "", "media": []} == {
            "call_id": "",
            "direction": "outgoing",
            "outcome": "answered",
            "party": "0031208005161@example.com",
            "number": "+31208005161",
            "name": None,
            "name_source": None,
            "started": "2009-09-24T12:58:20+02:00",
            "duration": 60,
            "sip_status": 200,
            "price": 0.0425,
            "media": [],
            "number_shown": None,
            "country": None,
        }
        assert call.price == Decimal("0.0425")
    assert (then.media, today.media) == ((), ("audio",))


@pytest.mark.parametrize(
    ("media", "expected"),
    [('"audio"', ("audio",)), ('[""]', ()), ('["audio","video"]', ("audio", "video"))],
)
def test_media(media: str, expected: tuple[str, ...]) -> None:
    """Media as one name, as a list, and unknown."""
    item = f'[{{"from":"x@y","date":"2009-09-24 12:00:00","media":{media}}}]'
    assert read("calls", calls(received=item))[0].media == expected


def test_media_without_end() -> None:
    """Eight names are kept, and 32 characters of each."""
    media = json.dumps([f"{number}{'x' * 40}" for number in range(10)])
    item = f'[{{"from":"x@y","date":"2009-09-24 12:00:00","media":{media}}}]'
    kept = read("calls", calls(received=item))[0].media
    assert kept == tuple(f"{number}{'x' * 31}" for number in range(8))


def test_order_and_ids() -> None:
    """Newest first whatever the server's order; equal rows are two calls."""
    row = '{"from":"sip:a@b","duration":0,"status":487,"date":"2009-09-24 12:00:00"}'
    later = row.replace("12:00", "13:00")
    answer = calls(received=f"[{row},{later},{row}]")
    found = read("calls", answer)
    assert [call.started_text[11:16] for call in found] == ["13:00", "12:00", "12:00"]
    assert len({call.call_id for call in found}) == 3
    assert [c.call_id for c in read("calls", answer)] == [c.call_id for c in found]


def test_zones() -> None:
    """The row's own zone, else the account's; a person's word wins; else unknown."""
    item = '{"from":"a@b","date":"2009-09-24 12:00:00","timezone":"Asia/Tokyo"}'
    answer = calls(received=f"[{item}]")
    tokyo, kiev = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Kiev")
    for context, offset in (
        (Context(read_at=NOW, account_zone=AMSTERDAM), "+02:00"),
        (Context(read_at=NOW, zones={"Asia/Tokyo": tokyo}), "+09:00"),
        (Context(read_at=NOW, zones={"Asia/Tokyo": tokyo}, override=kiev), "+03:00"),
    ):
        assert to_shape(read("calls", answer, context)[0].started)[-6:] == offset
    assert read("calls", answer, Context(read_at=NOW))[0].started is None
    zero = answer.replace("2009-09-24 12:00:00", "0000-00-00 00:00:00")
    assert read("calls", zero)[0].started is None


def test_hostile_name() -> None:
    """A caller's name is bounded, on one line, and without invisible characters."""
    name = json.dumps("<b>\u202eEvil\u200b\x00\n Bob\U000e0041 " + "x" * 5000)
    item = f'{{"from":"\\u003ca@b;x=1\\u003e","displayName":{name},"date":""}}'
    (call,) = read("calls", calls(received=f"[{item}]"))
    assert call.name.startswith("<b>Evil Bob xxx")
    assert len(call.name) == 256
    assert call.name_source == "caller"


@pytest.mark.parametrize(
    ("party", "number"),
    [
        ("sip:0031208005161@example.com", "+31208005161"),
        ("+31208005161@example.com", "+31208005161"),
        ("101@example.com", "101"),
        ("bob@example.com", None),
        ("anonymous@anonymous.invalid", None),
    ],
)
def test_numbers(party: str, number: str | None) -> None:
    """The phone number in an address."""
    item = f'[{{"from":"{party}","date":"2009-09-24 12:00:00"}}]'
    assert read("calls", calls(received=item))[0].number == number


def test_diversions() -> None:
    """Always five, in the server's order, in every spelling."""
    found = read(
        "diversions",
        '{"FUNV":"voice-mailbox","FUNC":"","FNOL":"<voice-mailbox>",'
        '"FBUS":"sip:bob@example.com","FNOA":null}',
    )
    assert [(d.code, d.target) for d in found] == [
        ("FUNC", None),
        ("FNOL", "voicemail"),
        ("FBUS", "bob@example.com"),
        ("FNOA", None),
        ("FUNV", "voicemail"),
    ]


def test_accept_rules() -> None:
    """Days from the mask, and the end of an override."""
    found = read(
        "accept_rules",
        '{"persistent":{"127":{"start":"00:00","stop":"23:59","groups":"" },'
        '"65":{"start":"08:00","stop":"18:00","groups":["vip"]}},'
        '"temporary":{"groups":["nobody"],"duration":"30"},"groups":""}',
    )
    assert len(found.rules[0].days) == 7
    assert found.rules[1].days == ("mon", "sun")
    assert found.do_not_disturb
    assert found.temporary.until == NOW + timedelta(minutes=30)
    forever = read("accept_rules", '{"temporary":{"groups":["nobody"],"duration":0}}')
    assert forever.temporary.until is None
    with pytest.raises(SipSettingsError):
        read("accept_rules", '{"persistent":{"x":{}}}')


def test_prepaid() -> None:
    """A balance in every type, and the prepaid flag that tells a zero from none."""
    for spelling in ("12.3456", '"12.3456"', "12.34560"):
        balance = read("prepaid", f'{{"balance":{spelling}}}').balance
        assert balance == Decimal("12.3456")
    not_prepaid = Context(read_at=NOW, prepaid=False)
    assert read("prepaid", '{"balance":0}', not_prepaid) is None
    assert read("prepaid", '{"balance":0}').balance == 0
    for bad in ('"abc"', "true", "1e400", "1e13", "null", "[]", '"NaN"'):
        with pytest.raises(SipSettingsError):
            read("prepaid", f'{{"balance":{bad}}}')


def test_voicemail_has_no_pin() -> None:
    """The PIN is in no model and in no shape."""
    for delete, expected in (
        ('"True"', True),
        ("1", True),
        ("true", True),
        ('"False"', False),
        ("0", False),
    ):
        found = read(
            "voicemail",
            '{"Mailbox":"1000","Password":"4711","Name":"A","Email":"a@b","Info":"",'
            f'"Options":{{"delete":{delete}}},"Account":"1000@vm"}}',
        )
        assert found.deletes_after_mailing is expected
        assert "4711" not in repr(found) + json.dumps(to_shape(found))


@pytest.mark.parametrize(
    ("action", "answer"),
    [
        (
            "prepaid",
            '{"balance":1,"callInProgress":1,"sessionTime":N,"maxSessionTime":90}',
        ),
        ("devices", '[{"contact":"a:1","expires":N}]'),
        ("accept_rules", '{"temporary":{"groups":["nobody"],"duration":N}}'),
    ],
)
def test_steady_countdown(action: str, answer: str) -> None:
    """A time that is counted down moves only when it really does."""
    first = read(action, answer.replace("N", "30"))
    later = Context(read_at=NOW + timedelta(seconds=20))
    second = read(action, answer.replace("N", "30"), later)
    moved = read(action, answer.replace("N", "3000"), later)
    assert isinstance(first, Countdown)
    assert second != first
    assert to_shape(second.steadied(first)) == to_shape(first)
    assert moved.steadied(first) == moved


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "placed",
                    "received",
                    "date",
                    "duration",
                    "status",
                    "balance",
                    "price",
                    "FUNC",
                    "persistent",
                    "temporary",
                    "groups",
                    "31",
                    "Mailbox",
                    "value",
                    "email",
                    "timezone",
                    "quota",
                    "contact",
                    "expires",
                    "media",
                    "from",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(value=JSON, action=st.sampled_from(sorted(CATALOGUE)))
def test_any_json(value: Any, action: str) -> None:
    """Arbitrary JSON in any member is a model or one of our errors."""
    try:
        model = CATALOGUE[action].read(value, CONTEXT)
    except SipSettingsError:
        return
    to_shape(model)
