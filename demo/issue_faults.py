"""What goes wrong when a new certificate is asked for (wire contract §4.3).

All of it comes with status 200; the first five are the server's own.
"""

from collections.abc import Mapping

from .dialects import Answer
from .dialects.issuing import not_looked_up, refusal
from .exchange import Exchange, Fault
from .php import error_text
from .wire_faults import answer, printed

_FILE = {"Content-Type": "application/x-crt"}
_LOOK_UP = error_text("SipPort", "SOAP Fault", "1010", "Account not found")


def _remade(exchange: Exchange, common_name: str | None = None) -> bytes:
    """Issue a certificate with its key, of this account or of somebody else."""
    account = exchange.account
    name = common_name or (account.sip_address if account else "")
    issued = exchange.dialect.platform.platform_certificate(
        name, "somebody@example.org", now=exchange.query.now
    )
    return issued.crt(traditional=False)


async def without_its_key(exchange: Exchange) -> Answer:
    """Lose the second half of the file."""
    head, _, _ = exchange.answer().body.partition(b"-----BEGIN PRIVATE")
    return Answer(head, headers=_FILE)


async def with_another_key(exchange: Exchange) -> Answer:
    """Mix up two downloads."""
    head, _, _ = exchange.answer().body.partition(b"-----BEGIN PRIVATE")
    _, mark, tail = _remade(exchange).partition(b"-----BEGIN PRIVATE")
    return Answer(head + mark + tail, headers=_FILE)


async def of_somebody_else(exchange: Exchange) -> Answer:
    """Hand out the certificate of another account."""
    return Answer(_remade(exchange, "mallory@example.com"), headers=_FILE)


async def of_another_owner(exchange: Exchange) -> Answer:
    """Hand out the certificate of another owner."""
    return Answer(_remade(exchange, "987654"), headers=_FILE)


ISSUE: Mapping[str, Fault] = {
    "no_owner": answer(200),
    "no_email": answer(200, refusal(""), _FILE),
    "accented_email": answer(200, refusal("zoë@example.com"), _FILE),
    "not_looked_up": printed(not_looked_up(_LOOK_UP).body),
    "no_enrollment": answer(200, b"Error: missing enrollment settings", _FILE),
    "without_its_key": without_its_key,
    "with_another_key": with_another_key,
    "of_somebody_else": of_somebody_else,
    "of_another_owner": of_another_owner,
}
