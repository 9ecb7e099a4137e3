"""New certificates to whoever is logged in, by whichever way (wire contract §4.3)."""

from ..accounts import Account
from ..certificates import Authority
from ..issued import IssuedCertificate
from ..php import row_error
from . import files
from .common import Answer, Query

# What OpenSSL says of an e-mail address that no certificate can hold.
_TOO_SHORT = (
    "error:0D07A098:asn1 encoding routines:ASN1_mbstring_ncopy:string too short"
)
_NOT_ASCII = "error:0D07A07C:asn1 encoding routines:ASN1_mbstring_ncopy:illegal chars"


class Issuer:
    """Hands out certificates that name the account, or since 2013 its owner.

    Names begin with `get_` since 30 September 2009. Every certificate comes with a key
    of its own; the ones before go on working.
    """

    def __init__(
        self, platform: Authority, *, of_owner: bool = False, prefix: str = "get_"
    ) -> None:
        """Issue what `platform` signs."""
        self._platform = platform
        self._of_owner = of_owner
        self._old = prefix == ""
        self._actions = {f"{prefix}{kind}": kind for kind in ("crt", "p12")}

    def answer(self, account: Account, query: Query) -> Answer | None:
        """Hand out a file; None where something else is asked for."""
        kind = self._actions.get(query.action)
        if kind is None:
            return None
        if self._of_owner and not account.owner_id:
            return Answer()
        name = (
            f"sipthor-owner-certificate-{account.owner_id}"
            if self._of_owner
            else account.sip_address
        )
        if not account.email or not account.email.isascii():
            return files.download(name, kind, refusal(account.email))
        issued = self._issue(account, query)
        if kind == "crt":
            return files.download(name, kind, issued.crt(traditional=self._old))
        password = account.password
        content = issued.p12_2009(password) if self._old else issued.p12(password)
        return files.download(name, kind, content)

    def _issue(self, account: Account, query: Query) -> IssuedCertificate:
        named = str(account.owner_id) if self._of_owner else account.sip_address
        return self._platform.platform_certificate(named, account.email, now=query.now)


def refusal(email: str) -> bytes:
    """Print OpenSSL's words about an e-mail address, as the file."""
    words = _NOT_ASCII if email else _TOO_SHORT
    return f"{words}\n<br><br>".encode()


def not_looked_up(error: str) -> Answer:
    """Print the error of a look-up that failed."""
    return Answer.of(row_error(error))
