"""Uploads that were written to break their reader end in a form, and nothing worse."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from homeassistant.components.file_upload import DOMAIN as FILE_UPLOAD
from homeassistant.core import HomeAssistant
import pytest

from tests.hostile.files import CERTIFICATES, CHARSETS, VCARDS

from .flow import Flow
from .support import ALICE


def _in_charset(charset: str) -> bytes:
    name = f"FN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:Bob"
    return f"BEGIN:VCARD\n{name}\nTEL:1\nEND:VCARD\n".encode()


async def test_contacts(
    hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow
) -> None:
    """Whatever the file, the form is shown again, or the contacts are kept."""
    entry = await set_up(ALICE, by="password")
    files = [_in_charset(charset) for charset in CHARSETS]
    files += [made(100_000) for made in list(VCARDS.values())[:30]]
    await flow.options(entry.entry_id)
    await flow.choose("phone_book")
    for content in files:
        await flow.upload(content, "file")
        if flow.step == "phone_book":
            assert flow.errors == {"file": "no_contacts"}
            continue
        assert flow.result["reason"].startswith("contacts_read")
        await hass.async_block_till_done(wait_background_tasks=True)
        await flow.options(entry.entry_id)
        await flow.choose("phone_book")


async def test_certificates(hass: HomeAssistant, flow: Flow) -> None:
    """The form for the file says what is wrong with it."""
    await flow.start()
    await flow.choose("certificate")
    for made in CERTIFICATES.values():
        await flow.upload(made(200_000))
        assert flow.step == "certificate"
        assert flow.errors


async def test_upload_that_is_gone(
    hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow
) -> None:
    """Somebody emptied the directory of uploads while the form was open."""
    entry = await set_up(ALICE, by="password")
    await flow.options(entry.entry_id)
    await flow.choose("phone_book")
    upload = await flow.send_file(b"BEGIN:VCARD")
    for file in Path(hass.data[FILE_UPLOAD].temp_dir).rglob("file.bin"):
        file.unlink()
    await flow.submit(file=upload)
    assert flow.errors == {"file": "upload_lost"}


@pytest.mark.parametrize("number", ["1" * 100_000, "sip:" + "a" * 100_000 + "@x"])
async def test_long_number(
    hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow, number: str
) -> None:
    """A number that is longer than any is none."""
    entry = await set_up(ALICE, by="password")
    await flow.options(entry.entry_id)
    await flow.choose("contact")
    await flow.submit(number=number, name="Bob")
    assert flow.errors == {"number": "invalid_number"}
