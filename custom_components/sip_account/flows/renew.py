"""A new certificate from the server itself: asked for, looked at, tried, then kept."""

from abc import abstractmethod
import asyncio
from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import CONF_URL

from ..const import CONF_ALLOW_WEAK
from ..login import opened_with
from ..renewal import async_fetch, async_try, needs_password, renewed_data
from ..sip_settings import (
    ClientCertificate,
    CredentialsError,
    RenewalError,
    SipSettingsError,
    UnsupportedActionError,
    is_weaker,
    opens_more,
    page_url,
    shown_host,
)
from ..wording.inert import placeholders
from . import forms
from .change import ChangeSteps
from .draft import CHANGED_MEANWHILE

_PROBLEMS = {
    "no_owner": "renewal_no_owner",
    "not_made": "renewal_not_made",
    "no_certificate": "renewal_no_certificate",
    "other_account": "renewal_other_account",
    "old_again": "renewal_old_again",
    "dates": "renewal_dates",
    "not_accepted": "renewal_not_accepted",
}


class RenewSteps(ChangeSteps):
    """The steps to a certificate that nobody has to upload.

    Until the last one nothing is changed; wherever one fails, the upload is offered
    with the reason.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self._new: ClientCertificate | None = None
        self._old: ClientCertificate | None = None
        self._replaces: Mapping[str, Any] = {}
        self._allowed: set[str] = set()
        self._fetching: asyncio.Task[ClientCertificate] | None = None

    @abstractmethod
    async def async_step_certificate(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take a certificate file."""

    async def async_step_renew(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say what the new certificate will be, then ask the server for one."""
        return await self._async_begin("renew", user_input)

    async def async_step_use_certificate(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say the same to who logs in with a password."""
        if needs_password(self._get_reconfigure_entry().data):
            return await self.async_step_use_certificate_beside(user_input)
        return await self._async_begin("use_certificate", user_input)

    async def async_step_use_certificate_beside(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say that the password is kept, for the page that takes nothing else."""
        return await self._async_begin("use_certificate_beside", user_input)

    async def _async_begin(
        self, step_id: str, user_input: dict[str, Any] | None
    ) -> ConfigFlowResult:
        data = self._get_reconfigure_entry().data
        if user_input is None:
            self._begin_with(data)
            self._fetching = None
            return self.async_show_form(
                step_id=step_id,
                data_schema=forms.confirmation(),
                description_placeholders=placeholders(
                    account=str(self._draft.account),
                    host=shown_host(page_url(data[CONF_URL])),
                ),
            )
        self._ensure_unchanged()
        self._allowed.clear()
        self._replaces = opened_with(data)
        try:
            self._old = await self._async_stored_certificate(data)
            self._new = new = await self._async_fetch_once(data)
        except SipSettingsError as error:
            return await self._async_not_renewed(error)
        return await self._async_ask(new)

    async def _async_fetch_once(self, data: Mapping[str, Any]) -> ClientCertificate:
        """Ask for a certificate, once for each form however often it is submitted."""
        task = self._fetching
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = self.hass.async_create_task(
                async_fetch(self.hass, data), "sip_account new certificate"
            )
            self._fetching = task
        return await asyncio.shield(task)

    async def async_step_owner_certificate(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Explain that the new certificate opens more, and have that confirmed."""
        return await self._async_confirm("owner_certificate", user_input)

    async def async_step_weak_renewal(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Explain that the new certificate is weak, and have that confirmed."""
        return await self._async_confirm("weak_renewal", user_input)

    async def _async_confirm(
        self, step_id: str, user_input: dict[str, Any] | None
    ) -> ConfigFlowResult:
        new = self._new
        assert new is not None  # noqa: S101 - these steps follow its arrival
        errors: dict[str, str] = {}
        weak = step_id == "weak_renewal"
        if user_input is not None:
            if user_input.get(CONF_ALLOW_WEAK, not weak):
                self._allowed.add(step_id)
                return await self._async_ask(new)
            errors[CONF_ALLOW_WEAK] = "not_confirmed"
        return self.async_show_form(
            step_id=step_id,
            data_schema=forms.weak_certificate() if weak else forms.confirmation(),
            errors=errors,
            description_placeholders=placeholders(
                account=str(self._draft.account),
                key_bits=str(new.key_bits),
                signature_algorithm=new.signature_algorithm,
            ),
        )

    async def _async_ask(self, new: ClientCertificate) -> ConfigFlowResult:
        """Ask what was not allowed yet, then try the new certificate and keep it."""
        old = self._old
        if opens_more(new, old) and "owner_certificate" not in self._allowed:
            return await self.async_step_owner_certificate()
        told = bool(self._replaces.get(CONF_ALLOW_WEAK))
        weaker = not told or (old is not None and is_weaker(new, old))
        if new.weak and weaker and "weak_renewal" not in self._allowed:
            return await self.async_step_weak_renewal()
        return await self._async_replace(new)

    async def _async_replace(self, new: ClientCertificate) -> ConfigFlowResult:
        data = self._get_reconfigure_entry().data
        if opened_with(data) == self._replaces:
            try:
                await async_try(self.hass, renewed_data(data, new, self._old))
            except SipSettingsError as error:
                return await self._async_not_renewed(error)
        # That took its time: the account may have got another login meanwhile.
        entry = self._get_reconfigure_entry()
        if opened_with(entry.data) != self._replaces:
            return self.async_abort(reason=CHANGED_MEANWHILE)
        return self.async_update_reload_and_abort(
            entry,
            data=renewed_data(entry.data, new, self._old),
            reason="certificate_renewed" if self._old else _in_use(entry.data),
        )

    async def _async_not_renewed(self, error: SipSettingsError) -> ConfigFlowResult:
        """Offer the upload, and say why the server's own certificate will not do."""
        self._new = None
        self._draft.not_renewed = _reason(error)
        return await self.async_step_certificate()


def _in_use(data: Mapping[str, Any]) -> str:
    return "certificate_in_use_beside" if needs_password(data) else "certificate_in_use"


def _reason(error: SipSettingsError) -> str:
    if isinstance(error, RenewalError):
        return _PROBLEMS[error.problem]
    if isinstance(error, CredentialsError):
        return "renewal_refused"
    if isinstance(error, UnsupportedActionError):
        return "renewal_unsupported"
    return "renewal_no_answer"
