"""`scripts/account`: the client as a program of its own, without Home Assistant."""

import asyncio
from datetime import datetime
import json
from pathlib import Path
import sys
from typing import Any

import pytest

from custom_components.sip_account.sip_settings import CATALOGUE
from demo import AccountBox
from demo.dialects import DIALECTS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "custom_components" / "sip_account"
# Where scripts/setup has made it, the environment that holds no Home Assistant.
APART = ROOT / ".venvs" / "account" / "bin" / "python"
PYTHON = str(APART if APART.exists() else sys.executable)
ALICE = "alice@example.com"


class Shell:
    """Somebody at a shell, with files of their own."""

    def __init__(self, box: AccountBox, folder: Path) -> None:
        self.box = box
        self.folder = folder
        self.trust = self.file("authority.pem", box.authority_pem)

    def file(self, name: str, content: bytes) -> str:
        """Write a file; returns its path."""
        (self.folder / name).write_bytes(content)
        return str(self.folder / name)

    async def run(self, *arguments: str) -> tuple[int, str, str]:
        """Run the program; returns exit status, output and complaints."""
        process = await asyncio.create_subprocess_exec(
            PYTHON,
            str(ROOT / "scripts" / "account.py"),
            *arguments,
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate()
        assert process.returncode is not None
        return process.returncode, out.decode(), err.decode()

    async def look(self, path: str, *arguments: str) -> tuple[int, dict[str, Any]]:
        """Look at an account of the box; returns exit status and the answer."""
        url = f"https://127.0.0.1:{self.box.port}{path}"
        status, out, err = await self.run(
            "--server", url, "--trust", self.trust, *arguments
        )
        for secret in ("-secret", "PRIVATE KEY", *self._pins()):
            assert secret not in out + err
        return status, json.loads(out)

    async def by_certificate(
        self, address: str, *arguments: str
    ) -> tuple[int, dict[str, Any]]:
        """Look with the platform's certificate, through the page's dialect."""
        file = self.file("account.crt", self.box.certificate_for(address).crt())
        return await self.look(
            "/settings.phtml",
            "--certificate",
            file,
            "--allow-weak-certificate",
            *arguments,
        )

    def _pins(self) -> list[str]:
        boxes = (account.voicemail for account in self.box.accounts.values())
        return [f'"{voicemail.pin}"' for voicemail in boxes if voicemail]


@pytest.fixture
def shell(box: AccountBox, tmp_path: Path) -> Shell:
    """Give a shell."""
    return Shell(box, tmp_path)


def _statuses(answer: dict[str, Any]) -> dict[str, str]:
    return {
        key: result.get("error", result["status"])
        for key, result in answer["actions"].items()
    }


async def test_alice(shell: Shell) -> None:
    """An account that has everything."""
    status, answer = await shell.by_certificate(ALICE)
    assert status == 0
    assert answer["account"] == ALICE
    assert list(answer["actions"]) == list(CATALOGUE)
    assert set(_statuses(answer).values()) == {"ok"}
    calls = answer["actions"]["calls"]["value"]
    began = [datetime.fromisoformat(call["started"]) for call in calls]
    assert all(moment.utcoffset() is not None for moment in began)
    assert began == sorted(began, reverse=True)


async def test_time_zone(shell: Shell) -> None:
    """A zone that is given overrides the account's, and is told; no zone is usage."""
    shell.box.accounts[ALICE].server_timezone = "America/New_York"
    zone = ("--time-zone", "America/New_York")
    _, right = await shell.by_certificate(ALICE, *zone, "calls")
    _, wrong = await shell.by_certificate(ALICE, "calls")
    assert right["time_zone"] == "America/New_York"
    assert "time_zone" not in wrong
    began = [
        datetime.fromisoformat(answer["actions"]["calls"]["value"][0]["started"])
        for answer in (right, wrong)
    ]
    newest = max(call.started for call in shell.box.accounts[ALICE].calls)
    assert began[0] == newest.replace(microsecond=0) != began[1]
    status, _, complaint = await shell.run(
        *("--server", "https://x", "--certificate", shell.trust, "--time-zone", "../x")
    )
    assert status == 2
    assert "there is no such time zone" in complaint


async def test_bob(shell: Shell) -> None:
    """An account that has nothing."""
    status, answer = await shell.by_certificate("bob@example.com")
    assert status == 0
    assert {key for key, it in _statuses(answer).items() if it == "none"} == {
        "aliases",
        "enum",
        "calls",
        "prepaid",
        "balance_history",
        "accept_rules",
        "reject",
        "voicemail",
        "devices",
    }


async def test_carol(shell: Shell) -> None:
    """An account in a call, and only what was asked for."""
    status, answer = await shell.by_certificate("carol@example.com", "prepaid")
    assert status == 0
    value = answer["actions"]["prepaid"]["value"]
    assert list(answer["actions"]) == ["prepaid"]
    assert value["balance"] == 7.5
    assert value["call_in_progress"] is True


async def test_password(shell: Shell) -> None:
    """Today's dialect; the action that is broken there fails alone."""
    right = shell.file("right", b"alice-secret\n")
    login = ("--account", ALICE, "--password-file", right)
    status, answer = await shell.look("/today/settings.phtml", *login)
    assert status == 1
    assert _statuses(answer).pop("monthly_usage") == "backend"
    wrong = shell.file("wrong", b"wrong\n")
    login = ("--account", ALICE, "--password-file", wrong)
    status, answer = await shell.look("/today/settings.phtml", *login)
    assert status == 3
    assert set(_statuses(answer).values()) == {"authentication"}


@pytest.mark.parametrize("path", DIALECTS)
async def test_every_dialect(shell: Shell, box: AccountBox, path: str) -> None:
    """The same facts, whatever year the server is of."""
    password = shell.file("password", b"alice-secret\n")
    by_password = ("--account", ALICE, "--password-file", password)
    owner = shell.file("owner.crt", box.owner_certificate(ALICE).crt())
    account = shell.file("account.crt", box.certificate_for(ALICE).crt())
    login = {
        "/2009-11/settings.phtml": by_password,
        "/2010-07/settings.phtml": by_password,
        "/2017/settings.phtml": by_password,
        "/today/settings.phtml": by_password,
        "/owner/settings.phtml": ("--account", ALICE, "--certificate", owner),
        "/owner-either/settings.phtml": ("--account", ALICE, "--certificate", owner),
    }.get(path, ("--certificate", account))
    _, answer = await shell.look(path, "--allow-weak-certificate", *login)
    _, page = await shell.by_certificate(ALICE)
    told = answer["actions"]
    for key in ("aliases", "enum", "diversions", "accept_rules", "reject", "voicemail"):
        assert told[key] == page["actions"][key]
    failed = {key for key, result in told.items() if result["status"] != "ok"}
    assert failed <= {"prepaid", "monthly_usage"}
    last = [it["actions"]["calls"]["value"][0]["started"] for it in (answer, page)]
    assert last[0] == last[1]


async def test_refused_certificates(shell: Shell, box: AccountBox) -> None:
    """A foreign certificate, a weak one, and a store with a wrong password."""
    issued = box.foreign.modern_certificate(ALICE, key="p256")
    foreign = shell.file("foreign.crt", issued.crt())
    weak = shell.file("weak.crt", box.certificate_for(ALICE).crt())
    store = shell.file("weak.p12", box.certificate_for(ALICE).p12_2009("alice-secret"))
    wrong = shell.file("wrong", b"wrong")
    for arguments in (
        ("--certificate", foreign),
        ("--certificate", weak),
        ("--certificate", store, "--password-file", wrong, "--allow-weak-certificate"),
    ):
        status, answer = await shell.look("/settings.phtml", *arguments)
        assert status == 3
        assert set(_statuses(answer).values()) == {"certificate"}


async def test_unreachable(shell: Shell, box: AccountBox) -> None:
    """A port that nobody listens on, and a server that is not trusted."""
    issued = box.platform.modern_certificate(ALICE, key="p256")
    file = shell.file("modern.crt", issued.crt())
    for server in ("https://127.0.0.1:1/x", f"https://127.0.0.1:{box.port}/x"):
        status, out, _ = await shell.run("--server", server, "--certificate", file)
        assert status == 4
        (kind,) = set(_statuses(json.loads(out)).values())
        assert kind in {"connection", "tls"}


async def test_errors_are_never_none(shell: Shell, box: AccountBox) -> None:
    """A server that answers everything with an error before null."""
    box.faults.set("*", "*", "html_error_then_null")
    status, answer = await shell.by_certificate(ALICE)
    assert status == 1
    assert set(_statuses(answer).values()) == {"backend"}


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--server", "https://x.example/"),
        ("--server", "http://x.example/", "--account", "a@b", "--password-file", "pw"),
        ("--server", "https://x.example/", "--account", "a", "--password-file", "pw"),
        ("--server", "https://x.example/", "--certificate", "missing"),
        ("--server", "https://x.example/", "--certificate", "pw", "--trust", "pw"),
        ("--server", "https://x.example/", "--certificate", "pw", "nonsense"),
    ],
)
async def test_usage(shell: Shell, arguments: tuple[str, ...]) -> None:
    """What makes no sense ends with status 2 and a hint."""
    shell.file("pw", b"secret")
    status, out, err = await shell.run(*arguments)
    assert status == 2
    assert out == ""
    assert "usage:" in err


async def test_certificate_without_account(shell: Shell, box: AccountBox) -> None:
    """A certificate that names no account needs one named."""
    issued = box.platform.modern_certificate("4711", key="p256")
    file = shell.file("owner.crt", issued.crt())
    status, out, err = await shell.run(
        "--server", "https://x.example/", "--certificate", file
    )
    assert (status, out) == (2, "")
    assert "--account" in err


def test_no_home_assistant() -> None:
    """The client knows nothing of Home Assistant."""
    for file in (PACKAGE / "sip_settings").glob("*.py"):
        for line in file.read_text().splitlines():
            assert not line.strip().startswith(
                ("import homeassistant", "from homeassistant", "from ..")
            ), f"{file.name}: {line}"


async def test_page_of_2026(shell: Shell) -> None:
    """The page that tells everything at once is read as any other."""
    password = shell.file("password", b"alice-secret\n")
    status, told = await shell.look(
        "/sylk_settings.phtml", "--account", ALICE, "--password-file", password
    )
    assert status == 0
    assert list(told["actions"]) == list(CATALOGUE)
    answered = [key for key, it in told["actions"].items() if it["status"] == "ok"]
    assert answered == ["account", "calls", "prepaid"]
    assert told["actions"]["prepaid"]["value"]["currency"] == "EUR"
