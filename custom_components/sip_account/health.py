"""How an account is doing: whether it is let in, whom to tell, and what to log.

One line when something is lost, one when all is back.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
import logging

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntry
from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .const import CONF_SETTINGS_URL
from .login import trust_in
from .polling.poll_round import Round, is_of_account
from .polling.readings import Reading
from .polling.standing import Standing
from .sip_settings import (
    AuthenticationError,
    ClientCertificate,
    CredentialsError,
    ServerCertificateError,
    SipSettingsError,
    TlsError,
    Trust,
    WeakServerCertificateError,
    page_url,
)

_LOGGER = logging.getLogger(__name__)


@dataclass(slots=True)
class _Outage:
    """Actions that were lost for one reason, and are told of as one."""

    kind: str
    whole: bool
    actions: set[str]
    lost: set[str]


@dataclass(slots=True)
class AccountHealth:
    """What the polls of one account have in common.

    At `ready_by` (of the loop's clock) the first ones end, whatever is still unread.
    `come_back` returns to the certificate before, for a refusal that is believed, and
    whether there is one.
    """

    hass: HomeAssistant
    entry: ConfigEntry
    standing: Standing
    certificate: ClientCertificate | None = None
    ready_by: float | None = None
    come_back: Callable[[SipSettingsError], bool] = lambda _error: False
    _lost: bool = False
    _outages: list[_Outage] = field(default_factory=list)
    _odd: set[str] = field(default_factory=set)

    @property
    def account(self) -> str:
        """The account's name for people."""
        return self.entry.title

    def take_round(
        self, outcome: Round, begun: float, standing: Standing | None = None
    ) -> None:
        """Take in what came of requests that were sent since `begun`.

        They were sent to the page that the account has this `standing` with.
        """
        now = self.hass.loop.time()
        account = self.standing
        standing = standing or account
        refusals = [
            error for error in outcome.failures if self._is_refusal(error, standing)
        ]
        if outcome.let_in_at is not None:
            standing.take_answer(outcome.let_in_at)
            if not account.refused and account.asked and not account.is_touched(now):
                self._take_back()
        elif refusals:
            whole = len(refusals) == len(outcome.failures) and not outcome.astray
            self._take_refusal(refusals[-1], begun, standing, whole=whole)
        elif outcome.failures or outcome.astray:
            standing.take_loss(now)

    def take_unusable(self, error: SipSettingsError) -> None:
        """Take in that what an entry keeps cannot be used, so that nothing was sent."""
        now = self.hass.loop.time()
        if not self.standing.waits(now):
            self._take_refusal(error, now, self.standing)

    def _take_refusal(
        self,
        error: SipSettingsError,
        begun: float,
        standing: Standing,
        *,
        whole: bool = True,
    ) -> None:
        standing.take_refusal(error, begun, self.hass.loop.time(), whole=whole)
        may_come_back = standing is self._opened_by_certificate
        if standing.believed and not (may_come_back and self.come_back(error)):
            self.standing.asked = True
            self.entry.async_start_reauth(self.hass)

    def _take_back(self) -> None:
        """End what asks for credentials that are good."""
        self.standing.asked = False
        flows = list(self.entry.async_get_active_flows(self.hass, {SOURCE_REAUTH}))
        for flow in flows:
            self.hass.config_entries.flow.async_abort(flow["flow_id"])
        if flows:
            _LOGGER.info(
                "%s is let in again: its credentials are no longer asked for",
                self.account,
            )

    @property
    def _opened_by_certificate(self) -> Standing:
        """The page that a certificate opens: of two, the first takes none."""
        return self.standing.pages[-1]

    def _is_refusal(self, error: SipSettingsError, standing: Standing) -> bool:
        """Whether an error is one that a person has to look at once it has lasted.

        A certificate that is not the trusted one may be the server's new one, or a
        hotel that asks for a room number.
        """
        if isinstance(error, CredentialsError):
            return True
        if isinstance(error, ServerCertificateError):
            data = self.entry.data
            key = CONF_URL if standing is self.standing else CONF_SETTINGS_URL
            return trust_in(data, page_url(data[key])) != Trust()
        certificate = self.certificate
        if standing is not self._opened_by_certificate:
            certificate = None
        expired = certificate and certificate.expires < dt_util.utcnow()
        return bool(
            expired
            and isinstance(error, TlsError)
            and not isinstance(error, WeakServerCertificateError)
        )

    def log(
        self,
        group: Collection[str],
        polled: Collection[str],
        failures: Mapping[str, SipSettingsError],
    ) -> None:
        """Log what was lost or is back since the polls before.

        `polled` are the keys of the actions in the `group` that the server knows.
        """
        succeeded = len(failures) < len(polled)
        reason = next(iter(failures.values()), None)
        if not succeeded and all(map(is_of_account, failures.values())):
            if reason and not self._lost:
                self._lost = True
                _LOGGER.warning(
                    "%s cannot be reached: %s. Its diagnostics tell what was tried:"
                    " /api/diagnostics/config_entry/%s",
                    self.account,
                    reason,
                    self.entry.entry_id,
                )
            return
        if self._lost:
            self._lost = False
            _LOGGER.info("%s can be reached again", self.account)
        self._log_back(set(group) - failures.keys())
        known = {key for it in self._outages for key in it.lost}
        new = {key: error for key, error in failures.items() if key not in known}
        for kind in dict.fromkeys(error.kind for error in new.values()):
            lost = [key for key, error in new.items() if error.kind == kind]
            self._log_lost(set(lost), new[lost[0]], whole=not succeeded)

    def log_odd(self, readings: Mapping[str, Reading]) -> None:
        """Log what is not understood of lists: once for each, since it will stay so."""
        odd = {key for key, it in readings.items() if it.odd and not it.failed}
        new = odd - self._odd
        if new:
            self._odd |= new
            _LOGGER.warning(
                "%s: of %s, something is not understood and left out",
                self.account,
                ", ".join(sorted(new)),
            )

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


def refusal_key(refusal: SipSettingsError) -> str:
    """Return the key of the text that tells of refused credentials."""
    if isinstance(refusal, ServerCertificateError):
        return "server_certificate_changed"
    if isinstance(refusal, AuthenticationError):
        return "authentication_refused"
    certain = not isinstance(refusal, CredentialsError) or refusal.certain
    return "certificate_refused" if certain else "certificate_doubted"
