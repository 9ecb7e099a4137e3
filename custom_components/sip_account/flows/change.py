"""What brings an account's flow back: a refusal, another server, another account."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigFlowResult,
)
from homeassistant.const import CONF_URL
from homeassistant.core import callback

from ..const import CONF_AUTHORITY, CONF_CERTIFICATE, CONF_PINNED, DOMAIN
from ..login import stored_certificate
from ..polling.standing import Standing, async_known_standing
from ..sip_settings import (
    ClientCertificate,
    ServerCertificate,
    ServerCertificateError,
    SipAddress,
    SipSettingsError,
    Trust,
    fetch_server_certificate,
    page_url,
    shown_host,
)
from ..wording.inert import placeholders
from ..wording.words import day
from . import forms
from .draft import ACCOUNT_REMOVED, LOGIN_ERRORS, Draft
from .trust import TrustSteps


class ChangeSteps(TrustSteps):
    """The steps that begin with what an entry already holds."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self._owners: dict[str, ConfigEntry] = {}
        self._pinned_before: ServerCertificate | None = None
        self._shown = False

    @abstractmethod
    def _show_logins(self, step_id: str) -> ConfigFlowResult:
        """Show the menu of what can open the account."""

    @abstractmethod
    def _show_upload(
        self, error: SipSettingsError, user_input: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Ask for the certificate file, and tell what is wrong with the last one."""

    @abstractmethod
    async def _async_claim(self, account: SipAddress) -> None:
        """Make sure that the account is the one to mend, or a new one."""

    def _begin_again(self) -> ConfigFlowResult:
        """Let the person choose anew how the account is opened, with nothing kept."""
        if self.source == SOURCE_REAUTH:
            self._begin_with(self._get_reauth_entry().data)
            return self._show_logins("reauth_confirm")
        if self.source == SOURCE_RECONFIGURE:
            self._begin_with(self._get_reconfigure_entry().data)
            return self._show_logins("reconfigure")
        self._draft = Draft()
        return self._show_logins("user")

    # The server refuses what it was given, or is another one

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Ask anew for what the server refuses, or whether it is still the server."""
        self._begin_with(entry_data)
        if CONF_PINNED in entry_data and await self._async_has_changed(entry_data):
            return await self.async_step_changed_certificate()
        standing = self._standing
        if (
            CONF_AUTHORITY in entry_data
            and standing
            and isinstance(standing.refusal, ServerCertificateError)
        ):
            trouble = await self._async_take_login(self._get_reauth_entry())
            return trouble or await self.async_step_untrusted_server()
        second = standing.second if standing else None
        if (
            second
            and self._draft.second_url
            and isinstance(second.refusal, ServerCertificateError)
        ):
            trouble = await self._async_take_login(self._get_reauth_entry())
            self._second_in_doubt = True
            return trouble or await self.async_step_untrusted_server()
        return await self.async_step_reauth_confirm()

    @property
    def _standing(self) -> Standing | None:
        """How the account stands that credentials are asked for, if any are."""
        if self.source != SOURCE_REAUTH:
            return None
        return async_known_standing(self.hass, self._reauth_entry_id)

    @callback
    @override
    def async_show_form(self, **form: Any) -> ConfigFlowResult:
        """Show a form."""
        self._note_step()
        return super().async_show_form(**form)

    @callback
    @override
    def async_show_menu(self, **menu: Any) -> ConfigFlowResult:
        """Show a menu."""
        self._note_step()
        return super().async_show_menu(**menu)

    def _note_step(self) -> None:
        """Note that somebody is at a dialog that would go away by itself.

        The first step is shown to nobody: Home Assistant opens it when we ask.
        """
        if self._shown and self._standing:
            self._standing.touch(self.hass.loop.time())
        self._shown = True

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Tell what is the matter, and let the person choose again."""
        return self._show_logins("reauth_confirm")

    async def async_step_changed_certificate(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show the pinned certificate and the server's new one; trust that instead."""
        shown = self._server_certificate
        if shown is None or self._pinned_before is None:
            return await self.async_step_reauth_confirm()
        if user_input is None:
            return self.async_show_form(
                step_id="changed_certificate",
                data_schema=forms.confirmation(),
                description_placeholders=placeholders(
                    account=str(self._draft.account),
                    old_fingerprint=self._pinned_before.fingerprint,
                    old_expires=day(self._pinned_before.expires),
                    **forms.shown_certificate(shown),
                ),
            )
        self._ensure_unchanged()
        if trouble := await self._async_take_login(self._get_reauth_entry()):
            return trouble
        self._draft.trust = Trust(pinned=shown.pem)
        return await self._async_try_server()

    async def _async_has_changed(self, data: Mapping[str, Any]) -> bool:
        """Compare the pinned certificate with what the server shows now."""
        try:
            self._pinned_before = await self.hass.async_add_executor_job(
                ServerCertificate.load_pem, data[CONF_PINNED]
            )
            self._server_certificate = await fetch_server_certificate(
                page_url(data[CONF_URL])
            )
        except SipSettingsError:
            return False
        return self._server_certificate.fingerprint != self._pinned_before.fingerprint

    # Another server, or another reason to believe it

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let the person replace what the account is opened with, or where."""
        self._begin_with(self._get_reconfigure_entry().data)
        return self._show_logins("reconfigure")

    async def async_step_address(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the server and for how it is trusted; the login stays."""
        if user_input is None:
            given = self._draft
            trouble = await self._async_take_login(self._get_reconfigure_entry())
            if "address" in self._trail:
                self._draft.typed_url = given.typed_url
                self._draft.chosen_trust = given.chosen_trust
            return trouble or self._show_address({})
        trust = self._draft.chosen_trust = user_input["trust"]
        errors = self._draft.take_server(user_input)
        if errors or self._draft.account is None:
            return self._show_address(errors)
        await self._async_claim(self._draft.account)
        if trust == "unchanged":
            kept = Draft.from_entry(self._get_reconfigure_entry().data)
            self._draft.trusts = kept.trusts
        else:
            self._draft.trust = Trust()
        if trust == "authority":
            return await self.async_step_authority()
        if trust == "pinned":
            return await self.async_step_pin_certificate()
        return await self._async_try_server()

    def _show_address(self, errors: dict[str, str]) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="address", data_schema=forms.address(self._draft), errors=errors
        )

    # Another account of the same owner

    async def _async_find_owners(self) -> None:
        """Look for certificates that open several accounts, an entry for each."""
        found: dict[str, ConfigEntry] = {}
        for entry in self.hass.config_entries.async_entries(DOMAIN):
            try:
                certificate = await self._async_stored_certificate(entry.data)
            except SipSettingsError:
                continue
            if certificate and certificate.address is None:
                found.setdefault(entry.data[CONF_CERTIFICATE], entry)
        self._owners = {entry.entry_id: entry for entry in found.values()}

    async def async_step_known_certificate(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which other account the certificate of a known one opens."""
        if user_input is None:
            return self._show_known({})
        entry = self._owners[user_input["certificate_of"]]
        if self.hass.config_entries.async_get_entry(entry.entry_id) is None:
            return self.async_abort(reason=ACCOUNT_REMOVED)
        if trouble := await self._async_take_login(entry):
            return trouble
        self._draft.kept_password = None
        url = self._draft.url = entry.data[CONF_URL]
        errors = self._draft.take_server({CONF_URL: url, **user_input})
        if errors or self._draft.account is None:
            return self._show_known(errors)
        await self._async_claim(self._draft.account)
        return await self._async_try_server()

    def _show_known(self, errors: dict[str, str]) -> ConfigFlowResult:
        # The certificate goes there, so that is shown.
        titles = {
            entry_id: f"{entry.title}: {shown_host(page_url(entry.data[CONF_URL]))}"
            for entry_id, entry in self._owners.items()
        }
        return self.async_show_form(
            step_id="known_certificate",
            data_schema=forms.known_certificate(self._draft, titles),
            errors=errors,
        )

    # What they share

    def _show_kept_login(self, errors: dict[str, str]) -> ConfigFlowResult:
        """Go back to the form that the person came from."""
        if self.source == SOURCE_RECONFIGURE:
            return self._show_address(errors)
        if self.source != SOURCE_REAUTH:
            return self._show_known(errors)
        if errors.get("base") in LOGIN_ERRORS:
            return self._show_logins("reauth_confirm")
        # A menu shows no errors, and the login was not the matter.
        self._login_is_kept = False
        return self._show_login(errors)

    async def _async_take_login(self, entry: ConfigEntry) -> ConfigFlowResult | None:
        """Go on with what opens an entry, and with its server and trust.

        Returns the upload of another certificate where the stored one cannot be read.
        """
        self._begin_with(entry.data)
        try:
            self._draft.certificate = await self._async_stored_certificate(entry.data)
        except SipSettingsError as error:
            return self._show_upload(error, {})
        self._draft.keep_login(entry.data)
        self._login_is_kept = True
        self._certificate_stays = False
        return None

    async def _async_stored_certificate(
        self, data: Mapping[str, Any]
    ) -> ClientCertificate | None:
        return await self.hass.async_add_executor_job(stored_certificate, data)
