"""What goes wrong when an account is changed (wire contract §5)."""

import asyncio

from .accounts import CONDITIONS
from .dialects import Answer
from .dialects.current import Current
from .dialects.digest import realm_of
from .exchange import Exchange, Fault
from .faults import after_login, reset
from .php import error_text, row_error


@after_login
async def done_but_lost(exchange: Exchange) -> Answer:
    """Do it, and drop the connection before anybody hears of it."""
    exchange.answer()
    await reset(exchange)
    return Answer()


@after_login
async def done_but_empty(exchange: Exchange) -> Answer:
    """Do it, and die before anything is printed."""
    exchange.answer()
    return Answer(status=500)


@after_login
async def not_a_member(_exchange: Exchange) -> Answer:
    """Say that a group that is to be left has no such member (§3 item 6)."""
    error = error_text("SipPort", "SOAP Fault", "1031", "Not a member of the group")
    return Answer.json({"success": False, "error_message": error})


@after_login
async def failed_look_before(exchange: Exchange) -> Answer:
    """Fail to read what is to be changed, and change it all the same (§5.1)."""
    error = error_text("SipPort", "SOAP Fault", "1234", "The back end is in pieces")
    return Answer(row_error(error).encode() + exchange.answer().body)


@after_login
async def into_the_void(_exchange: Exchange) -> Answer:
    """Lose the account after the login, write to none and say "done" (§5)."""
    error = error_text("SipPort", "SOAP Fault", "1010", "Account not found")
    return Answer.json(
        {"success": True, "error_message": "It has been done"}, before=row_error(error)
    )


@after_login
async def done_but_challenged(exchange: Exchange) -> Answer:
    """Do it, and ask for the login once more, with a nonce that is good."""
    exchange.answer()
    dialect, query = exchange.dialect, exchange.query
    assert isinstance(dialect, Current)  # noqa: S101 - no other asks by Digest
    challenge = (
        f'Digest realm="{realm_of(query)}",qop="auth",'
        f'nonce="{dialect.login.nonce(query.now)}"'
    )
    return Answer(status=401, headers={"WWW-Authenticate": challenge})


@after_login
async def refused_twice(_exchange: Exchange) -> Answer:
    """Say no as HTML and as JSON, as do not disturb does (§3 item 4)."""
    error = error_text("SipPort", "SOAP Fault", "1234", "Rules of 0031208005169 locked")
    before = row_error(error)
    return Answer.json({"success": False, "error_message": error}, before=before)


def back_end_lost(message: str) -> Fault:
    """Make a fault: it is done, but the server loses its back end over it (§3.5)."""

    @after_login
    async def fault(exchange: Exchange) -> Answer:
        exchange.answer()
        error = error_text("SipPort", message)
        return Answer.json({"success": False, "error_message": error})

    return fault


def read_change_write(seconds: float) -> Fault:
    """Make a fault: the server forgets what others change meanwhile (§5.3)."""

    @after_login
    async def fault(exchange: Exchange) -> Answer:
        account = exchange.account
        assert account is not None  # noqa: S101 - said by `after_login`
        before = {name: account.diversions.get(name) for name in CONDITIONS}
        await asyncio.sleep(seconds)
        account.diversions.update(before)
        return exchange.answer()

    return fault
