"""How an account is doing: when its credentials have failed, and what to log.

One line when something is lost, one when all is back. A refusal that may be a
failing back end is believed only after it has lasted; the memory of it survives
set-ups that are tried again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
import logging

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN, DOUBTFUL_POLLS, DOUBTFUL_TIME
from .sip_settings import (
    ClientCertificate,
    CredentialsError,
    ServerCertificateError,
    SipSettingsError,
    TlsError,
    WeakServerCertificateError,
)

_LOGGER = logging.getLogger(__name__)


# Errors that say nothing about the action that was asked for.
_OF_ACCOUNT = frozenset(
    {"authentication", "certificate", "tls", "connection", "timeout"}
)


@dataclass(slots=True)
class _Doubt:
    """Since when, and in how many polls, the credentials were refused."""

    since: datetime
    polls: int = 0


_DOUBTS: HassKey[dict[str, _Doubt]] = HassKey(f"{DOMAIN}_doubts")


def forget_doubt(hass: HomeAssistant, entry_id: str) -> None:
    """Start to count refusals anew."""
    hass.data.get(_DOUBTS, {}).pop(entry_id, None)


@dataclass(slots=True)
class _Outage:
    """Actions that were lost for one reason, and are told of as one."""

    kind: str
    whole: bool
    actions: set[str]
    lost: set[str]


@dataclass(slots=True)
class AccountHealth:
    """What the polls of one account have in common."""

    hass: HomeAssistant
    entry_id: str
    account: str
    certificate: ClientCertificate | None
    pinned: bool = False
    _lost: bool = False
    _outages: list[_Outage] = field(default_factory=list)

    def judge(
        self,
        group: Collection[str],
        polled: Collection[str],
        failures: Mapping[str, SipSettingsError],
        *,
        quiet: bool = False,
    ) -> SipSettingsError | None:
        """Take in the outcome of a poll; return why the credentials have failed.

        `polled` are the keys of the actions in the `group` that the server knows.
        While one of them is answered, the credentials have not failed. A pinned
        server that shows another certificate is reported in the same way. `quiet`
        logs nothing, for a set-up that Home Assistant itself reports.
        """
        succeeded = len(failures) < len(polled)
        if not quiet:
            self._log(group, failures, succeeded=succeeded)
        if succeeded or not failures:
            forget_doubt(self.hass, self.entry_id)
            return None
        errors = list(failures.values())
        for error in errors:
            if self._is_certain(error):
                return error
        doubtful = next((e for e in errors if self._may_be(e)), None)
        return doubtful if doubtful and self._has_lasted() else None

    def _may_be(self, error: SipSettingsError) -> bool:
        """Whether an error is one that a person has to look at once it has lasted.

        A pinned certificate that has changed may be the server's new one, or a hotel
        that asks for a room number.
        """
        return isinstance(error, CredentialsError) or (
            self.pinned and isinstance(error, ServerCertificateError)
        )

    def _is_certain(self, error: SipSettingsError) -> bool:
        if isinstance(error, CredentialsError):
            return error.certain
        expired = self.certificate and self.certificate.expires < dt_util.utcnow()
        about_server = (ServerCertificateError, WeakServerCertificateError)
        return bool(
            expired
            and isinstance(error, TlsError)
            and not isinstance(error, about_server)
        )

    def _has_lasted(self) -> bool:
        now = dt_util.utcnow()
        doubts = self.hass.data.setdefault(_DOUBTS, {})
        doubt = doubts.setdefault(self.entry_id, _Doubt(now))
        doubt.polls += 1
        return doubt.polls >= DOUBTFUL_POLLS and now - doubt.since >= DOUBTFUL_TIME

    def _log(
        self,
        group: Collection[str],
        failures: Mapping[str, SipSettingsError],
        *,
        succeeded: bool,
    ) -> None:
        """Log what was lost or is back since the polls before."""
        reason = next(iter(failures.values()), None)
        if not succeeded and all(e.kind in _OF_ACCOUNT for e in failures.values()):
            if reason and not self._lost:
                self._lost = True
                _LOGGER.warning("%s cannot be reached: %s", self.account, reason)
            return
        if self._lost:
            self._lost = False
            _LOGGER.info("%s can be reached again", self.account)
        self._log_back(set(group) - failures.keys())
        lost = failures.keys() - {key for it in self._outages for key in it.lost}
        if lost and reason:
            self._log_lost(set(lost), reason, whole=not succeeded)

    def _log_back(self, answered: set[str]) -> None:
        for outage in self._outages:
            outage.lost -= answered
            if not outage.lost:
                names = ", ".join(sorted(outage.actions))
                _LOGGER.info("%s: can read %s again", self.account, names)
        self._outages = [outage for outage in self._outages if outage.lost]

    def _log_lost(
        self, lost: set[str], reason: SipSettingsError, *, whole: bool
    ) -> None:
        """Log a loss, unless it is only the rest of what another poll has found."""
        for outage in self._outages:
            if whole and outage.whole and outage.kind == reason.kind:
                outage.actions |= lost
                outage.lost |= lost
                return
        self._outages.append(_Outage(reason.kind, whole, lost, set(lost)))
        names = ", ".join(sorted(lost))
        _LOGGER.warning("%s: cannot read %s: %s", self.account, names, reason)
