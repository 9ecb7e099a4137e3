"""Adds accounts of the box to a home, through the real config flow."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from .issued import IssuedCertificate
from .person import Person, RefusedError
from .server import AccountBox

_FLOW = "/api/config/config_entries/flow"
_OPTIONS = "/api/config/config_entries/options/flow"
_MOST_STEPS = 12

type Answer = Callable[[], Awaitable[dict[str, Any]]]


async def add_by_certificate(
    person: Person,
    box: AccountBox,
    address: str,
    issued: IssuedCertificate | None = None,
) -> str:
    """Add an account with the platform's `.crt`, or with the one that was `issued`.

    Returns the entry's id.
    """

    async def certificate() -> dict[str, Any]:
        content = (issued or box.certificate_for(address)).crt()
        return {"certificate": await person.upload(f"{address}.crt", content)}

    return await _go_through(
        person,
        box,
        {
            "user": _choose("certificate"),
            "certificate": certificate,
            "server": _fill(
                url=_by_number(box.page_url),
                allow_weak_certificate=True,
                try_expired=True,
            ),
        },
    )


async def add_by_password(
    person: Person,
    box: AccountBox,
    address: str,
    url: str | None = None,
    second: str | None = None,
) -> str:
    """Add an account with SIP address and password; returns the entry's id.

    At `url`, else on today's page; `second` is for an account on the page of 2026.
    """
    pages = {"settings_url": _by_number(second)} if second else {}
    return await _go_through(
        person,
        box,
        {
            "user": _choose("password"),
            "password": _fill(account=address, password=box.accounts[address].password),
            # Whatever the resolver of this machine says of example.com.
            "named_server": _choose("other_address"),
            "no_server": _choose("other_address"),
            "other_address": _fill(url=_by_number(url or box.today_url)),
            "second_page": _fill(**pages),
        },
    )


async def set_options(person: Person, entry_id: str, **fields: Any) -> None:  # noqa: ANN401
    """Set how often an account is polled, its currency and so on."""
    await _change(person, entry_id, "settings", fields)


async def set_phone_book(
    person: Person, entry_id: str, contacts: Mapping[str, str]
) -> None:
    """Give an account the names that belong to numbers and addresses.

    The server of 2009 tells no names; it is up to the phone book.
    """
    cards = "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\n{_way(party)}\r\nEND:VCARD\r\n"
        for party, name in contacts.items()
    )
    file = await person.upload("contacts.vcf", cards.encode())
    await _change(person, entry_id, "phone_book", {"file": file})


def _way(party: str) -> str:
    return f"IMPP:sip:{party}" if "@" in party else f"TEL:{party}"


async def _change(
    person: Person, entry_id: str, step: str, fields: Mapping[str, Any]
) -> None:
    menu = await person.post(_OPTIONS, {"handler": entry_id})
    flow = f"{_OPTIONS}/{menu['flow_id']}"
    await person.post(flow, {"next_step_id": step})
    ended = await person.post(flow, fields)
    if ended["type"] != "create_entry" and ended.get("reason") != "contacts_read":
        msg = f"the options flow says {ended.get('errors')}"
        raise RefusedError(msg)


async def remove(person: Person, entry_id: str) -> None:
    """Remove an account from the home."""
    await person.delete(f"/api/config/config_entries/entry/{entry_id}")


async def _go_through(
    person: Person, box: AccountBox, answers: dict[str, Answer]
) -> str:
    """Answer each step as it comes; an error in an answer of ours is the end."""

    async def authority() -> dict[str, Any]:
        return {"authority": await person.upload("authority.pem", box.authority_pem)}

    answers = {
        "untrusted_server": _choose("authority"),
        "authority": authority,
        "shared_book": _fill(account="own"),
        **answers,
    }
    shown = await person.post(_FLOW, {"handler": "sip_account"})
    answered = set()
    for _ in range(_MOST_STEPS):
        if shown["type"] == "create_entry":
            return str(shown["result"]["entry_id"])
        step = shown.get("step_id")
        if shown["type"] == "abort" or (shown.get("errors") and step in answered):
            msg = f"the config flow says {shown.get('reason') or shown['errors']}"
            raise RefusedError(msg)
        answered.add(step)
        answer = await answers[step]()
        if "data_schema" in shown:
            asked = {field["name"] for field in shown["data_schema"]}
            answer = {name: it for name, it in answer.items() if name in asked}
        shown = await person.post(f"{_FLOW}/{shown['flow_id']}", answer)
    msg = "the config flow does not end"
    raise RefusedError(msg)


def _choose(option: str) -> Answer:
    return _fill(next_step_id=option)


def _fill(**fields: Any) -> Answer:  # noqa: ANN401
    async def answer() -> dict[str, Any]:
        return fields

    return answer


def _by_number(url: str) -> str:
    """Give a URL by number, for machines that do not resolve localhost."""
    return url.replace("localhost", "127.0.0.1")
