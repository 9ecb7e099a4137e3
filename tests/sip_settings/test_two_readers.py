"""The fast reader of JSON and the standard one give the same, for any text."""

import json
import sys
from typing import Any

from hypothesis import example, given, settings, strategies as st
import pytest

from custom_components.sip_account.sip_settings import json_text
from custom_components.sip_account.sip_settings.json_text import (
    MISSING,
    JsonValue,
    Missing,
    whole_value,
)

orjson = pytest.importorskip("orjson")

NUMBERS = st.one_of(
    st.integers().map(str),
    st.integers(-(2**70), 2**70).map(str),
    st.floats(allow_nan=True).map(repr),
    st.from_regex(r"\A-?[0-9]{1,25}(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?\Z"),
    st.sampled_from(["1e400", "-1E400", "1e-400", "-0", "-0.0", "NaN", "-Infinity"]),
)
TEXTS = st.one_of(
    st.text().map(json.dumps),
    st.text().map(lambda it: json.dumps(it, ensure_ascii=False)),
    st.sampled_from(['"\\ud800"', '"\\ud83d\\ude00"', '"\\u0000"', '"\x00"', '"\\x"']),
)
MEMBERS = st.sampled_from(['"a"', '"b"', '"\\u0061"'])
WORDS = st.sampled_from(["null", "true", "false", "nul", ""])
VALUES = st.recursive(
    NUMBERS | TEXTS | WORDS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda it: f"[{','.join(it)}]"),
        st.lists(st.tuples(MEMBERS, inner), max_size=4).map(
            lambda it: "{" + " , ".join(f"{name} : {one}" for name, one in it) + "}"
        ),
    ),
    max_leaves=12,
)


def _exactly(value: JsonValue | Missing) -> Any:
    """Return a value so that 1, 1.0, True and the order of members all differ."""
    if isinstance(value, dict):
        return [(key, _exactly(item)) for key, item in value.items()]
    if isinstance(value, list):
        return [[_exactly(item)] for item in value]
    return type(value), str(value)


def _both(text: str) -> tuple[Any, Any]:
    fast = whole_value(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "_orjson", None)
        return _exactly(fast), _exactly(whole_value(text))


@settings(max_examples=2000, deadline=None)
@example("[" * 1030 + "]" * 1030)
@example('{"a":1,"b":2,"a":[3]}')
@example("[18446744073709551616,-9223372036854775809,9007199254740993]")
@example('[0.042500000000000003,9.872499999999999,1e-13,"0.0100"]')
@example("[" + "1" * 401 + "]")
@example("[1." + "0" * 401 + "]")
@given(VALUES | st.text(alphabet='[]{}",:0123456789.eE+-\\utrnl '))
def test_the_same(text: str) -> None:
    """Whatever a text holds, it makes no difference whether orjson is there."""
    fast, standard = _both(text)
    assert fast == standard


def test_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """What servers really write is read by orjson, which we would else not need."""

    def refuse(*_: Any) -> None:
        pytest.fail("the standard reader was asked")

    monkeypatch.setattr(json_text, "_DECODER", refuse)
    assert whole_value('{"price":0.042500000000000003,"of":[1,"a",null]}') == {
        "price": 0.0425,
        "of": [1, "a", None],
    }


def test_a_long_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Orjson lets nobody else have the interpreter: what is long is not for it."""
    long = json.dumps(["x" * 300_000])
    assert whole_value(long) == ["x" * 300_000]
    monkeypatch.setattr(json_text, "_DECODER", None)
    with pytest.raises(AttributeError):
        whole_value(long)


def test_without_orjson() -> None:
    """`scripts/account` alone has none of it."""
    name = json_text.__name__
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "orjson", None)
        patch.delitem(sys.modules, name)
        alone = __import__(name, fromlist=["whole_value"])
        assert alone is not json_text
        assert alone.whole_value("[1.5]") == [1.5]
        assert alone.whole_value("[") is not MISSING  # another module's own mark
