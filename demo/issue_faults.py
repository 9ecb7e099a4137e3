"""What goes wrong when a new certificate is asked for (wire contract §4.3).

All of it comes with status 200; the first five are the server's own.
"""

from collections.abc import Mapping

from .dialects import Answer
from .dialects.issuing import not_looked_up, refusal
from .exchange import Exchange, Fault
from .php import error_text
from .wire_faults import answer, printed

_KEY = b"-----BEGIN "  # the last block is the key
_FILE = {"Content-Type": "application/x-crt"}
_LOOK_UP = error_text("SipPort", "SOAP Fault", "1010", "Account not found")


def issued(exchange: Exchange, common_name: str) -> bytes:
    """Issue a certificate with its key, of whomever."""
    made = exchange.dialect.platform.platform_certificate(
        common_name, "somebody@example.org", now=exchange.query.now
    )
    return made.crt(traditional=False)


def _parts(exchange: Exchange) -> tuple[bytes, bytes]:
    """Issue a certificate of the account, and take it apart: itself, and its key."""
    address = exchange.account.sip_address if exchange.account else ""
    certificate, _, key = issued(exchange, address).rpartition(_KEY)
    return certificate, _KEY + key


async def without_its_key(exchange: Exchange) -> Answer:
    """Lose the second half of the file."""
    certificate, _ = _parts(exchange)
    return Answer(certificate, headers=_FILE)


async def with_another_key(exchange: Exchange) -> Answer:
    """Mix up two downloads."""
    certificate, _ = _parts(exchange)
    _, key = _parts(exchange)
    return Answer(certificate + key, headers=_FILE)


async def of_somebody_else(exchange: Exchange) -> Answer:
    """Hand out the certificate of another account."""
    return Answer(issued(exchange, "mallory@example.com"), headers=_FILE)


ISSUE: Mapping[str, Fault] = {
    "no_owner": answer(200),
    "no_email": answer(200, refusal(""), _FILE),
    "accented_email": answer(200, refusal("zoë@example.com"), _FILE),
    "not_looked_up": printed(not_looked_up(_LOOK_UP).body),
    "no_enrollment": answer(200, b"Error: missing enrollment settings", _FILE),
    "without_its_key": without_its_key,
    "with_another_key": with_another_key,
    "of_somebody_else": of_somebody_else,
}
