"""Lines of a balance history that are known, as many as there is room for."""

from custom_components.sip_account.calls.lines import KnownLines

from .test_ledger import line

_KNOWN = 400
_LISTED = 200


def test_the_oldest_are_forgotten_first() -> None:
    """Also of many lines of one value and second: the newest of them stay known."""
    lines = [
        line("2026-11-26 09:00:00", -1, session=f"s{number}")
        for number in range(_KNOWN + 1)
    ]
    known = KnownLines()
    for begin in range(0, len(lines), _LISTED):
        listed = lines[begin : begin + _LISTED]
        assert len(known.take(listed)) == len(listed)
    assert len(known.as_stored()) == _KNOWN
    assert known.take(lines[-_LISTED:]) == []
