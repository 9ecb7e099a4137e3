"""A real CardDAV server beside the account in a box: Radicale, over TLS.

It keeps what it is given in a folder, and lets in whoever has the one password.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
import socket
import tempfile
import threading
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import radicale.app
import radicale.config
from radicale.server import ParallelHTTPSServer, RequestHandler

from .certificates import Authority, authority

USER = "erin"
PASSWORD = "a password of the address book"
_PROPERTIES = (
    '{{"tag": "VADDRESSBOOK", "D:displayname": "{0}"}}'  # how Radicale keeps them
)


def book_authority() -> Authority:
    """Give the authority of the server's certificate, which no system knows."""
    return authority("Example Clouds", "Example Address Book CA")


@dataclass
class AddressBooks:
    """The books of one person, and what was asked of them, as method and path."""

    folder: Path
    asked: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """The server's root."""
        return f"https://127.0.0.1:{self.port}/"

    def set_password(self, password: str) -> None:
        """Let in whoever has this password from now on."""
        (self.folder / "users").write_text(f"{USER}:{password}\n")

    def book(self, name: str) -> Path:
        """Make an address book; returns its folder."""
        folder = self.folder / "collections" / "collection-root" / USER / name
        folder.mkdir(parents=True, exist_ok=True)
        properties = folder / ".Radicale.props"
        properties.write_text(_PROPERTIES.format(name.title()))
        return folder

    def write(self, book: str, name: str, *numbers: str) -> None:
        """Write a card of somebody, in place of the one before."""
        told = "".join(f"TEL:{number}\r\n" for number in numbers)
        card = f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{name}\r\nFN:{name}\r\n{told}"
        path = self.book(book) / f"{quote(name)}.vcf"
        path.write_bytes(f"{card}END:VCARD\r\n".encode())

    def forget(self, book: str, name: str) -> None:
        """Take somebody's card away."""
        (self.book(book) / f"{quote(name)}.vcf").unlink()


@contextmanager
def address_books(folder: Path | None = None) -> Iterator[AddressBooks]:
    """Run the server in a thread, with what is kept in a folder or begins empty."""
    with tempfile.TemporaryDirectory() as made:
        root = folder or Path(made)
        books = AddressBooks(root)
        books.set_password(PASSWORD)
        configuration = _configuration(root)
        server = ParallelHTTPSServer(
            configuration, socket.AF_INET, ("127.0.0.1", 0), RequestHandler
        )
        server.set_app(_noting(books, radicale.app.Application(configuration)))
        books.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield books
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            for worker in server.worker_sockets:
                # It tells of its end by closing the other one of the pair.
                worker.recv(1)
                worker.close()


def _configuration(folder: Path) -> radicale.config.Configuration:
    certificate = folder / "server.pem"
    certificate.write_bytes(book_authority().server_certificate(["127.0.0.1"]).pem())
    told = radicale.config.load()
    told.update(
        {
            "server": {"certificate": str(certificate), "key": str(certificate)},
            "auth": {
                "type": "htpasswd",
                "htpasswd_filename": str(folder / "users"),
                "htpasswd_encryption": "plain",
                "delay": "0",
            },
            "rights": {"type": "owner_only"},
            "storage": {"filesystem_folder": str(folder / "collections")},
            "logging": {"level": "critical"},
        },
        "the demonstration",
    )
    return told


def _noting(books: AddressBooks, application: WSGIApplication) -> WSGIApplication:
    """Note what is asked before it is answered."""

    def answer(
        environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        books.asked.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        return application(environ, start_response)

    return answer
