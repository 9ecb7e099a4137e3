"""What the dialects have in common: a request, an answer, and a table of actions."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from ..accounts import Account
from ..certificates import Authority
from ..php import Json, json_encode


@dataclass(frozen=True, slots=True)
class Query:
    """What PHP sees of a request.

    `parameters` are those of the query, overruled by those of the body
    (`$_REQUEST`). `certificate` is the client's, DER, if it gave one that the
    web server trusts.
    """

    method: str
    parameters: Mapping[str, str]
    now: datetime
    authorization: str | None = field(default=None, repr=False)
    certificate: bytes | None = field(default=None, repr=False)

    @property
    def action(self) -> str:
        """The name of the action, "" if there is none."""
        return self.parameters.get("action", "")

    def truthy(self, name: str) -> bool:
        """Tell whether PHP takes a parameter for true."""
        return self.parameters.get(name, "") not in ("", "0")


@dataclass(frozen=True, slots=True)
class Answer:
    """What PHP prints, with the headers that differ from the dialect's."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> Answer:
        """Print text."""
        return cls(text.encode())

    @classmethod
    def json(cls, value: Json, *, before: str = "") -> Answer:
        """Print text and then a value."""
        return cls.of(before + json_encode(value))


class RefusedError(Exception):
    """The request names no account; `answer` is what the server says to that."""

    def __init__(self, answer: Answer) -> None:
        """Take what the server says."""
        super().__init__(answer.status)
        self.answer = answer


type Action = Callable[[Account, Query], Answer]
type Shape = Callable[[Account, datetime], Json]


class Dialect(ABC):
    """How the server of a certain time understands requests and answers them."""

    name: ClassVar[str]
    content_type: ClassVar[str]

    def __init__(self, platform: Authority) -> None:
        """Take the authority that signs the platform's certificates."""
        self.platform = platform

    @abstractmethod
    def identify(self, query: Query, accounts: Mapping[str, Account]) -> Account:
        """Find the account that a request is about, or raise `RefusedError`."""

    @abstractmethod
    def answer(self, account: Account, query: Query) -> Answer:
        """Answer an action."""

    @abstractmethod
    def error_block(self, error: str) -> str:
        """Print an error of the back end the way most actions do."""


def shown(shape: Shape) -> Action:
    """Make an action out of a shape: the action that prints it."""
    return lambda account, query: Answer.json(shape(account, query.now))
