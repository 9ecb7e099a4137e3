"""Where calls may be sent: the server checks nothing, so this is all there is."""

from hypothesis import given, strategies as st
import pytest

from custom_components.sip_account.sip_settings import (
    AliasError,
    Condition,
    SipAddress,
    TargetError,
    forwarding_parameters,
    read_alias,
    read_target,
    same_target,
)

ALICE = SipAddress("alice", "example.com")
# With `bob@` before it, as long as a target may be.
LONGEST = "e." * 122 + "example"


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("bob@example.com", "bob@example.com"),
        (" sip:Bob@Example.NET ", "Bob@example.net"),
        ("SIP:bob@example.net:5061", "bob@example.net:5061"),
        ("1.2.34@example.com", "1.2.34@example.com"),
        ("555-123@example.com", "555-123@example.com"),
        ("(0)20 800 5161", "0208005161"),
        ("0031 (0)20 800 5161", "+31208005161"),
        ("f.l+tag_1~x@sub.d-1.example", "f.l+tag_1~x@sub.d-1.example"),
        ("bob@192.0.2.1", "bob@192.0.2.1"),
        ("*98@example.net", "*98@example.net"),
        ("+31208005161", "+31208005161"),
        ("0031208005161", "+31208005161"),
        ("+31 (0)20 - 800.51/61", "+31208005161"),
        ("+31\u00a0208005161", "+31208005161"),
        ("0208005161", "0208005161"),
        ("1234", "1234"),
        ("tel:+31208005161", "+31208005161"),
        ("+31208005161@EXAMPLE.com", "+31208005161"),
        ("0031208005161@example.com", "+31208005161"),
        ("31208005161@example.net", "31208005161@example.net"),
        ("1" * 18, "1" * 18),
        ("+" + "1" * 17, "+" + "1" * 17),
        (f"{'b' * 64}@example.com", f"{'b' * 64}@example.com"),
        ("bob@example.com:1", "bob@example.com:1"),
        ("bob@example.net:65535", "bob@example.net:65535"),
        ("bob@255.255.255.255", "bob@255.255.255.255"),
        (f"bob@{'e' * 63}.example", f"bob@{'e' * 63}.example"),
        ("*@example.net", "*@example.net"),
        ("tel:sip@example.net", "sip@example.net"),
        (f"bob@{LONGEST}", f"bob@{LONGEST}"),
    ],
)
def test_targets(written: str, target: str) -> None:
    """People's spellings, and the one that is sent; which is a target too."""
    assert read_target(written, ALICE) == target
    assert read_target(target, ALICE) == target


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("sip:", "empty"),
        ("@example.com", "not_a_target"),
        ("bob@", "not_a_target"),
        ("bob", "not_a_target"),
        ("bob smith@example.com", "not_a_target"),
        ("1234567 at home", "not_a_target"),
        ("bob@exam ple.com", "not_a_target"),
        ("bob@example.com bob@example.net", "not_a_target"),
        ("bob@example.com\n", "not_a_target"),
        ("bob\r\nFUNC=x@example.com", "not_a_target"),
        ("bob\x00@example.com", "not_a_target"),
        ("+31208\t005161", "not_a_target"),
        ("bob\u202e@example.com", "not_a_target"),
        ("bob\u200b@example.com", "not_a_target"),
        ("bob%0d%0a@example.com", "not_a_target"),
        ("bob%20x@example.com", "not_a_target"),
        ("%2b31208005161@evil.example", "not_a_target"),
        ("bob@example.com:99999", "not_a_target"),
        ("bob@example.com:0", "not_a_target"),
        ("bob@example.com:", "not_a_target"),
        ("bob@256.1.1.1", "not_a_target"),
        ("...@example.com", "not_a_target"),
        ("sips:bob@example.net", "not_a_target"),
        ("javascript:alert(1)", "not_a_target"),
        ("javascript:alert@example.com", "not_a_target"),
        ("http://example.com", "not_a_target"),
        ("bob@example.com;transport=udp", "not_a_target"),
        ("bob@example.com?subject=x", "not_a_target"),
        ("bob:secret@example.com", "not_a_target"),
        ("<bob@example.com>", "not_a_target"),
        ("<voice-mailbox>", "not_a_target"),
        ("|bob@example.com", "not_a_target"),
        ("bob@example..com", "not_a_target"),
        ("bob@-example.com", "not_a_target"),
        ("bob@bücher.example", "not_a_target"),
        ("bób@example.com", "not_a_target"),
        ("bob@carol@example.com", "not_a_target"),
        ("+31", "not_a_target"),
        ("1" * 19, "not_a_target"),
        ("1" * 19 + "@example.com", "not_a_target"),
        ("+" + "1" * 18, "not_a_target"),
        ("bob@example.net:65536", "not_a_target"),
        ("bob@example.net:6553500", "not_a_target"),
        ("bob@example.net:\u0661", "not_a_target"),
        (f"bob@{'e' * 64}.example", "not_a_target"),
        (f"bob@e{LONGEST}", "too_long"),
        (f"{'b' * 65}@example.com", "not_a_target"),
        (f"bob@{'e' * 300}.example", "too_long"),
        ("1" * 300, "too_long"),
        ("alice@example.com", "own_address"),
        ("sip:alice@EXAMPLE.com", "own_address"),
        ("ALICE@example.com", "own_address"),
        ("alice@example.com:5060", "own_address"),
        ("+31208005161@example.net", "other_domain"),
        ("0208005161@example.net", "other_domain"),
    ],
)
def test_no_targets(written: str, problem: str) -> None:
    """Nothing of these is sent, and no error repeats it."""
    with pytest.raises(TargetError) as caught:
        read_target(written, ALICE)
    assert caught.value.problem == problem
    assert not written.strip() or written.strip() not in str(caught.value)
    with pytest.raises(TargetError):
        forwarding_parameters({Condition.BUSY: written}, ALICE)


@given(st.text(max_size=300))
def test_whatever_is_written(text: str) -> None:
    """A target is one address or number on one line, or none at all."""
    try:
        target = read_target(text, ALICE)
    except TargetError:
        return
    assert target.isascii()
    assert target.isprintable()
    assert " " not in target
    assert target.count("@") <= 1
    assert len(target) <= 255


def test_own_number_is_no_way_out() -> None:
    """An account whose user part is a number is not forwarded to that number."""
    account = SipAddress("31208005161", "example.com")
    for written in ("31208005161", "+31208005161", "0031208005161@example.com"):
        with pytest.raises(TargetError):
            read_target(written, account)
    assert read_target("+31208005162", account) == "+31208005162"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+31208005161", "0031208005161@example.com", True),
        ("bob@example.com", "bob@EXAMPLE.com", True),
        ("bob@example.com", "Bob@example.com", False),
        ("1.23@example.com", "123@example.com", False),
        ("31208005161@example.net", "31208005161", False),
    ],
)
def test_same(one: str, other: str, same: bool) -> None:
    """The server's spelling of a target is known again."""
    assert same_target(one, other, ALICE) is same


def test_parameters() -> None:
    """Only what is given, each as the server takes it."""
    changes = {
        Condition.ALL_CALLS: None,
        Condition.BUSY: "voicemail",
        Condition.NO_ANSWER: "+31 208005161",
    }
    assert forwarding_parameters(changes, ALICE) == {
        "FUNC": "",
        "FBUS": "<voice-mailbox>",
        "FNOA": "+31208005161",
    }


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        (" Ali.ce_2-b ", "ali.ce_2-b"),
        ("a" * 64, "a" * 64),
        ("a" * 65, None),
        ("", None),
        ("ali ce", None),
        ("alice@example.com", None),
        ("31208005161", None),
        ("Alice", None),
    ],
)
def test_aliases(text: str, alias: str | None) -> None:
    """A name without a domain that is no number, and not one's own."""
    if alias is None:
        with pytest.raises(AliasError):
            read_alias(text, ALICE)
    else:
        assert read_alias(text, ALICE) == alias
