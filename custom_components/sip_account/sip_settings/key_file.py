"""A certificate with its key, in a file that nobody else can read."""

import os
from pathlib import Path

from .credentials import ClientCertificate

_MODE = 0o600


def is_free(path: Path) -> bool:
    """Whether a new file can have this name, which not even a dead link has."""
    return path.parent.is_dir() and not path.exists() and not path.is_symlink()


def write_key_file(path: Path, certificate: ClientCertificate) -> None:
    """Write what stands between us and an account, never over anything.

    Raises OSError, and leaves nothing behind then.
    """
    content = certificate.certificate_pem + certificate.chain_pem + certificate.key_pem
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(content)
    except OSError:
        path.unlink(missing_ok=True)
        raise
