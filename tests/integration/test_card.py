"""The card is served and loaded where there is a frontend; nothing is left behind."""

import hashlib
from http import HTTPStatus
import json
from pathlib import Path
import sys
from types import ModuleType
from typing import Any

from homeassistant.components.frontend import DATA_EXTRA_MODULE_URL
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest

from custom_components import sip_account

ROOT = Path(sip_account.__file__).parent
CARD = ROOT / "frontend" / "sip-account-card.js"
VERSION = json.loads((ROOT / "manifest.json").read_text())["version"]


@pytest.fixture
async def frontend(
    hass: HomeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Set up Home Assistant's frontend, without its package of pages."""
    pages = tmp_path / "pages"
    for folder in ("static", "frontend_latest", "frontend_es5"):
        (pages / folder).mkdir(parents=True)
    (pages / "index.html").touch()
    package = ModuleType("hass_frontend")
    package.where = lambda: pages  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "hass_frontend", package)
    assert await async_setup_component(hass, "frontend", {})


def _extra_modules(hass: HomeAssistant) -> set[str]:
    return set(hass.data[DATA_EXTRA_MODULE_URL].urls)


def _paths(hass: HomeAssistant) -> list[str]:
    """Return the addresses of the integration that the home answers."""
    return [
        resource.canonical
        for resource in hass.http.app.router.resources()
        if "sip_account" in resource.canonical or "sip-account" in resource.canonical
    ]


async def test_the_frontend_loads_the_card(
    hass: HomeAssistant,
    frontend: None,
    set_up: Any,
    hass_client_no_auth: Any,
    hass_storage: dict[str, Any],
) -> None:
    """Once for all accounts, with the version in its address, and nothing is stored."""
    stored = set(hass_storage)
    await set_up("carol@example.com", by="password")
    await set_up("bob@example.com", by="password")
    (url,) = _extra_modules(hass)
    assert f"/{VERSION}-" in url
    assert _paths(hass) == [url]

    client = await hass_client_no_auth()
    answer = await client.get(url)
    assert answer.status == HTTPStatus.OK
    assert "javascript" in answer.headers["Content-Type"]
    assert "max-age" in answer.headers["Cache-Control"]
    assert await answer.read() == CARD.read_bytes()
    about_cards = {key for key in set(hass_storage) - stored if "lovelace" in key}
    assert about_cards == set()


async def test_nothing_is_stored_when_the_last_account_is_gone(
    hass: HomeAssistant, frontend: None, set_up: Any, hass_storage: dict[str, Any]
) -> None:
    """Neither a resource of dashboards nor a file of ours."""
    entry = await set_up("carol@example.com", by="password")
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert [key for key in hass_storage if "sip" in key or "lovelace" in key] == []


async def test_a_home_without_accounts_answers_nothing(
    hass: HomeAssistant, frontend: None
) -> None:
    """As after the last account was removed and the home restarted."""
    await hass.async_start()
    await hass.async_block_till_done()
    assert "sip_account" not in hass.config.components
    assert _paths(hass) == []
    assert _extra_modules(hass) == set()


async def test_without_a_frontend_there_is_no_card(
    hass: HomeAssistant, set_up: Any
) -> None:
    """A home without pages has no use for it."""
    entry = await set_up("carol@example.com", by="password")
    assert entry.state.recoverable
    assert _paths(hass) == []
    assert DATA_EXTRA_MODULE_URL not in hass.data


async def test_an_update_has_another_address(
    hass: HomeAssistant,
    frontend: None,
    set_up: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also one of the same version: browsers keep what they have for a month."""
    changed = tmp_path / CARD.name
    changed.write_bytes(b"another card")
    monkeypatch.setattr("custom_components.sip_account.card._FILE", changed)
    await set_up("carol@example.com", by="password")
    (url,) = _extra_modules(hass)
    digest = hashlib.sha256(b"another card").hexdigest()[:8]
    assert url == f"/sip_account/{VERSION}-{digest}/{CARD.name}"
