"""One round of requests: who bears witness of an account, and when it ends."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from custom_components.sip_account.polling.poll_round import (
    Ending,
    Round,
    Rules,
    async_read_round,
)
from custom_components.sip_account.sip_settings import (
    CATALOGUE,
    Action,
    AuthenticationError,
    BackendError,
    ElsewhereError,
    ServerConnectionError,
    UnsupportedActionError,
)

LOST = ServerConnectionError("gone")
REFUSED = AuthenticationError("no", certain=False)
ELSEWHERE = ElsewhereError("a hotel")
PROXY = BackendError("bad gateway", status=502)
FATAL = BackendError("PHP", status=500)
UNKNOWN = UnsupportedActionError("what?")
ALL = list(CATALOGUE.values())[:6]
NOBODY = "nobody"


class World:
    """A server of which each action ends as it is told to."""

    def __init__(self, endings: list[Ending], witness: Ending | str = NOBODY) -> None:
        self.endings = dict(zip((a.key for a in ALL), endings, strict=False))
        self.witness_says = witness
        self.asked: list[str] = []
        self.trusted_keys: set[str] = set()

    async def ask(self, action: Action[Any]) -> Ending:
        self.asked.append(action.key)
        await asyncio.sleep(0)
        return self.endings.get(action.key)

    def trusted(self, actions: list[Action[Any]]) -> Action[Any] | None:
        return next((a for a in actions if a.key in self.trusted_keys), None)

    def witness(self) -> Coroutine[Any, Any, Ending] | None:
        says = self.witness_says
        if isinstance(says, str):
            return None

        async def tell() -> Ending:
            self.asked.append("witness")
            return says

        return tell()

    async def read(self, *, at_a_time: int = 1) -> Round:
        rules = Rules(
            trusted=self.trusted,
            untried=lambda actions: actions[0],
            witness=self.witness,
            at_a_time=at_a_time,
        )
        return await async_read_round(ALL, self.ask, rules)


async def test_all_is_well() -> None:
    world = World([])
    outcome = await world.read(at_a_time=4)
    assert len(world.asked) == len(ALL)
    assert outcome.let_in
    assert not outcome.failures


@pytest.mark.parametrize("error", [LOST, REFUSED])
async def test_two_in_a_row_are_enough(error: Ending) -> None:
    world = World([error] * 6)
    outcome = await world.read(at_a_time=4)
    assert len(world.asked) == 2
    assert len(outcome.unsent) == 4
    assert not outcome.let_in


async def test_one_that_was_answered_before_is_asked_first() -> None:
    world = World([LOST, LOST, LOST, None])
    world.trusted_keys = {ALL[3].key}
    outcome = await world.read()
    assert world.asked[:2] == [ALL[0].key, ALL[3].key]
    assert outcome.let_in


async def test_witness_is_asked_where_nobody_is_trusted() -> None:
    world = World([REFUSED] * 6, witness=None)
    outcome = await world.read()
    assert outcome.let_in
    assert not outcome.unsent
    assert world.asked.count("witness") == 3


async def test_witness_of_a_group_that_was_answered_until_now() -> None:
    """All of a group is refused at once: that is not the account."""
    world = World([REFUSED] * 6, witness=None)
    world.trusted_keys = {action.key for action in ALL}
    outcome = await world.read()
    assert world.asked[:2] == [ALL[0].key, "witness"]
    assert outcome.let_in


async def test_witness_of_a_group_that_was_found_to_fail_in_part() -> None:
    """The first failed last time too, the one that was answered then fails now."""
    world = World([REFUSED] * 6, witness=None)
    world.trusted_keys = {ALL[3].key}
    outcome = await world.read()
    assert world.asked[:3] == [ALL[0].key, ALL[3].key, "witness"]
    assert outcome.let_in


@pytest.mark.parametrize("fails", [0, 1])
async def test_no_witness_of_one_that_fails_for_ever(fails: int) -> None:
    """It costs no request more than itself."""
    world = World([None] * fails + [REFUSED], witness=None)
    world.trusted_keys = {action.key for action in ALL} - {ALL[fails].key}
    await world.read()
    assert len(world.asked) == len(ALL)


async def test_no_witness_where_this_round_was_answered() -> None:
    """One action that begins to fail is not the account, if another was answered."""
    world = World([None, REFUSED], witness=None)
    world.trusted_keys = {action.key for action in ALL}
    await world.read()
    assert len(world.asked) == len(ALL)


async def test_witness_that_is_lost_too() -> None:
    world = World([LOST] * 6, witness=LOST)
    outcome = await world.read()
    assert world.asked == [ALL[0].key, "witness"]
    assert len(outcome.unsent) == 5


async def test_last_one_needs_no_witness() -> None:
    world = World([None] * 5 + [LOST], witness=None)
    await world.read()
    assert "witness" not in world.asked


@pytest.mark.parametrize("error", [ELSEWHERE, PROXY])
async def test_a_proxy_is_no_answer(error: Ending) -> None:
    world = World([REFUSED, error, REFUSED, None, None, None], witness=error)
    outcome = await world.read()
    assert len(world.asked) == 4
    assert outcome.astray
    assert not outcome.let_in


@pytest.mark.parametrize("error", [FATAL, UNKNOWN])
async def test_an_error_of_the_page_is_an_answer(error: Ending) -> None:
    world = World([REFUSED, error, REFUSED, error, REFUSED, error])
    outcome = await world.read()
    assert outcome.let_in
    assert not outcome.unsent


async def test_time_is_over() -> None:
    async def never(_action: Action[Any]) -> Ending:
        await asyncio.Event().wait()
        return None

    world = World([])
    rules = Rules(
        trusted=world.trusted,
        untried=lambda actions: actions[0],
        witness=world.witness,
        at_a_time=4,
        until=asyncio.get_running_loop().time(),
    )
    outcome = await async_read_round(ALL, never, rules)
    assert outcome.unsent == ALL
    assert [error.kind for error in outcome.failures] == ["timeout"]
