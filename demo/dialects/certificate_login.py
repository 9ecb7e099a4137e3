"""Logging in with a client certificate, as the servers of all years do it (§4.2)."""

from collections.abc import Mapping
from typing import NoReturn

from cryptography.x509 import Certificate
from cryptography.x509.oid import NameOID

from .. import certificates
from ..accounts import Account
from .common import Answer, Query, RefusedError

# What is printed when no certificate came, and when it cannot be read: until
# September 2009, and since.
TEXTS_OF_2009 = (
    "Error: No X.509 Client Certificate provided\n",
    "Error: Failed to Parse Client Certificate\n",
)
TEXTS_SINCE = (
    "Error: No X.509 client certificate provided\n",
    "Error: Failed to parse X.509 client certificate\n",
)


class AccountCertificate:
    """Takes the certificate's common name for the SIP address, until May 2013."""

    def __init__(self, texts: tuple[str, str] = TEXTS_SINCE) -> None:
        """Choose the wording of the errors."""
        self._texts = texts

    def identify(self, query: Query, accounts: Mapping[str, Account]) -> Account:
        """Find the account; whatever else the request names is ignored."""
        address = _common_name(query, self._texts)
        if address.count("@") != 1:
            _refuse("No SIP address available")
        if (account := accounts.get(address)) is None:
            _refuse(
                "<p><font color=red>Error from https://ngnpro.example.com:9200/ngnpro/"
                f" (SipPort): SOAP Fault (1010): Account {address} not found</font>"
            )
        return account


class OwnerCertificate:
    """Takes the common name for the number of an owner, who names the account."""

    def identify(self, query: Query, accounts: Mapping[str, Account]) -> Account:
        """Find the account, which must belong to the certificate's owner."""
        owner = _common_name(query, TEXTS_SINCE)
        address = query.parameters.get("account", "")
        if not address:
            _refuse("Error, please specify an account")
        if address.count("@") != 1:
            _refuse("Invalid account provided")
        account = accounts.get(address)
        if account is None or str(account.owner_id) != owner:
            _refuse("")
        return account


def _common_name(query: Query, texts: tuple[str, str]) -> str:
    missing, unreadable = texts
    if query.certificate is None:
        _refuse(missing)
    try:
        certificate = certificates.parse(query.certificate)
    except ValueError:
        _refuse(unreadable)
    return _first_common_name(certificate)


def _first_common_name(certificate: Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


def _refuse(text: str) -> NoReturn:
    raise RefusedError(Answer.of(f"{text}X.509 Credentials error"))
