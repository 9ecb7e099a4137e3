"""What a person writes at a shell, and the file that a new certificate goes into."""

from contextlib import suppress
import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.sip_account.sip_settings import (
    CATALOGUE,
    ClientCertificate,
    SipAddress,
    Trust,
    __main__ as shell,
)
from custom_components.sip_account.sip_settings.key_file import is_free, new_key_file
from demo import AccountBox
from demo.certificates import authority
from demo.dialects import Answer
from demo.exchange import Exchange

PLATFORM = authority("Example Platform", "Example Platform CA")
SERVER = ("--server", "https://sip.example.com")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder to be in, with a password file in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pw").write_text("secret\nsomething else\n", "utf-8")
    return tmp_path


def _parsed(*arguments: str) -> shell.Request:
    login = ("--account", "alice@example.com", "--password-file", "pw")
    return shell.parse_arguments([*SERVER, *login, *arguments])


def _complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as caught:
        shell.parse_arguments([*SERVER, *arguments])
    assert caught.value.code == 2
    return capsys.readouterr().err


def test_least(folder: Path) -> None:
    """Without more words everything is asked for, and nothing is allowed."""
    request = _parsed()
    assert str(request.url) == "https://sip.example.com/settings.phtml"
    assert request.trust == Trust()
    assert request.address == SipAddress("alice", "example.com")
    assert request.certificate is None
    assert request.key is None
    assert request.allow_weak is False
    assert request.actions == tuple(CATALOGUE)
    assert request.time_zone is None
    assert request.renew is None


def test_most(folder: Path) -> None:
    """Each file is read, and each action asked for once, in the order given."""
    for name in ("cert", "key"):
        (folder / name).write_bytes(name.encode())
    (folder / "ca").write_bytes(PLATFORM.certificate_pem)
    request = _parsed(
        *("--certificate", "cert", "--key", "key", "--trust", "ca"),
        *("--allow-weak-certificate", "--time-zone", "Europe/Amsterdam"),
        *("enum", "calls", "enum"),
    )
    assert (request.certificate, request.key) == (b"cert", b"key")
    assert request.trust == Trust(authority=PLATFORM.certificate_pem.decode())
    assert request.allow_weak is True
    assert request.actions == ("enum", "calls")
    assert str(request.time_zone) == "Europe/Amsterdam"


@pytest.mark.parametrize(
    ("content", "password"),
    [("secret\nmore\n", "secret"), ("secret", "secret"), ("\nmore", ""), ("", "")],
)
def test_first_line_is_the_password(folder: Path, content: str, password: str) -> None:
    """Whatever stands below it is none of it; an empty file is an empty password."""
    (folder / "pw").write_text(content, "utf-8")
    assert _parsed().password == password


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ((), "give --certificate, or --account"),
        (("--account", "alice@example.com"), "give --certificate, or --account"),
        (("--password-file", "pw"), "give --certificate, or --account"),
        (("--certificate", "pw", "nonsense", "calls"), "unknown action 'nonsense'"),
        (("--certificate", "pw", "calls", "nonsense"), "unknown action 'nonsense'"),
        (("--certificate", "pw", "nonsense", "more"), "unknown action 'nonsense'"),
        (("--certificate", "pw", "--renew", "new", "calls"), "--renew reads no"),
        (("--certificate", "pw", "--renew", "pw"), "pw cannot be made"),
        (("--certificate", "missing"), "cannot read missing"),
        (("--certificate", "pw", "--trust", "pw"), "holds no certificate"),
        (("--certificate", "pw", "--account", "alice"), "user@domain"),
        (("--certificate", "pw", "--time-zone", "No/Where"), "no such time zone"),
    ],
)
def test_what_makes_no_sense(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    hint: str,
) -> None:
    """Each mistake is named, and ends the program with status 2."""
    assert hint in _complaint(capsys, *arguments)


def test_password_file_of_octets(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is no text is no password."""
    (folder / "pw").write_bytes(b"\xff\xfe")
    login = ("--account", "alice@example.com", "--password-file", "pw")
    assert "not UTF-8" in _complaint(capsys, *login)


def test_certificate_needs_no_account(folder: Path) -> None:
    """A certificate may name its account; a new one may be asked for with it."""
    arguments = [*SERVER, "--certificate", "pw", "--renew", "new"]
    request = shell.parse_arguments(arguments)
    assert (request.address, request.password) == (None, None)
    assert request.renew == Path("new")


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        ([], 0),
        ([None], 0),
        ([None, "backend"], 1),
        (["reply", "unsupported"], 1),
        (["backend", "timeout"], 4),
        (["connection"], 4),
        (["tls", None], 4),
        (["timeout", "authentication"], 3),
        (["certificate", "backend", "connection"], 3),
    ],
)
def test_exit_status(kinds: list[str | None], status: int) -> None:
    """A refusal tells more than a line that is down, and that more than one action."""
    results: dict[str, dict[str, object]] = {
        str(number): {"status": "error", "error": kind} if kind else {"status": "ok"}
        for number, kind in enumerate(kinds)
    }
    assert shell.exit_status(results) == status


async def _run(box: AccountBox, *arguments: str) -> dict[str, Any]:
    """Look at an account with the platform's own certificate."""
    url = f"https://127.0.0.1:{box.port}/settings.phtml"
    Path("ca").write_bytes(box.authority_pem)
    Path("crt").write_bytes(box.certificate_for("alice@example.com").crt())
    told: dict[str, Any] = await shell.look(
        shell.parse_arguments(
            [
                *("--server", url, "--certificate", "crt", "--trust", "ca"),
                *("--allow-weak-certificate", *arguments),
            ]
        )
    )
    return told


async def test_in_the_order_asked_for(box: AccountBox, folder: Path) -> None:
    """What is told has the order of what was asked for, and the account's name."""
    told = await _run(box, "reject", "aliases", "account")
    assert told["account"] == "alice@example.com"
    assert list(told["actions"]) == ["reject", "aliases", "account"]
    assert "time_zone" not in told
    assert "not_understood" not in told["actions"]["aliases"]


async def test_what_was_not_understood(box: AccountBox, folder: Path) -> None:
    """Items that are odd are counted beside what the others tell."""

    async def odd(exchange: Exchange) -> Answer:
        items = [*json.loads(exchange.answer().body), 1, 2]
        return Answer(json.dumps(items).encode())

    box.faults.set("*", "aliases", odd)
    told = (await _run(box, "aliases"))["actions"]["aliases"]
    assert told["status"] == "ok"
    assert told["not_understood"] == 2


def _certificate() -> ClientCertificate:
    issued = PLATFORM.intermediate().modern_certificate("alice@example.com", key="p256")
    return ClientCertificate.load(issued.chain_pem())


def test_file_of_a_key(folder: Path) -> None:
    """It is nobody else's, has room beforehand, and holds no more than is written."""
    path, certificate = folder / "new.crt", _certificate()
    with new_key_file(path) as write:
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.stat().st_size == 64 * 1024
        write(certificate)
    assert path.read_text("ascii") == (
        certificate.certificate_pem + certificate.chain_pem + certificate.key_pem
    )


def test_file_that_is_not_needed(folder: Path) -> None:
    """What was not written leaves no file; what was written stays, whatever follows."""
    path = folder / "new.crt"
    with new_key_file(path):
        assert path.exists()
    assert not path.exists()
    with pytest.raises(ArithmeticError), new_key_file(path):
        raise ArithmeticError
    assert not path.exists()
    with suppress(ArithmeticError), new_key_file(path) as write:
        write(_certificate())
        raise ArithmeticError
    assert path.exists()
    with pytest.raises(FileExistsError), new_key_file(path):
        pass
    assert path.exists()


def test_free_names(folder: Path) -> None:
    """A name is free in a folder that there is, where nothing has it."""
    (folder / "dead").symlink_to(folder / "nowhere")
    names = ["new", "pw", "dead", "none/new", "."]
    assert [is_free(folder / name) for name in names] == [True, *[False] * 4]


def test_output(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One object of JSON in lines, in the letters of its own language."""

    async def look(request: shell.Request) -> dict[str, object]:
        return {"account": "zoë", "actions": {"enum": {"status": "none"}}}

    monkeypatch.setattr(shell, "look", look)
    login = ("--account", "alice@example.com", "--password-file", "pw")
    assert shell.main([*SERVER, *login]) == 0
    out = capsys.readouterr().out
    assert out.startswith('{\n  "account": "zoë",\n  "actions": {\n    "enum"')
    assert json.loads(out)["actions"] == {"enum": {"status": "none"}}
