"""What a day of polls writes to the recorder: one without news, one with 40 calls."""

import asyncio
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from decimal import Decimal
import multiprocessing
import sqlite3
from typing import Literal

from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import async_initialize_recorder, get_instance
from homeassistant.setup import async_setup_component

from demo import Account, AccountBox, ActiveCall, Call, Transaction

from .box import RemoteBox, now, requests, running_box
from .clock import MORNING, moved_clock, pass_time
from .figures import Found
from .home import add, entry_data, move_in, running_home

_MINUTES = 24 * 60
_CALLS = 40
_LASTS = 3  # minutes of a call that is answered
_WARM_UP = 20  # minutes, in which every poll has its second turn
# What was on the day of the set-up ends with it, which is news: the day that is
# measured begins behind that midnight, and has one of its own.
_NEXT_DAY = MORNING.replace(hour=0) + timedelta(days=1)
_STEP = timedelta(minutes=_WARM_UP)
_BEFORE = (_NEXT_DAY - MORNING) // _STEP
_BEGUN = MORNING + (_BEFORE + 1) * _STEP
_PRICE = Decimal("0.0425")
_TABLES = ("states", "state_attributes", "events")
_STATISTICS = ("statistics", "statistics_short_term")
# What the recorder tells of its statistics is written in any home.
_COUNT_EVENTS = """
SELECT count(*) FROM events JOIN event_types USING (event_type_id)
WHERE event_types.event_type NOT LIKE 'recorder_%_statistics_generated'
"""
_COUNT_BYTES = """
SELECT total(pgsize) FROM dbstat WHERE name IN (
  SELECT name FROM sqlite_schema
  WHERE tbl_name IN ('states', 'state_attributes', 'events'))
"""


def measure() -> list[Found]:
    """Let both days pass, side by side."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        idle, busy = pool.map(_day, (0, _CALLS))
    rows = sum(idle[table] for table in _TABLES)
    busy_rows = sum(busy[table] for table in _TABLES)
    statistics = sum(idle[table] for table in _STATISTICS)
    each = ", ".join(f"{busy[table]} in `{table}`" for table in _TABLES)
    return [
        Found(
            "idle_day_states",
            idle["states"],
            f"{idle['requests']} requests were answered",
        ),
        Found("idle_day_rows", rows, f"and {statistics} rows of statistics"),
        Found("busy_day_rows", busy_rows, each),
        Found("busy_day_kb", busy["bytes"] / 1000, "with their indexes"),
    ]


def _day(calls: int) -> Counter[str]:
    """Return what a day with so many calls adds to the data base."""
    with running_box(today=MORNING) as box:
        return asyncio.run(_live(box, calls))


async def _live(box: RemoteBox, calls: int) -> Counter[str]:
    with moved_clock() as clock:
        async with running_home() as hass:
            async_initialize_recorder(hass)
            await async_setup_component(hass, "recorder", {})
            await move_in(hass)
            await add(hass, entry_data(box, 0))
            for step in range(-_BEFORE, 0):
                box.do(_pass, (step - 1) * _WARM_UP, 0)
                await pass_time(hass, clock, _STEP.total_seconds())
            for minute in range(-_WARM_UP, _MINUTES):
                if minute == 0:
                    before = await _written(hass)
                    box.do(requests)
                box.do(_pass, minute, calls)
                await pass_time(hass, clock, 60)
            added = await _written(hass)
            added.subtract(before)
            added["requests"] = box.do(requests)
    return added


async def _written(hass: HomeAssistant) -> Counter[str]:
    """Return how many rows there are, and how many bytes those of `_TABLES` take."""
    await get_instance(hass).async_block_till_done()
    file = hass.config.path("home-assistant_v2.db")
    with closing(sqlite3.connect(file)) as base:

        def count(query: str) -> int:
            return int(base.execute(query).fetchone()[0])

        found = Counter(
            {
                table: count(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own
                for table in (*_TABLES, *_STATISTICS)
            }
        )
        found["events"] = count(_COUNT_EVENTS)
        found["bytes"] = count(_COUNT_BYTES)
    return found


def _pass(box: AccountBox, minute: int, calls: int) -> None:
    """Let a minute pass in the box, and what happens in it."""
    moment = _BEGUN + timedelta(minutes=minute)
    now(box, moment)
    if minute < 0 or not calls:
        return
    account = next(iter(box.accounts.values()))
    number, elapsed = divmod(minute, _MINUTES // calls)
    begin = (_missed, _answered, _placed, _not_answered)[number % 4]
    if not elapsed:
        begin(account, moment)
    elif account.calls[-1].ended:
        return
    elif elapsed == _LASTS:
        _hang_up(account, moment)
    elif account.active_call:
        account.active_call.session_time = 60 * elapsed


def _missed(account: Account, moment: datetime) -> None:
    _call(account, "received", moment, status=487)


def _not_answered(account: Account, moment: datetime) -> None:
    _call(account, "placed", moment, status=487)


def _answered(account: Account, moment: datetime) -> None:
    _call(account, "received", moment, ended=False)


def _placed(account: Account, moment: datetime) -> None:
    _call(account, "placed", moment, ended=False)
    account.active_call = ActiveCall(0, 1800, account.calls[-1].party)


def _call(
    account: Account,
    direction: Literal["placed", "received"],
    started: datetime,
    *,
    status: int | None = None,
    ended: bool = True,
) -> None:
    number = f"00312080{len(account.calls):05}"
    account.calls.append(
        Call(
            direction,
            f"sip:{number}@example.com",
            started,
            display_name=f"Caller {number}",
            status=status,
            session_id=f"{number}@192.0.2.1",
            ended=ended,
        )
    )


def _hang_up(account: Account, moment: datetime) -> None:
    call = account.calls[-1]
    call.ended, call.status = True, 200
    call.duration = (moment - call.started) // timedelta(seconds=1)
    if account.active_call and account.balance is not None:
        account.active_call = None
        call.price = _PRICE * _LASTS
        account.balance -= call.price
        account.balance_history.append(
            Transaction(
                moment,
                "Debit balance",
                f"Session to {call.party} for {call.duration}s",
                -call.price,
                account.balance,
                call.session_id,
            )
        )
