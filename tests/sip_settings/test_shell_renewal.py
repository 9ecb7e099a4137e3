"""`scripts/account --renew FILE`: a new certificate in a file of its own."""

from pathlib import Path
import resource
import stat

import pytest

from custom_components.sip_account.sip_settings import ClientCertificate
from demo import AccountBox
from demo.issue_faults import ISSUE
from tests.faults.document import exit_status
from tests.faults.issue_table import ISSUE_FAULTS, IssueFault

from .test_shell import ALICE, Shell


@pytest.fixture
def shell(box: AccountBox, tmp_path: Path) -> Shell:
    """Give a shell."""
    return Shell(box, tmp_path)


async def test_renewed(shell: Shell) -> None:
    """The file opens the account, nobody else can read it, nothing secret is told."""
    file = shell.folder / "new.crt"
    status, answer = await shell.by_certificate(ALICE, "--renew", str(file))
    assert status == 0
    told = answer["actions"]["renew"]
    assert told["status"] == "ok"
    assert told["value"]["opens"] == "the account"
    assert told["value"]["key_bits"] == 1024
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    new = ClientCertificate.load(file.read_bytes())
    old = ClientCertificate.load((shell.folder / "account.crt").read_bytes())
    assert new.key_pem != old.key_pem
    status, answer = await shell.look(
        "/settings.phtml",
        *("--certificate", str(file), "--allow-weak-certificate", "account"),
    )
    assert status == 0


async def test_by_password(shell: Shell) -> None:
    """An owner's certificate opens more, and is said to."""
    file = shell.folder / "new.crt"
    password = shell.file("password", shell.box.accounts[ALICE].password.encode())
    login = ("--account", ALICE, "--password-file", password, "--renew", str(file))
    status, answer = await shell.look("/owner-either/settings.phtml", *login)
    assert status == 1
    assert "must be allowed" in answer["actions"]["renew"]["message"]
    assert not file.exists()
    assert not shell.box.requests
    status, answer = await shell.look(
        "/owner-either/settings.phtml", *login, "--allow-weak-certificate"
    )
    assert status == 0
    assert answer["actions"]["renew"]["value"]["opens"] == "all accounts of the owner"
    assert file.exists()


@pytest.mark.parametrize("kind", ["file", "dead link", "no folder"])
async def test_never_over_anything(shell: Shell, kind: str) -> None:
    """What is there stays, and no certificate is asked for."""
    file = shell.folder / "there.crt"
    if kind == "file":
        file.write_text("mine")
    elif kind == "dead link":
        file.symlink_to(shell.folder / "nowhere")
    else:
        file = shell.folder / "none" / "there.crt"
    certificate = shell.file("a.crt", shell.box.certificate_for(ALICE).crt())
    status, out, err = await shell.run(
        *("--server", "https://127.0.0.1:1/settings.phtml"),
        *("--certificate", certificate, "--renew", str(file)),
    )
    assert (status, out) == (2, "")
    assert "cannot be made" in err
    assert not shell.box.requests
    if kind == "file":
        assert file.read_text() == "mine"


async def test_cannot_be_written(shell: Shell) -> None:
    """Nobody is asked for what could not be kept."""
    status, answer = await shell.by_certificate(ALICE, "--renew", "/proc/new.crt")
    assert status == 1
    assert answer["actions"]["renew"]["error"] == "file"
    assert not shell.box.requests


async def test_no_room(shell: Shell) -> None:
    """A disk that is full is found out beforehand, too, and nothing is left on it."""
    file = shell.folder / "new.crt"
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limit[1]))
    try:
        status, answer = await shell.by_certificate(ALICE, "--renew", str(file))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert status == 1
    assert answer["actions"]["renew"]["error"] == "file"
    assert not shell.box.requests
    assert not file.exists()


@pytest.mark.parametrize("fault", ISSUE_FAULTS, ids=lambda fault: fault.name)
async def test_fault(shell: Shell, fault: IssueFault) -> None:
    """The kind is named; there is no file."""
    for name in ("crt", "get_crt"):
        shell.box.faults.set("*", name, ISSUE[fault.name])
    file = shell.folder / "new.crt"
    status, answer = await shell.by_certificate(ALICE, "--renew", str(file))
    assert status == exit_status(fault.kind)
    assert answer["actions"]["renew"]["error"] == fault.kind
    assert not file.exists()
