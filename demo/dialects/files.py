"""What the API hands out as files."""

from ..accounts import Account
from . import shapes
from .common import Answer


def history(account: Account, heading: str, at_most: int) -> Answer:
    """Print transactions that moved money as CSV, without any quoting (§2.7)."""
    lines = [heading]
    lines += [
        f"{number},{account.sip_address},{account.local(line.date)},{line.action},"
        f"{line.description},{line.value:.4f},{line.balance:.4f}"
        for number, line in enumerate(shapes.transactions(account, at_most), 1)
        if line.value
    ]
    content = "\n".join([*lines, ""]).encode()
    name = f"{account.sip_address}-prepaid-history"
    return _inline(name, "csv", "text/csv", content)


def download(name: str, kind: str, content: bytes) -> Answer:
    """Hand out a certificate; `kind` is `crt` or `p12` (§4.3)."""
    return _inline(name, kind, f"application/x-{kind}", content)


def _inline(name: str, extension: str, content_type: str, content: bytes) -> Answer:
    headers = {
        "Content-Type": content_type,
        "Content-Disposition": f"inline; filename={name}.{extension}",
    }
    return Answer(content, headers=headers)
