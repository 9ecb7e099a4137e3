"""What tests of renewals need: certificates about to expire, and servers in the way."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate

from custom_components.sip_account.login import certificate_data
from custom_components.sip_account.sip_settings import ClientCertificate
from demo import AccountBox
from demo.dialects import Answer
from demo.exchange import Exchange, Fault
from demo.issue_faults import ISSUE

from .support import ALICE

NAMES = ("crt", "get_crt")
# What a renewal by itself may note, whatever comes of it.
NOTES = {"renewal_try", "learned_actions", "unsupported_asked_at"}


def about_to_expire(box: AccountBox, days: int = 10) -> None:
    """Let Alice's certificate expire in some days."""
    box._certificates[ALICE] = box.platform.platform_certificate(
        ALICE, box.accounts[ALICE].email, now=box.now() - timedelta(days=3650 - days)
    )


def strong(box: AccountBox, common_name: str = ALICE, days: int = 10) -> dict[str, Any]:
    """Return how an entry keeps a strong certificate that expires in some days."""
    issued = box.platform.modern_certificate(
        common_name, not_after=box.now() + timedelta(days=days)
    )
    certificate = ClientCertificate.load(issued.crt())
    return {**certificate_data(certificate), "allow_weak_certificate": False}


def hand_out(box: AccountBox, fault: Fault | str) -> None:
    """Put something else in place of every new certificate."""
    for name in NAMES:
        box.faults.set(ALICE, name, ISSUE[fault] if isinstance(fault, str) else fault)


def named(common_name: str, age: timedelta = timedelta()) -> Fault:
    """Make a fault: a new certificate that names somebody, made a while ago.

    The clock of OpenSSL is nobody's to set.
    """

    async def fault(exchange: Exchange) -> Answer:
        issued = exchange.dialect.platform.platform_certificate(
            common_name, "alice@example.org", now=exchange.query.now - age
        )
        return Answer(issued.crt())

    return fault


def only(pem: str) -> Fault:
    """Make a fault: nobody is let in but who brings this certificate."""
    certificate = load_pem_x509_certificate(pem.encode())
    return let_in(lambda given: given == certificate.public_bytes(Encoding.DER))


def let_in(whom: Callable[[bytes | None], bool]) -> Fault:
    """Make a fault: certificates (DER) are refused unless `whom` says otherwise."""

    async def fault(exchange: Exchange) -> Answer:
        if whom(exchange.query.certificate):
            return exchange.answer()
        return Answer.of("X.509 Credentials error")

    return fault


def asked_for(box: AccountBox) -> int:
    """Return how many new certificates were asked for."""
    return sum(request.action == "get_crt" for request in box.requests)


def login_of(entry: Any) -> dict[str, Any]:
    """Return what an entry holds but for notes."""
    return {key: value for key, value in entry.data.items() if key not in NOTES}
