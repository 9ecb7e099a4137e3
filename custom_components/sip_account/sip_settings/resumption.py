"""What a client remembers of its TLS connections: what was agreed on, and a session.

A handshake that takes up an earlier session costs both sides a fraction of a whole one.
It also proves less: nobody looks at the server's certificate again, nor at its name. So
a session is offered only by the client that it was given to, which has one context, to
the same host, once, and within a day of the whole handshake that it comes from.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
import ssl
from time import monotonic

# Seconds after which a server is looked at again.
_WHOLE_AGAIN_AFTER = 23 * 60 * 60.0


@dataclass(slots=True)
class Handshake:
    """What was agreed on in the last handshake, as OpenSSL names it.

    `resumed` tells whether it took up an earlier session.
    """

    version: str | None = None
    cipher: str | None = None
    resumed: bool | None = None


@dataclass(frozen=True, slots=True)
class _Session:
    """Something to take up, and when the whole handshake was that it comes from."""

    session: ssl.SSLSession
    whole_at: float


class TlsMemory:
    """The handshakes of one client with one host; others may share its context."""

    def __init__(self, host: str) -> None:
        """Remember nothing yet; `host` as it is sent to the server."""
        self.handshake = Handshake()
        self._host = host
        self._session: _Session | None = None
        # Connections whose session is to be taken once an answer was read: with
        # TLS 1.3 the server sends it after the handshake. With the time of the whole
        # handshake that each comes from.
        self._fresh: list[tuple[ssl.SSLObject, float]] = []

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let connections that begin within this be this client's."""
        token = _AT_WORK.set(self)
        try:
            yield
        except BaseException:
            # What has just begun may be what went wrong.
            self._fresh.clear()
            raise
        finally:
            _AT_WORK.reset(token)
        self._keep()

    def offer(self, connection: ssl.SSLObject) -> float | None:
        """Let a handshake that begins take up what is kept, if it may.

        Returns when the whole handshake was that this comes from.
        """
        kept, self._session = self._session, None
        if (
            kept is None
            or connection.server_hostname != self._host
            or monotonic() - kept.whole_at > _WHOLE_AGAIN_AFTER
        ):
            return None
        connection.session = kept.session
        return kept.whole_at

    def take(self, connection: ssl.SSLObject, offered: float | None) -> None:
        """Note a handshake that has ended well, was checked, and `offered` that."""
        resumed = bool(connection.session_reused)
        whole_at = offered if resumed and offered else monotonic()
        self.handshake.version = connection.version()
        self.handshake.cipher = (connection.cipher() or (None,))[0]
        self.handshake.resumed = resumed
        if connection.server_hostname == self._host:
            self._fresh.append((connection, whole_at))

    def _keep(self) -> None:
        for connection, whole_at in self._fresh:
            session = connection.session
            if session is not None and (session.has_ticket or session.id):
                self._session = _Session(session, whole_at)
        self._fresh.clear()


_AT_WORK: ContextVar[TlsMemory | None] = ContextVar("tls_memory", default=None)


def memory_at_work() -> TlsMemory | None:
    """Return whose connection it is that begins here, if a client's."""
    return _AT_WORK.get()
