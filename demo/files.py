"""The files that a person may upload: certificates of the accounts in a box."""

from pathlib import Path

from .server import AccountBox


def write_files(box: AccountBox, folder: Path) -> None:
    """Write of each account all kinds of certificate, and whom to trust."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(folder / "authority.pem", box.authority_pem)
    for account in box.accounts.values():
        issued = box.certificate_for(account.sip_address)
        modern = box.platform.modern_certificate(account.sip_address, key="p256")
        owner = box.owner_certificate(account.sip_address)
        _write(folder / f"{account.user}-owner.crt", owner.crt(traditional=False))
        _write(folder / f"{account.user}.crt", issued.crt())
        _write(folder / f"{account.user}.p12", issued.p12_2009(account.password))
        _write(folder / f"{account.user}-modern.pem", modern.pem())
        _write(folder / f"{account.user}-modern.p12", modern.p12(account.password))


def _write(file: Path, content: bytes) -> None:
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_bytes(content)
