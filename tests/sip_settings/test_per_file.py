"""A web server that asks for the certificate only once it knows which file is wanted.

That is how the platform's Apache is set up (wire contract §4.1): TLS 1.2 negotiates
anew in mid-connection, TLS 1.3 authenticates after the handshake. Debian's Apache does
both; `scripts/test` installs it where it may.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
import os
from pathlib import Path
import shutil
import socket
import tempfile

import aiohttp
import pytest

from custom_components.sip_account.sip_settings import (
    ALIASES,
    CertificateError,
    ClientCertificate,
    Login,
    SipAddress,
    SipSettingsClient,
    SipSettingsError,
    TlsError,
    Trust,
    build_context,
    page_url,
)
from demo import AccountBox, IssuedCertificate
from tests.limits import LIMIT

APACHE = shutil.which("apache2") or shutil.which("apache2", path="/usr/sbin")
MODULES = Path("/usr/lib/apache2/modules")
ALICE = "alice@example.com"

pytestmark = pytest.mark.skipif(
    APACHE is None, reason="needs Debian's apache2-bin (scripts/test gets it as root)"
)

CONFIGURATION = """
ServerRoot "{folder}"
ServerName localhost
PidFile "{folder}/pid"
Listen 127.0.0.1:{port}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule ssl_module {modules}/mod_ssl.so
User www-data
Group www-data
ErrorLog "{folder}/error.log"
DocumentRoot "{folder}/pages"
SSLEngine on
SSLProtocol {protocol}
SSLCipherSuite DEFAULT:@SECLEVEL=0
SSLCertificateFile "{folder}/server.pem"
SSLCACertificateFile "{folder}/platform.pem"
<Files "settings.phtml">
  SSLVerifyClient require
  SSLVerifyDepth 1
</Files>
"""


@asynccontextmanager
async def apache(box: AccountBox, protocol: str) -> AsyncIterator[str]:
    """Run Apache with a settings page that is a file; yields the page's address."""
    with tempfile.TemporaryDirectory() as name, socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
        found.close()
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "pages").mkdir()
        (folder / "pages" / "settings.phtml").write_text('["info@example.com"]')
        server = box.server_authority.server_certificate()
        (folder / "server.pem").write_bytes(server.chain_pem())
        (folder / "platform.pem").write_bytes(box.platform.certificate_pem)
        (folder / "apache.conf").write_text(
            CONFIGURATION.format(
                folder=folder, port=port, modules=MODULES, protocol=protocol
            )
        )
        process = await asyncio.create_subprocess_exec(
            str(APACHE),
            *("-f", str(folder / "apache.conf"), "-DFOREGROUND"),
            env={**os.environ, "TZ": "UTC"},
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            await _wait_for(port, process)
            yield f"https://127.0.0.1:{port}/settings.phtml"
        finally:
            process.terminate()
            await process.wait()


async def _wait_for(port: int, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(LIMIT):
        while True:
            assert process.returncode is None
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


def client(
    box: AccountBox,
    session: aiohttp.ClientSession,
    url: str,
    issued: IssuedCertificate | None,
) -> SipSettingsClient:
    """Make a client with a certificate."""
    certificate = ClientCertificate.load(issued.crt()) if issued else None
    trust = Trust.from_authority_file(box.authority_pem)
    context = build_context(certificate, trust, allow_weak=True)
    login = Login(SipAddress.parse(ALICE))
    return SipSettingsClient(session, page_url(url), login, context, time_limit=10)


@pytest.mark.parametrize("protocol", ["TLSv1.2", "TLSv1.3"])
@pytest.mark.parametrize(
    "issue",
    [
        pytest.param(lambda box: box.certificate_for(ALICE), id="platform"),
        pytest.param(
            lambda box: box.platform.modern_certificate(ALICE, key="p256"), id="modern"
        ),
    ],
)
async def test_certificate_after_request(
    box: AccountBox,
    session: aiohttp.ClientSession,
    protocol: str,
    issue: Callable[[AccountBox], IssuedCertificate],
) -> None:
    """The account is read, on a new connection and on one that is kept."""
    async with apache(box, protocol) as url:
        reader = client(box, session, url, issue(box))
        for _ in range(3):
            assert await reader.read(ALIASES) == ("info@example.com",)


@pytest.mark.parametrize("protocol", ["TLSv1.2", "TLSv1.3"])
async def test_refused_after_request(
    box: AccountBox, session: aiohttp.ClientSession, protocol: str
) -> None:
    """A foreign certificate is named by the alert that comes with the first read."""
    async with apache(box, protocol) as url:
        foreign = box.foreign.modern_certificate(ALICE, key="p256")
        with pytest.raises(CertificateError) as caught:
            await client(box, session, url, foreign).read(ALIASES)
        assert caught.value.certain


@pytest.mark.parametrize(
    ("protocol", "error"), [("TLSv1.2", TlsError), ("TLSv1.3", CertificateError)]
)
async def test_missing_after_request(
    box: AccountBox,
    session: aiohttp.ClientSession,
    protocol: str,
    error: type[SipSettingsError],
) -> None:
    """Who comes without is refused; TLS 1.2 has no word for the reason."""
    async with apache(box, protocol) as url:
        with pytest.raises(error):
            await client(box, session, url, None).read(ALIASES)
