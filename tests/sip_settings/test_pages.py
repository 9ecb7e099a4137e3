"""Which page is asked for what, and that one which refuses us is left alone."""

import aiohttp
import pytest

from custom_components.sip_account.sip_settings import (
    ACCOUNT,
    BALANCE_HISTORY,
    CALLS,
    DIVERSIONS,
    PREPAID,
    SET_CALL_FORWARDING,
    SET_CALLER_ID,
    AuthenticationError,
)
from demo import AccountBox
from demo.snapshot_faults import READS

from .test_client import by_password
from .test_snapshot import asked, client_of

TODAY = "/today/settings.phtml"
REFUSAL = AuthenticationError("no", certain=True)


async def test_what_is_asked_where(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """The second page is asked for what the first does not tell, if there is one."""
    both = client_of(box, session, second=TODAY)
    alone, other = client_of(box, session), by_password(box, session)
    for wanted in (ACCOUNT, CALLS, PREPAID, SET_CALLER_ID):
        assert not both.is_of_second(wanted)
    for rest in (DIVERSIONS, BALANCE_HISTORY, SET_CALL_FORWARDING):
        assert both.is_of_second(rest)
        assert not alone.is_of_second(rest)
        assert not other.is_of_second(rest)


async def test_second_refuses(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """What only completes the account is not asked there, nor the balance."""
    client = client_of(box, session, second=TODAY)
    client.refusal_by = lambda page: REFUSAL if page == 1 else None
    account = await client.read(ACCOUNT)
    assert account
    assert asked(box) == [""]
    box.faults.set("*", "", READS["snapshot_without_money"])
    await client.read(ACCOUNT)
    with pytest.raises(AuthenticationError) as caught:
        await client.read(PREPAID)
    assert caught.value is REFUSAL
    assert set(asked(box)) == {""}
    client.refusal_by = lambda _page: None
    assert await client.read(PREPAID)


async def test_first_refuses(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """The zone of the account is not asked there for what the second page tells."""
    client = client_of(box, session, second=TODAY)
    client.refusal_by = lambda page: REFUSAL if page == 0 else None
    assert await client.read(BALANCE_HISTORY)
    assert "" not in asked(box)
    client.refusal_by = lambda _page: None
    await client.read(BALANCE_HISTORY)
    assert "" in asked(box)
