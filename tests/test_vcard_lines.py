"""Lines of files of contacts, to the very octet, and cards within cards."""

import pytest

from custom_components.sip_account.calls.vcard import Contact, Vcards, read_vcards
from custom_components.sip_account.calls.vcard_lines import head_and_value, lines_of

BOB = Contact("Bob", ("1",))
QUOTED = "FN;ENCODING=QUOTED-PRINTABLE:"
LIMIT = 8 * 1024


def read(*lines: str) -> Vcards:
    """Read what some lines are."""
    return read_vcards("\n".join([*lines, ""]).encode(), 10)


def card(*lines: str) -> list[Contact]:
    """Return the contacts of the lines of one card."""
    return read("BEGIN:VCARD", *lines, "END:VCARD").contacts


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (b"", None),
        (b"FNBob", None),
        (b'FN"Bob"', None),
        (b":Bob", (b"", b"Bob")),
        (b"FN:", (b"FN", b"")),
        (b"FN:Bob:1", (b"FN", b"Bob:1")),
        (b'FN:"Bob":1', (b"FN", b'"Bob":1')),
        (b'"a:b":Bob', (b'"a:b"', b"Bob")),
        (b'FN;X="a:b":Bob', (b'FN;X="a:b"', b"Bob")),
        (b'FN;X="a:b";Y="c:d":Bob', (b'FN;X="a:b";Y="c:d"', b"Bob")),
        (b'FN;X="a:Bob', (b'FN;X="a', b"Bob")),
        (b'FN;X="a":', (b'FN;X="a"', b"")),
    ],
)
def test_before_and_after_the_colon(
    line: bytes, parts: tuple[bytes, bytes] | None
) -> None:
    """The first colon that is in no quotes, or the first where quotes do not end."""
    assert head_and_value(line) == parts


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", ""])
def test_ends_of_lines(end: str) -> None:
    """Lines end as on any system, the last one also with the file."""
    text = f"BEGIN:VCARD\r\nFN:Bob\r\rTEL:1\n\n \nEND:VCARD{end}"
    lines = [b"BEGIN:VCARD", b"FN:Bob", b"TEL:1", b"END:VCARD"]
    assert list(lines_of(text.encode())) == lines
    assert list(lines_of(f"a{end}".encode())) == [b"a"]
    assert list(lines_of(end.encode())) == []


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("begin:vcard", "B"),
        (" END:VCARD \t", "E"),
        ("END:VCARDBEGIN:VCARD", "EB"),
        ("END:VCARD BEGIN:VCARD  END:VCARDBEGIN:VCARD", "EBEB"),
        ("BEGIN:VCARD and more", "B"),
    ],
)
def test_marks(text: str, marks: str) -> None:
    """Where cards begin and end, also of several in one line."""
    found = [line[:1].decode() for line in lines_of(f"{text}\n".encode())]
    assert "".join(found) == marks


@pytest.mark.parametrize("character", ["ö", "€", "😀"])
def test_cut_off(character: str) -> None:
    """A file that ends in the midst of a character has lost no more than that."""
    octets = character.encode()
    text = b"BEGIN:VCARD\nTEL:1\nFN:Bob"
    for left in range(len(octets)):
        assert read_vcards(text + octets[:left], 10).contacts == [BOB]
    assert read_vcards(text + octets, 10).contacts[0].name == f"Bob{character}"
    # Elsewhere it is no end of a file: an old program wrote these octets.
    odd = read_vcards(text + octets[:1] + b"\nEND:VCARD", 10)
    assert odd.contacts[0].name == "Bob" + octets[:1].decode("cp1252")


def test_octets_of_no_character_set() -> None:
    """What not even Windows has is a blank, and leaves out nothing else."""
    data = b"BEGIN:VCARD\nFN:B\xe9b\x81b\nTEL:1\nEND:VCARD\n"
    assert read_vcards(data, 10).contacts == [Contact("B\xe9b b", ("1",))]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("FN:Bo", " b"), "Bob"),
        (("FN:Bo", "\tb"), "Bob"),
        (("FN:Bob", "  Example"), "Bob Example"),
        (("FN:A=", " B"), "A=B"),
        (("FN:A=", " 1"), "A=1"),
        (("FN:A=", " "), "A="),
        (("FN:A", " =B"), "A=B"),
        (("FN:A", " b", " c=", " D"), "Abc=D"),
        (("FN:A", " =", " B"), "A=B"),
        (("FN:A=",), "A="),
        (("X-A:1=", "FN:Bob"), "Bob"),
        ((f"{QUOTED}J=C3=", "=B6rg"), "Jörg"),
        ((f"{QUOTED}J=C3=", " =B6rg"), "Jörg"),
        ((f"{QUOTED}J=", "=C3=", "=B6rg"), "Jörg"),
        ((f"{QUOTED}J", " =C3=", " =B6rg"), "Jörg"),
        ((f"{QUOTED}J", " j", " =C3=", " =B6rg"), "Jjörg"),
        ((f"{QUOTED}A=3D=", "B"), "A=B"),
        (("fn;quoted-printable:J=C3=B6=", "rg"), "Jörg"),
        (("FN:J=C3=B6rg",), "J=C3=B6rg"),
    ],
)
def test_lines_that_go_on(lines: tuple[str, ...], name: str) -> None:
    """What was folded, or broken softly, is put together as it was."""
    assert card(*lines, "TEL:1") == [Contact(name, ("1",))]


def test_what_goes_on_from_nothing() -> None:
    """A file that begins with a blank, or goes on at its end, is read as it is."""
    assert read(" BEGIN:VCARD", "FN:Bob", "TEL:1").contacts == [BOB]
    assert read("BEGIN:VCARD", "TEL:1", f"{QUOTED}Bob=").contacts == [BOB]
    assert read("BEGIN:VCARD", "TEL:1", "FN:Bo", " b").contacts == [BOB]
    # The rest of a soft break is missing.
    broken = ["BEGIN:VCARD", "TEL:1", f"{QUOTED}Bob=", "END:VCARD"]
    assert read(*broken, *broken).contacts == [BOB, BOB]


@pytest.mark.parametrize("first", ["", "NOTE:x"])
def test_folded_at_the_limit(first: str) -> None:
    """Whatever goes on after 8 KiB is left out, what begins before them is whole."""
    head = "TEL;X="
    for octets, number in ((LIMIT, "12"), (LIMIT - 3, "1234")):
        long = head + "x" * (octets - len(head) - 1) + ":"
        lines = [f"{first} {number}" for number in range(3)] if first else []
        (contact,) = card("FN:Bob", *lines, long, " 12", " 34")
        assert contact.numbers == (number,)
    between = head + "x" * (LIMIT - len(head) - 1) + ":"
    (contact,) = card("FN:Bob", between, " " + "1" * 200, " 2")
    assert contact.numbers == ("1" * 200,)


@pytest.mark.parametrize("before", [[], ["X-A;QUOTED-PRINTABLE:a=", "b"]])
@pytest.mark.parametrize(("second", "name"), [(192, "Bob"), (193, None)])
def test_broken_at_the_limit(before: list[str], second: int, name: str | None) -> None:
    """So it is with soft breaks, for each line anew, also after the end of a card."""
    long = QUOTED + " " * (8000 - len(QUOTED) - 1) + "="
    lines = [*before, long, "_" + " " * (second - 2) + "=", "Bob", "TEL:1"]
    wanted = [Contact(f"_ {name}" if name else "_", ("1",))]
    assert card(*lines) == wanted
    whole = read("BEGIN:VCARD", f"{QUOTED}x=", "END:VCARD", "BEGIN:VCARD", *lines)
    assert whole.contacts == wanted


@pytest.mark.parametrize(
    ("lines", "contacts", "without"),
    [
        (["B", "B", "FN:Bob", "TEL:1", "E"], [BOB], (0, 0)),
        (["B", "FN:Eve", "B", "FN:Bob", "TEL:1", "E"], [BOB], (0, 1)),
        (["B", "TEL:2", "B", "FN:Bob", "TEL:1", "E"], [BOB], (1, 0)),
        (["B", "E", "B", "FN:Bob", "TEL:1", "E"], [BOB], (0, 1)),
        (["B", "FN:Bob", "TEL:1", "B", "FN:Bob", "TEL:1"], [BOB, BOB], (0, 0)),
        (["B", "FN:Bob", "TEL:1", "E", "E", "FN:Eve", "TEL:2"], [BOB], (0, 0)),
        # Of an assistant, within the card of whom they assist.
        (
            ["B", "FN:Bob", "AGENT:", "B", "FN:Eve", "TEL:2", "E", "TEL:1"],
            [BOB],
            (0, 0),
        ),
        (
            ["B", "FN:Bob", "AGENT:", "B", "AGENT:", "B", "E", "TEL:2", "E", "TEL:1"],
            [BOB],
            (0, 0),
        ),
        (
            ["B", "AGENT: ", "B", "TEL:2", "E", "FN:Bob", "TEL:1", "E", "B", "E"],
            [BOB],
            (0, 1),
        ),
        # Not so one that is told in a line, or of which something stands between.
        (
            ["B", "FN:Eve", "TEL:2", "AGENT:x", "B", "FN:Bob", "TEL:1"],
            [Contact("Eve", ("2",)), BOB],
            (0, 0),
        ),
        (
            ["B", "FN:Eve", "AGENT:", "TEL:2", "B", "FN:Bob", "TEL:1"],
            [Contact("Eve", ("2",)), BOB],
            (0, 0),
        ),
    ],
)
def test_cards_in_cards(
    lines: list[str], contacts: list[Contact], without: tuple[int, int]
) -> None:
    """Ends that are missing, and cards within cards, lose nobody and add nobody."""
    marks = {"B": "BEGIN:VCARD", "E": "END:VCARD"}
    found = read(*(marks.get(line, line) for line in lines))
    assert found == Vcards(contacts, *without)


def test_as_many_as_are_taken() -> None:
    """The others are counted, but for those of no use anyway."""
    one = ["BEGIN:VCARD", "FN:Bob", "TEL:1", "END:VCARD"]
    useless = ["BEGIN:VCARD", "FN:Bob", "END:VCARD"]
    data = "\n".join([*one, *one, *one, *useless]).encode()
    for at_most in (0, 1, 2, 3, 4):
        taken = min(at_most, 3)
        assert read_vcards(data, at_most) == Vcards([BOB] * taken, 0, 1, 3 - taken)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("FN:", "FN:Bob", "FN:Rob"), "Bob"),
        (("FN: ", "N:Example;Bob"), "Bob Example"),
        (("N:Example;Bob;M.;Dr.",), "Bob M. Example"),
        (("N:;Bob",), "Bob"),
        (("N:Example\\;Sons;Bob",), "Bob Example;Sons"),
        (("ORG:Bakery;Shop;",), "Bakery, Shop"),
        (("NICKNAME:Bobby\\, Rob", "X-NAME:Eve"), "Bobby, Rob"),
        (("NICKNAME:Bobby", "ORG:Bakery"), "Bakery"),
        (("FN:a\\nb\\Nc\\\\d\\xe",), "a b c\\dxe"),
    ],
)
def test_which_name(lines: tuple[str, ...], name: str) -> None:
    """As it is spoken; the first that says anything, and the best of its kind."""
    assert card(*lines, "TEL:1") == [Contact(name, ("1",))]


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("1", "1"),
        ("*1", "*1"),
        ("#1", "#1"),
        ("+1", "+1"),
        ("(1)", "(1)"),
        ("\u202a+1", "\u202a+1"),
        ("\u00a01", "1"),
        ("\u0661", "\u0661"),
        ("bob@example.com", "bob@example.com"),
        ("((", None),
        ("-1", None),
        ("bob", None),
        ("x1", None),
        ("", None),
    ],
)
def test_what_can_be_dialled(value: str, number: str | None) -> None:
    """What begins as a number does, behind brackets or marks, or an address."""
    (contact,) = card("FN:Bob", "TEL:7", f"TEL:{value}")
    assert contact.numbers == ("7", *filter(None, [number]))
