"""Every fault of the page of 2026, beside a settings page that is well."""

from collections.abc import Mapping

import aiohttp
import pytest

from custom_components.sip_account.sip_settings import (
    DIVERSIONS,
    PREPAID,
    SET_CALLER_ID,
    SipSettingsError,
    caller_id_parameters,
)
from demo import AccountBox
from demo.snapshot_faults import CHANGES, READS
from tests.faults.snapshot_table import CHANGE_FAULTS, READ_FAULTS, SnapshotFault

from .test_snapshot import client_of

TODAY = "/today/settings.phtml"


def test_each_has_a_row() -> None:
    """The table has what the box can do, and nothing else."""
    assert [fault.name for fault in READ_FAULTS] == list(READS)
    assert [fault.name for fault in CHANGE_FAULTS] == list(CHANGES)


@pytest.mark.parametrize("fault", READ_FAULTS, ids=lambda fault: fault.name)
async def test_read(
    box: AccountBox, session: aiohttp.ClientSession, fault: SnapshotFault
) -> None:
    """The error is told, or the data are good; the second page is not concerned."""
    client = client_of(box, session, second=TODAY)
    before = await client.read(PREPAID)
    assert before
    box.faults.set("*", "", READS[fault.name])
    if fault.kind:
        with pytest.raises(SipSettingsError) as caught:
            await client.read(PREPAID)
        assert caught.value.kind == fault.kind
    else:
        prepaid = await client.read(PREPAID)
        assert prepaid
        assert prepaid.balance == before.balance
        assert prepaid.currency is None
    assert await client.read(DIVERSIONS)


@pytest.mark.parametrize("fault", CHANGE_FAULTS, ids=lambda fault: fault.name)
async def test_change(
    box: AccountBox, session: aiohttp.ClientSession, fault: SnapshotFault
) -> None:
    """Sent once, whatever comes back."""
    client = client_of(box, session, second=TODAY)
    await client.read(PREPAID)
    box.faults.set("*", "set_caller_id", CHANGES[fault.name])
    before = len(box.requests)

    async def prepare() -> Mapping[str, str]:
        return caller_id_parameters("+442079460123")

    with pytest.raises(SipSettingsError) as caught:
        await client.write(SET_CALLER_ID, prepare)
    assert caught.value.kind == fault.kind
    sent = [it for it in box.requests[before:] if it.action == "set_caller_id"]
    assert len([it for it in sent if it.account]) == 1
