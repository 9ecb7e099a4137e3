"""What goes wrong with a voucher, and what must come of it: it is sent once."""

from dataclasses import dataclass, field

from demo import write_faults
from demo.dialects import Answer
from demo.exchange import Exchange, Fault
from demo.faults import READY, after_login


@after_login
async def _says_done(_exchange: Exchange) -> Answer:
    return Answer.json({"success": True, "error_message": "Added balance succeeded"})


@after_login
async def _another_comes(exchange: Exchange) -> Answer:
    account = exchange.account
    assert account is not None
    assert account.balance is not None
    account.balance += 10
    return Answer(status=500)


@dataclass(frozen=True, slots=True)
class WriteFault:
    """A fault of a top-up: how its dialog ends, and the balance that it shows then.

    The balance before is 7.50, the voucher is worth 5.
    """

    name: str
    what: str
    outcome: str
    after: str | None
    fault: Fault = field(repr=False)


def _ready(name: str, what: str, outcome: str, after: str | None) -> WriteFault:
    return WriteFault(name, what, outcome, after, READY[name])


_UNKNOWN = "top_up_unknown"
WRITE_FAULTS: tuple[WriteFault, ...] = (
    _ready("reset", "The connection ends before it is done", _UNKNOWN, "7.50"),
    _ready("empty_200", "The answer is empty", _UNKNOWN, "7.50"),
    _ready("empty_500", "The server dies before it is done", _UNKNOWN, "7.50"),
    _ready("html_502", "A proxy in front of the server fails", _UNKNOWN, "7.50"),
    _ready("garbage", "The answer is neither text nor JSON", _UNKNOWN, "7.50"),
    _ready("truncated_json", "Half of the answer is lost", _UNKNOWN, "12.50"),
    _ready("html_error_then_null", "An HTML error, then `null`", _UNKNOWN, "7.50"),
    _ready("back_end_timeout", "The back end does not answer", _UNKNOWN, "7.50"),
    _ready("json_error", "The server says no", "top_up_refused", "7.50"),
    _ready("unauthorized_401", "The login is refused", "not_sent", None),
    _ready("redirect_302", "The server wants to go elsewhere", "not_sent", None),
    _ready("invalid_action", "The action is not known", "not_sent", None),
    WriteFault(
        "done_but_lost",
        "It is done, and the connection ends",
        _UNKNOWN,
        "12.50",
        write_faults.done_but_lost,
    ),
    WriteFault(
        "done_but_empty",
        "It is done, and the server dies",
        _UNKNOWN,
        "12.50",
        write_faults.done_but_empty,
    ),
    WriteFault(
        "done_but_challenged",
        "It is done, and the login is asked for once more",
        _UNKNOWN,
        "12.50",
        write_faults.done_but_challenged,
    ),
    WriteFault(
        "back_end_lost",
        "It is done, and the back end's answer is lost behind the server",
        _UNKNOWN,
        "12.50",
        write_faults.back_end_lost("Timed out"),
    ),
    WriteFault(
        "into_the_void",
        "An error of SipPort, then “done”, and nothing is",
        _UNKNOWN,
        "7.50",
        write_faults.into_the_void,
    ),
    WriteFault(
        "failed_look_before",
        "An error of SipPort, then “done”, and it is",
        _UNKNOWN,
        "12.50",
        write_faults.failed_look_before,
    ),
    WriteFault(
        "says_done",
        "The server says “done”, and the balance stays",
        "top_up_unchanged",
        "7.50",
        _says_done,
    ),
    WriteFault(
        "another_comes",
        "The answer is lost, and somebody else tops up meanwhile",
        _UNKNOWN,
        "17.50",
        _another_comes,
    ),
)
