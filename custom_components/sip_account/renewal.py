"""A certificate that is renewed by the server itself, and the one before it.

A new one replaces the old only once it was checked and tried. The old one is kept in
the entry until it expires: where the new one is refused after all, it comes back.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
import logging
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_PASSWORD, CONF_URL
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from .const import (
    CONF_ADDRESS_BOOK,
    CONF_ALLOW_WEAK,
    CONF_ASKED_AT,
    CONF_CERTIFICATE,
    CONF_CERTIFICATE_BEFORE,
    CONF_LEARNED,
    CONF_OWN_BOOK_REGION,
    CONF_PHONE_BOOK_OF,
    CONF_PRIVATE_KEY,
    CONF_RENEW,
    CONF_RENEWAL_TRY,
    CONF_SERVER_ZONE,
    CONF_TAKEN_BACK_AT,
    EXPIRES_SOON,
)
from .login import Connection, async_connect, certificate_data, opened_with
from .polling.standing import async_known_standing
from .sip_settings import (
    ClientCertificate,
    ClosedError,
    CredentialsError,
    RenewalError,
    SipSettingsClient,
    SipSettingsError,
    check_certificate,
    fetch_certificate,
    is_snapshot_page,
    is_weaker,
    opens_more,
    page_url,
    try_certificate,
)

_LOGGER = logging.getLogger(__name__)

_LOOK_EVERY = timedelta(hours=6)
_TRY_AGAIN_AFTER = timedelta(days=1)
# What a person has to decide: it is not tried again by itself.
_WEAKER = "weaker"
_OPENS_MORE = "opens_more"
_FOR_A_PERSON = (_WEAKER, _OPENS_MORE)

_PAIR = (CONF_CERTIFICATE, CONF_PRIVATE_KEY, CONF_ALLOW_WEAK)
# What was true of the certificate that is replaced, or of a login by password.
_OF_THE_OLD = (CONF_PASSWORD, CONF_RENEWAL_TRY, CONF_TAKEN_BACK_AT)
# What became of renewals of a certificate, and what it has replaced.
_NOTES = (CONF_CERTIFICATE_BEFORE, CONF_RENEWAL_TRY, CONF_TAKEN_BACK_AT)
_OF_ANOTHER_LOGIN = (CONF_LEARNED, CONF_ASKED_AT)


async def async_fetch(
    hass: HomeAssistant, data: Mapping[str, Any]
) -> ClientCertificate:
    """Return a new certificate that may replace the login of an entry's data.

    Raises RenewalError where there is none, and the errors of the client.
    """
    connection = await async_connect(hass, data)
    return await _async_fetch(connection)


async def _async_fetch(connection: Connection) -> ClientCertificate:
    client = connection.client
    new = await fetch_certificate(client)
    check_certificate(new, connection.certificate, client.address, dt_util.utcnow())
    return new


async def async_try(hass: HomeAssistant, data: Mapping[str, Any]) -> None:
    """Read the account with the certificate in `data`; raises RenewalError."""

    async def connect() -> SipSettingsClient:
        return (await async_connect(hass, data)).client

    await try_certificate(connect)


def renewed_data(
    data: Mapping[str, Any],
    new: ClientCertificate,
    old: ClientCertificate | None,
) -> dict[str, Any]:
    """Return what an entry holds once a certificate has replaced its login.

    A person, or the certificate before it, has allowed what is weak in it. The
    password stays where a page takes nothing else.
    """
    dropped = {*_OF_THE_OLD, *(() if old else _OF_ANOTHER_LOGIN)}
    if needs_password(data):
        dropped.discard(CONF_PASSWORD)
    renewed = {key: value for key, value in data.items() if key not in dropped}
    renewed |= certificate_data(new)
    renewed[CONF_ALLOW_WEAK] = new.weak
    if old:
        renewed[CONF_CERTIFICATE_BEFORE] = {
            **{key: data[key] for key in _PAIR if key in data},
            "expires": old.expires.isoformat(),
            "replaced_at": dt_util.utcnow().isoformat(),
        }
    return renewed


def kept_notes(held: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an entry that `held` something goes on to hold beside other `data`.

    What is known of renewals goes with the certificate, and the zone that the server
    writes times in with its page. The phone book has nothing to do with either.
    """
    pair = (CONF_CERTIFICATE, CONF_PRIVATE_KEY)
    same = pair[0] in data and all(held.get(key) == data.get(key) for key in pair)
    keys = (
        CONF_SERVER_ZONE,
        CONF_ADDRESS_BOOK,
        CONF_OWN_BOOK_REGION,
        CONF_PHONE_BOOK_OF,
        *(_NOTES if same else ()),
    )
    return {key: held[key] for key in keys if key in held}


def needs_password(data: Mapping[str, Any]) -> bool:
    """Whether an entry's page lets nobody in by certificate (wire contract §7)."""
    return is_snapshot_page(page_url(data[CONF_URL]))


def renewals_of(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what may be shown of renewals: times, and the kind of what went wrong."""
    before, last = _before(data), _last_try(data)
    told = {
        "renewed_at": before.get("replaced_at"),
        "old_one_kept_until": before.get("expires"),
        "taken_back_at": data.get(CONF_TAKEN_BACK_AT),
        "tried_at": last.get("at"),
        "problem": last.get("problem"),
    }
    return {key: value for key, value in told.items() if value} or None


class Renewal:
    """Renews the certificate of an account by itself, and returns to the old one.

    It writes to the entry only while its account is loaded with the login that it
    began with.
    """

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Take charge of an entry's certificate."""
        self._hass = hass
        self._entry = entry
        self._data = entry.data
        self._closed = False
        self._came_back = False

    @callback
    def close(self) -> None:
        """Write nothing any more."""
        self._closed = True

    @callback
    def async_start(self, connection: Connection) -> CALLBACK_TYPE:
        """Look from time to time what is to be done; returns what ends that."""

        @callback
        def look(now: datetime) -> None:
            self._forget_expired(now)
            if self._is_due(connection.certificate, now):
                self._note_try(now, None)
                self._entry.async_create_background_task(
                    self._hass,
                    self._async_renew(connection),
                    "sip_account renewal of the certificate",
                )

        look(dt_util.utcnow())
        return async_track_time_interval(self._hass, look, _LOOK_EVERY)

    @callback
    def async_come_back(self, error: SipSettingsError) -> bool:
        """Return to the certificate before; whether there is one that may still do.

        `error` is a refusal that has lasted. It is done once: what came back has
        nothing before it.
        """
        if self._came_back:
            return True
        data = self._entry.data
        before = _before(data)
        expires = dt_util.parse_datetime(str(before.get("expires")))
        now = dt_util.utcnow()
        if (
            not self._in_charge
            or not isinstance(error, CredentialsError)
            or not {CONF_CERTIFICATE, CONF_PRIVATE_KEY} <= before.keys()
            or expires is None
            or expires <= now
        ):
            return False
        self._came_back = True
        dropped = (*_PAIR, CONF_CERTIFICATE_BEFORE, CONF_RENEWAL_TRY)
        restored = {key: value for key, value in data.items() if key not in dropped}
        restored |= {key: before[key] for key in _PAIR if key in before}
        restored[CONF_TAKEN_BACK_AT] = now.isoformat()
        self._replace(restored)
        _LOGGER.warning(
            "%s: the server refuses the new certificate; the one before it is used"
            " again: %s",
            self._entry.title,
            error,
        )
        return True

    @property
    def _in_charge(self) -> bool:
        same = opened_with(self._entry.data) == opened_with(self._data)
        return not self._closed and same

    def _is_due(self, certificate: ClientCertificate | None, now: datetime) -> bool:
        data = self._entry.data
        last = _last_try(data)
        tried_at = dt_util.parse_datetime(str(last.get("at")))
        standing = async_known_standing(self._hass, self._entry.entry_id)
        return bool(
            certificate
            and self._in_charge
            and self._entry.options.get(CONF_RENEW)
            and timedelta() < certificate.expires - now <= EXPIRES_SOON
            and CONF_TAKEN_BACK_AT not in data
            and last.get("problem") not in _FOR_A_PERSON
            # A clock that was wrong may have told a time that is yet to come.
            and not (tried_at and tried_at <= now < tried_at + _TRY_AGAIN_AFTER)
            and not (standing and standing.refused)
        )

    async def _async_renew(self, connection: Connection) -> None:
        """Replace the certificate, or leave everything as it is."""
        old = connection.certificate
        assert old is not None  # noqa: S101 - it is due only where there is one
        account = self._entry.title
        try:
            new = await _async_fetch(connection)
            if problem := _for_a_person(new, old):
                self._note_try(dt_util.utcnow(), problem)
                _LOGGER.info("%s: a person has to renew the certificate", account)
                return
            await async_try(self._hass, renewed_data(self._data, new, old))
        except ClosedError:
            return
        except SipSettingsError as error:
            problem = error.problem if isinstance(error, RenewalError) else error.kind
            self._note_try(dt_util.utcnow(), problem)
            _LOGGER.warning("%s: the certificate is not renewed: %s", account, error)
            return
        if self._in_charge:
            self._replace(renewed_data(self._entry.data, new, old))
            _LOGGER.info("%s: the certificate was renewed", account)

    def _replace(self, data: Mapping[str, Any]) -> None:
        """Keep another login, and begin anew with it."""
        entries = self._hass.config_entries
        entries.async_update_entry(self._entry, data=data)
        entries.async_schedule_reload(self._entry.entry_id)

    def _note_try(self, at: datetime, problem: str | None) -> None:
        if self._in_charge:
            tried = {"at": at.isoformat(), "problem": problem}
            self._write(self._entry.data | {CONF_RENEWAL_TRY: tried})

    def _forget_expired(self, now: datetime) -> None:
        """Keep no key longer than it is good for anything."""
        data = self._entry.data
        expires = dt_util.parse_datetime(str(_before(data).get("expires")))
        gone = expires is None or expires <= now
        if CONF_CERTIFICATE_BEFORE in data and gone and self._in_charge:
            self._write({k: v for k, v in data.items() if k != CONF_CERTIFICATE_BEFORE})

    def _write(self, data: Mapping[str, Any]) -> None:
        self._hass.config_entries.async_update_entry(self._entry, data=data)


def _for_a_person(new: ClientCertificate, old: ClientCertificate) -> str | None:
    """Return why a person has to decide on a certificate, None where nobody has."""
    if is_weaker(new, old):
        return _WEAKER
    return _OPENS_MORE if opens_more(new, old) else None


def _before(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the certificate before, as it is kept; empty where there is none."""
    before = data.get(CONF_CERTIFICATE_BEFORE)
    return before if isinstance(before, Mapping) else {}


def _last_try(data: Mapping[str, Any]) -> Mapping[str, Any]:
    last = data.get(CONF_RENEWAL_TRY)
    return last if isinstance(last, Mapping) else {}
