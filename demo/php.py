"""What PHP prints: JSON, HTML error blocks and pages (wire contract §0, §3)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
import json

type Json = (
    str | int | float | Decimal | bool | Mapping[str, Json] | Sequence[Json] | None
)


def json_encode(value: Json) -> str:
    r"""Print a value as PHP's `json_encode` does.

    `/` becomes `\/`, everything but ASCII `\uXXXX`, a float without a fraction an
    integer; `<` and `>` stay. Text that is not valid UTF-8 (held as lone
    surrogates) makes the whole answer empty (wire contract §2.0).
    """
    try:
        return _encode(value)
    except UnicodeEncodeError:
        return ""


def _encode(value: Json) -> str:
    match value:
        case None | bool() | int():
            return json.dumps(value)
        case float() | Decimal():
            return _number(float(value))
        case str():
            value.encode()
            return json.dumps(value).replace("/", r"\/")
        case Mapping():
            members = (f"{_encode(key)}:{_encode(item)}" for key, item in value.items())
            return f"{{{','.join(members)}}}"
        case _:
            return f"[{','.join(_encode(item) for item in value)}]"


def _number(value: float) -> str:
    if value.is_integer():
        return str(int(value))
    mantissa, _, exponent = repr(value).partition("e")
    if not exponent:
        return mantissa
    if "." not in mantissa:
        mantissa += ".0"
    return f"{mantissa}e{int(exponent):+d}"


def error_text(port: str, message: str, code: str = "", text: str = "") -> str:
    """Spell the one stable error; transport errors have no code and text (§3)."""
    return f"Error ({port}): {message} ({code}): {text}"


def paragraph_error(error: str) -> str:
    """Print an error as all of 2009 did, and some of today still does (§3 item 1)."""
    return f"<p><font color=red>{error}</font>"


def row_error(error: str) -> str:
    """Print an error as most of today does (§3 item 2)."""
    return (
        "<div class=row-fluid><div class=span12>"
        f"<span class='alert alert-error'>{error}</span></div></div>\n"
    )


def warnings(count: int) -> str:
    """Print warnings as PHP does with `display_errors` on (§3 item 8)."""
    warning = (
        "<br />\n<b>Warning</b>:  Undefined array key {0} in "
        "<b>/var/www/CDRTool/library/sip_settings.php</b> on line <b>{0}</b><br />\n"
    )
    return "".join(warning.format(line) for line in range(100, 100 + count))


def page_header(title: str = "SIP Settings") -> str:
    """Print the beginning of a page, about 1.7 kB, as the site does without templates.

    It precedes the answer to an action that today's server does not know (§1.1).
    """
    links = "".join(
        f'<link rel="stylesheet" type="text/css" href="stylesheets/sheet{n:02}.css">\n'
        for n in range(12)
    )
    scripts = "".join(
        f'<script type="text/javascript" src="javascript/script{n:02}.js"></script>\n'
        for n in range(9)
    )
    return (
        "<!DOCTYPE html>\n<html>\n<head>\n"
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n'
        f"<title>{title}</title>\n{links}{scripts}</head>\n<body>\n"
        "<div class=container-fluid>\n<div class=row-fluid>\n"
    )


def page(title: str, content: str) -> str:
    """Print a whole page."""
    return f"{page_header(title)}{content}</div>\n</div>\n</body>\n</html>\n"
