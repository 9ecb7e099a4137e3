"""What is read of the XML of WebDAV, to the very element."""

from contextlib import nullcontext

import pytest

from custom_components.sip_account.address_book.dav import CARDDAV, DAV, members_of
from custom_components.sip_account.address_book.problems import BookError, Problem

KIND = f"{CARDDAV}addressbook"


def _body(inside: str, root: str = "multistatus") -> bytes:
    return (
        f'<d:{root} xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav">'
        f"{inside}</d:{root}>"
    ).encode()


def _prop(inside: str, status: str | None = "HTTP/1.1 200 OK") -> str:
    """Return what is told with a status, or without one."""
    said = "" if status is None else f"<d:status>{status}</d:status>"
    return f"<d:propstat><d:prop>{inside}</d:prop>{said}</d:propstat>"


def _response(inside: str, href: str = "/a.vcf") -> str:
    return f"<d:response><d:href>{href}</d:href>{inside}</d:response>"


def _hrefs(body: bytes) -> list[str]:
    return [member.href for member in members_of(body)]


@pytest.mark.parametrize(
    "around",
    [
        "<d:a><d:href>/b.vcf</d:href></d:a>",
        "<d:z><d:href>/b.vcf</d:href></d:z>",
        "<c:response><d:href>/b.vcf</d:href></c:response>",
        "<d:responsedescription>No more</d:responsedescription>",
        "<d:response/>",
        "<d:response><d:href> </d:href></d:response>",
        "<d:response><d:a>/b.vcf</d:a><d:z>/b.vcf</d:z></d:response>",
    ],
)
def test_what_tells_of_no_resource(around: str) -> None:
    """Other elements are passed over, before a response and behind it."""
    told = _response("")
    assert _hrefs(_body(around + told)) == ["/a.vcf"]
    assert _hrefs(_body(told + around)) == ["/a.vcf"]


def test_first_of_two() -> None:
    """Of two addresses of one resource the first is its own, whatever is beside it."""
    inside = "<d:a>1</d:a><d:z>2</d:z><d:href> /a.vcf </d:href><d:href>/b.vcf</d:href>"
    assert _hrefs(_body(f"<d:response>{inside}</d:response>")) == ["/a.vcf"]


@pytest.mark.parametrize("root", ["a", "z", "response", "Multistatus"])
def test_another_document(root: str) -> None:
    """What is no multistatus is not read, though responses are in it."""
    with pytest.raises(BookError) as caught:
        members_of(_body(_response(""), root))
    assert caught.value.problem is Problem.UNREADABLE


@pytest.mark.parametrize(
    ("told", "etag"),
    [
        (_prop("<d:getetag> 1 </d:getetag>"), "1"),
        (_prop("<d:getetag>1</d:getetag>", None), "1"),
        (_prop("<d:getetag>1</d:getetag>", "HTTP/1.1 404 Not Found"), ""),
        (_prop("<d:getetag>1</d:getetag>", "HTTP/1.1 403 Forbidden"), ""),
        ("<d:propstat><d:status>HTTP/1.1 200 OK</d:status></d:propstat>", ""),
        ("<d:propstat/>", ""),
        (f"<d:a>{_prop('<d:getetag>1</d:getetag>')}</d:a>", ""),
        ("<d:a><d:prop><d:getetag>1</d:getetag></d:prop></d:a>", ""),
        ("<d:z><d:prop><d:getetag>1</d:getetag></d:prop></d:z>", ""),
        (_prop("<d:a>1</d:a><d:z>1</d:z>"), ""),
        (
            _prop("<d:getetag>1</d:getetag>")
            + _prop("<d:getetag>2</d:getetag>", "HTTP/1.1 404 Not Found"),
            "1",
        ),
        (_prop("<d:a>1</d:a>") + _prop("<d:getetag>2</d:getetag>"), "2"),
        ("", ""),
    ],
)
def test_which_properties_there_are(told: str, etag: str) -> None:
    """Only what is told without a status, or with that of success."""
    (member,) = members_of(_body(_response(told)))
    assert member.text(f"{DAV}getetag") == etag


@pytest.mark.parametrize(
    ("told", "is_book", "home"),
    [
        ("<d:resourcetype><d:collection/><c:addressbook/></d:resourcetype>", True, ""),
        ("<d:resourcetype><d:collection/></d:resourcetype>", False, ""),
        ("<d:resourcetype/>", False, ""),
        ("<c:addressbook/>", False, ""),
        ("<d:owner><d:href> /erin/ </d:href></d:owner>", False, "/erin/"),
        ("<d:owner><d:a>/a/</d:a><d:z>/z/</d:z></d:owner>", False, ""),
        ("<d:owner>/erin/</d:owner>", False, ""),
        ("", False, ""),
    ],
)
def test_kind_and_address(told: str, is_book: bool, home: str) -> None:
    """A resource is of the kinds that it names; an address stands in its element."""
    (member,) = members_of(_body(_response(_prop(told))))
    assert member.is_kind(KIND) is is_book
    assert member.href_in(f"{DAV}owner") == home


def test_what_xml_cannot_say() -> None:
    """Characters that XML knows not are left out, and no others."""
    odd = "".join(map(chr, set(range(32)) - {9, 10, 13}))
    told = _prop(f"<d:getetag>a{odd}b\tc\nd e!</d:getetag>")
    (member,) = members_of(_body(_response(told)))
    assert member.text(f"{DAV}getetag") == "ab\tc\nd e!"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be"])
def test_wide_characters(encoding: str) -> None:
    """An answer in another encoding that names itself is read as well."""
    text = _body(_response("", "/Zoë.vcf")).decode()
    mark = "" if encoding == "utf-8-sig" else "\ufeff"
    assert _hrefs((mark + text).encode(encoding)) == ["/Zoë.vcf"]


@pytest.mark.parametrize(("more", "whole"), [(1998, True), (1999, False)])
@pytest.mark.parametrize("deep", [False, True])
def test_parts_of_one_response(more: int, whole: bool, deep: bool) -> None:
    """Each response has 2,000 parts at most, and each begins anew."""
    parts = "<d:a>" * more + "</d:a>" * more if deep else "<d:a/>" * more
    body = _body(_response("<d:a/>" * 1000) * 2 + _response(parts))
    with nullcontext() if whole else pytest.raises(BookError):
        assert _hrefs(body) == ["/a.vcf"] * 3


@pytest.mark.parametrize("count", [1, 10_000])
def test_long_answer(count: int) -> None:
    """Only one tag is too long, never the answer as such; what was told is let go."""
    assert _hrefs(_body(_response("<d:a>" + "x" * 20 + "</d:a>") * count)) == (
        ["/a.vcf"] * count
    )


@pytest.mark.parametrize("lost", [1, len("</d:multistatus>")])
def test_end_that_is_missing(lost: int) -> None:
    """An answer that was cut off is none, also where all its responses are there."""
    with pytest.raises(BookError) as caught:
        members_of(_body(_response(""))[:-lost])
    assert caught.value.problem is Problem.UNREADABLE


@pytest.mark.parametrize("before", [0, 300_000, 600_000])
@pytest.mark.parametrize(("length", "fits"), [(190_000, True), (340_000, False)])
def test_long_comment(before: int, length: int, fits: bool) -> None:
    """One piece of markup has 256 KiB at most, wherever it stands."""
    filling = "<!--x-->" * (before // 8)
    body = _body(f"{filling}{_response('')}<!--{'x' * length}-->{_response('')}")
    if fits:
        assert _hrefs(body) == ["/a.vcf", "/a.vcf"]
    else:
        with pytest.raises(BookError):
            _hrefs(body)
