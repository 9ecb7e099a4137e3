"""A certificate with its key, in a file that nobody else can read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
import os
from pathlib import Path

from .credentials import ClientCertificate

_MODE = 0o600
# Octets: more than a certificate with its chain and key has.
_ROOM = 64 * 1024


def is_free(path: Path) -> bool:
    """Whether a new file can have this name, which not even a dead link has."""
    return path.parent.is_dir() and not path.exists() and not path.is_symlink()


@contextmanager
def new_key_file(path: Path) -> Iterator[Callable[[ClientCertificate], None]]:
    """Make a file that has room, never over anything; yields what writes into it.

    So that nothing is asked for that cannot be kept. Raises OSError; what was not
    written leaves nothing behind.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    written = False
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(bytes(_ROOM))
            file.flush()

            def write(certificate: ClientCertificate) -> None:
                nonlocal written
                pem = certificate.certificate_pem + certificate.chain_pem
                file.seek(0)
                file.write((pem + certificate.key_pem).encode("ascii"))
                file.truncate()
                file.flush()
                written = True

            yield write
    finally:
        if not written:
            path.unlink(missing_ok=True)
