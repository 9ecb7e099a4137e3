"""The page of 2026, as the contract tells of it (§7)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
import json
from typing import Any

from aiohttp import DigestAuthMiddleware
import pytest

from demo import AccountBox
from demo.accounts import Transaction

from .conftest import Clock, Connect

ALICE = "alice@example.com"


class Page:
    """Somebody with a password at the page of 2026."""

    def __init__(self, box: AccountBox, connect: Connect) -> None:
        self.box = box
        self.session = connect(None)

    async def send(
        self,
        form: dict[str, str] | None = None,
        *,
        path: str = "/sylk_settings.phtml",
        user: str = "alice",
        password: str = "alice-secret",
    ) -> tuple[int, dict[str, Any]]:
        """Ask, or change with a form; returns status and JSON."""
        async with self.session.request(
            "POST" if form else "GET",
            f"{self.box.origin}{path}",
            params={"realm": "example.com"},
            data=form,
            middlewares=(DigestAuthMiddleware(user, password),),
        ) as reply:
            return reply.status, json.loads(await reply.text())


@pytest.fixture
async def page(box: AccountBox, connect: Connect) -> Page:
    """Give alice at her page."""
    return Page(box, connect)


@pytest.mark.parametrize(
    "path",
    ["/sylk_settings.phtml", "/account_info.phtml", "/sylk_account_settings.phtml"],
)
async def test_snapshot(page: Page, clock: Clock, path: str) -> None:
    """One answer tells who, what it costs, and all calls, under each of its names."""
    alice = page.box.accounts[ALICE]
    alice.balance_history += [
        Transaction(clock(), "Debit balance", "", Decimal("-0.42"), Decimal(12)),
        Transaction(
            clock() - timedelta(days=2), "Set balance", "", Decimal(9), Decimal(12)
        ),
    ]
    before = sum(
        line.value
        for line in alice.balance_history[:-2]
        if line.value < 0 and line.date >= clock().replace(hour=0) - timedelta(hours=2)
    )
    status, told = await page.send(path=path)
    assert status == 200
    assert list(told) == [
        *("account", "email", "owner", "groups", "allow_delete", "delete_request"),
        *("server", "call_history", "pstn"),
    ]
    assert told["account"] == ALICE
    assert told["groups"] == ["free-pstn", "missed-calls", "prepaid"]
    assert told["pstn"] == {
        "caller_id": "0031208005169",
        "balance": 12.3456,
        "currency": "EUR",
        "prepaid": True,
        "today": {"debit": float(before - Decimal("0.42")), "credit": 0},
        "enabled": True,
    }
    assert told["call_history"]["placed"][0]["timezone"] == "Europe/Amsterdam"


async def test_flat(page: Page) -> None:
    """The older form has the money at the top, and tells no `enabled`."""
    _, told = await page.send(path="/flat/sylk_settings.phtml")
    assert "pstn" not in told
    assert told["mobile_number"] == "0031208005169"
    assert (told["balance"], told["currency"]) == (12.3456, "EUR")


async def test_nothing(page: Page) -> None:
    """Bob has no number, no balance and no calls."""
    _, told = await page.send(user="bob", password="bob-secret")
    assert told["pstn"]["caller_id"] == "0019999999999"
    assert told["pstn"]["balance"] is None
    assert told["pstn"]["enabled"] is False
    assert told["call_history"] == {"placed": [], "received": []}


@pytest.mark.parametrize(
    ("user", "password"), [("alice", "wrong"), (ALICE, "alice-secret"), ("x", "x")]
)
async def test_refused(page: Page, user: str, password: str) -> None:
    """A wrong password is refused, and a whole address for a user name."""
    status, told = await page.send(user=user, password=password)
    assert (status, told["error"]) == (401, "unauthorized")


@pytest.mark.parametrize(
    ("written", "stored", "told"),
    [
        ("+442079460123", "00442079460123", "00442079460123"),
        ("00442079460123", "00442079460123", "00442079460123"),
        ("", "", "0019999999999"),
        ("+19999999999", "", "0019999999999"),
    ],
)
async def test_caller_id(page: Page, written: str, stored: str, told: str) -> None:
    """A number is stored with `00`, empty clears it; the same again changes nothing."""
    form = {"action": "set_caller_id", "caller_id": written}
    for changed in (True, False):
        assert await page.send(form) == (
            200,
            {"ok": True, "changed": changed, "caller_id": told},
        )
    assert page.box.accounts[ALICE].pstn_caller_id == stored


@pytest.mark.parametrize("written", ["0208005169", "+123456", "+1234567890123456", "x"])
async def test_no_caller_id(page: Page, written: str) -> None:
    """What is no international number is refused, and changes nothing."""
    status, told = await page.send({"action": "set_caller_id", "caller_id": written})
    assert (status, told["error"]) == (400, "invalid_caller_id")
    assert page.box.accounts[ALICE].pstn_caller_id == "0031208005169"


@pytest.mark.parametrize(
    ("action", "status", "error"),
    [
        ("set_email", 403, "denied"),
        ("set_password", 403, "denied"),
        ("request_delete_account", 409, "balance_history_present"),
        ("set_dnd_on", 400, "invalid_action"),
    ],
)
async def test_other_writes(page: Page, action: str, status: int, error: str) -> None:
    """What is not offered is refused here."""
    before = replace(page.box.accounts[ALICE])
    said, told = await page.send({"action": action})
    assert (said, told["error"]) == (status, error)
    assert page.box.accounts[ALICE] == before


async def test_deletion(page: Page) -> None:
    """Deletion is refused for the first reason that there is."""
    alice = page.box.accounts[ALICE]
    alice.balance_history.clear()
    form = {"action": "request_delete_account"}
    assert (await page.send(form))[1]["error"] == "delete_denied"
    alice.email = ""
    assert (await page.send(form))[1]["error"] == "email_required"
