"""What a wrong password costs, and how a user name is found."""

import aiohttp
import pytest

from custom_components.sip_account.sip_settings import (
    CATALOGUE,
    AuthenticationError,
    SipSettingsClient,
)
from custom_components.sip_account.sip_settings.user_names import UserNames
from demo import AccountBox

from .test_client import by_password

DAY = 24 * 60 * 60.0


async def _costs(
    client: SipSettingsClient, box: AccountBox, actions: list[str]
) -> list[int]:
    costs = []
    for key in actions:
        before = len(box.requests)
        with pytest.raises(AuthenticationError):
            await client.read(CATALOGUE[key])
        costs.append(len(box.requests) - before)
    return costs


async def test_a_wrong_password(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """Both names once, a challenge and an answer each; then one name alone."""
    client = by_password(box, session, "wrong")
    actions = ["aliases", "enum", "reject", "devices"]
    assert await _costs(client, box, actions) == [4, 2, 2, 2]
    assert "username" not in client.learned


async def test_a_password_that_was_changed(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """A name that was let in is the one that is tried."""
    client = by_password(box, session)
    await client.read(CATALOGUE["aliases"])
    box.accounts[str(client.address)].password = "another one"
    first, *others = await _costs(client, box, ["aliases", "enum", "reject"])
    assert first <= 3  # a challenge that was kept is worn out first
    assert others == [2, 2]


def test_both_once_a_day() -> None:
    """Where no name was ever let in, all are tried again a day later."""
    names = UserNames(["user", "address"])
    assert names.to_try("", 0) == ["user", "address"]
    names.note_refusal(0)
    assert names.to_try("", DAY - 1) == ["user"]
    names.note_refusal(DAY - 1)  # of that one name, which puts nothing off
    assert names.to_try("", DAY) == ["user", "address"]
    assert names.to_try("", DAY + 1) == ["user", "address"]
    names.note_refusal(DAY)
    assert names.to_try("", 2 * DAY - 1) == ["user"]
    assert names.to_try("", 2 * DAY) == ["user", "address"]
    names.note_refusal(3 * DAY)
    assert names.to_try("", 4 * DAY - 1) == ["user"]
    assert names.to_try("address", 4 * DAY) == ["address"]
    assert names.to_try("gone", 4 * DAY) == ["user", "address"]


@pytest.mark.parametrize(("known", "other"), [("user", "address"), ("address", "user")])
def test_attempts(known: str, other: str) -> None:
    """Attempts come every hour at last: of a day's, one goes under the other name."""
    names = UserNames(["user", "address"])
    tried = [names.to_knock(known, attempts) for attempts in range(100)]
    assert [at for at, name in enumerate(tried) if name == other] == [5, 29, 53, 77]
    assert names.to_knock("", 0) == "user"
    assert UserNames([""]).to_knock("", 5) == ""
