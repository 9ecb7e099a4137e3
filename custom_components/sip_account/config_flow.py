"""From a certificate, or a SIP address and a password, to a config entry.

What a person uploaded or typed stays in the flow until it ends, whatever goes wrong
on the way.
"""

from collections.abc import Mapping
import logging
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigFlowResult,
)
from homeassistant.const import CONF_PASSWORD
from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from .const import (
    CONF_ACCOUNT,
    CONF_ALLOW_WEAK,
    CONF_CERTIFICATE,
    CONF_PRIVATE_KEY,
    CONF_SETTINGS_URL,
    DOMAIN,
)
from .flows import forms
from .flows.draft import Draft, async_read_upload, error_key
from .flows.finding import FindSteps
from .flows.options import SipAccountOptionsFlow
from .flows.renew import RenewSteps
from .flows.second_page import SecondPageSteps
from .inert import inert, placeholders
from .login import async_connect
from .renewal import kept_notes
from .sip_settings import (
    ACCOUNT,
    ClientCertificate,
    NoPrivateKeyError,
    PasswordRequiredError,
    ServerCertificateError,
    SipAddress,
    SipSettingsError,
    WrongPasswordError,
    page_url,
    shown_host,
)

_LOGGER = logging.getLogger(__name__)


class SipAccountConfigFlow(FindSteps, RenewSteps, SecondPageSteps, domain=DOMAIN):
    """Sets up, mends and changes an account."""

    VERSION = 1

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> SipAccountOptionsFlow:
        """Return the flow that changes an entry's options."""
        return SipAccountOptionsFlow()

    @callback
    @override
    def async_remove(self) -> None:
        """Drop what was uploaded, typed and fetched."""
        self._draft = Draft()
        self._new = self._old = self._fetching = None
        self._replaces = {}

    # How it begins

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let the person choose how the account is opened."""
        await self._async_find_owners()
        return self._show_logins("user")

    @override
    def _show_logins(self, step_id: str) -> ConfigFlowResult:
        options = ["certificate", "password"]
        if self._owners:
            options.insert(0, "known_certificate")
        if step_id == "reconfigure":
            data = self._get_reconfigure_entry().data
            if CONF_CERTIFICATE in data:
                options.append("renew")
            elif CONF_SETTINGS_URL in data or not self._draft.on_snapshot_page:
                options.append("use_certificate")
            options.append("address")
        known = (entry.title for entry in self._owners.values())
        return self.async_show_menu(
            step_id=step_id,
            menu_options=options,
            description_placeholders=placeholders(
                account=str(self._draft.account or ""),
                known=", ".join(known),
                host=", ".join(self._hosts),
            ),
        )

    @property
    def _hosts(self) -> list[str]:
        """The hosts of the pages that are asked about: those that refuse, if any do."""
        draft = self._draft
        standing = self._standing
        urls = [draft.url]
        if standing and standing.second and standing.second.refusal:
            urls = [*(urls if standing.refusal else ()), draft.second_url or ""]
        return list(dict.fromkeys(shown_host(page_url(url)) for url in urls if url))

    # A certificate: upload, server, what to know before going on

    @override
    async def async_step_certificate(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take the certificate file, and a key file where the key is not inside."""
        reason = self._draft.not_renewed if user_input is None else None
        errors = {"base": reason} if reason else {}
        self._login_is_kept = self._certificate_stays = False
        if user_input is not None:
            try:
                await self._async_take_files(user_input)
                await self._async_load_certificate()
            except PasswordRequiredError, WrongPasswordError:
                return await self.async_step_server()
            except SipSettingsError as error:
                return self._show_upload(error, user_input)
            except ValueError:
                errors["base"] = "upload_lost"
            else:
                return await self.async_step_server()
        return self.async_show_form(
            step_id="certificate",
            data_schema=forms.upload(self._draft),
            errors=errors,
        )

    async def async_step_server(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the server, and for what the file alone does not tell."""
        draft = self._draft
        if user_input is None:
            return self._show_server({})
        errors = draft.take_server(user_input)
        if CONF_PASSWORD in user_input:
            draft.password = user_input[CONF_PASSWORD]
            try:
                await self._async_load_certificate()
            except PasswordRequiredError, WrongPasswordError:
                errors[CONF_PASSWORD] = "wrong_password"
            except SipSettingsError as error:
                return self._show_upload(error, user_input)
        if errors or draft.certificate is None:
            return self._show_server(errors)
        if draft.account is None:
            return self._show_server({})
        await self._async_claim(draft.account)
        return await self._async_step_warnings()

    async def async_step_expired_certificate(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Warn that the certificate has expired; the server may not mind."""
        if user_input is None:
            return self._show_certificate("expired_certificate", {})
        self._draft.expiry_accepted = True
        return await self._async_step_warnings()

    async def async_step_weak_certificate(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Explain that the certificate is weak, and have that confirmed."""
        if user_input is None:
            return self._show_certificate("weak_certificate", {})
        if not user_input[CONF_ALLOW_WEAK]:
            return self._show_certificate(
                "weak_certificate", {CONF_ALLOW_WEAK: "not_confirmed"}
            )
        self._draft.allow_weak = True
        return await self._async_step_warnings()

    async def _async_step_warnings(self) -> ConfigFlowResult:
        """Show each warning once, then try the server."""
        draft = self._draft
        if certificate := draft.certificate:
            if certificate.expires < dt_util.utcnow() and not draft.expiry_accepted:
                return await self.async_step_expired_certificate()
            if certificate.weak and not draft.allow_weak:
                return await self.async_step_weak_certificate()
        return await self._async_try_server()

    # The end

    @override
    async def _async_try_server(self) -> ConfigFlowResult:
        """Read the account from the server, and finish where that works."""
        self._ensure_unchanged()
        self._second_in_doubt = False
        data = self._draft.as_entry_data()
        # The second page is tried once the person has seen where it is.
        data.pop(CONF_SETTINGS_URL, None)
        try:
            connection = await async_connect(self.hass, data)
            await connection.client.read(ACCOUNT)
        except ServerCertificateError as error:
            _LOGGER.debug("Server not trusted: %s", error)
            return await self._async_show_untrusted(error.doubt)
        except SipSettingsError as error:
            _LOGGER.debug("Server tried: %s", error)
            key = error_key(error, self._draft)
            if self._draft.turn_to_spare(key):
                return await self._async_try_server()
            return self._show_login({"base": key})
        return await self._async_go_on()

    @override
    def _finish(self) -> ConfigFlowResult:
        data = self._draft.as_entry_data()
        # That took its time: the account may have come, changed or gone meanwhile.
        if entry := self._ensure_unchanged():
            data |= kept_notes(entry.data, data)
            return self.async_update_reload_and_abort(entry, data=data)
        self._abort_if_unique_id_configured()
        return self.async_create_entry(title=inert(data[CONF_ACCOUNT]), data=data)

    @override
    async def _async_claim(self, account: SipAddress) -> None:
        """Make sure that the account is the one to mend, or a new one."""
        # A browser that was closed leaves its flow behind, which must keep nobody out.
        await self.async_set_unique_id(str(account).lower(), raise_on_progress=False)
        if self.source in (SOURCE_REAUTH, SOURCE_RECONFIGURE):
            self._abort_if_unique_id_mismatch(reason="wrong_account")
        else:
            self._abort_if_unique_id_configured()

    # What is shown

    @override
    def _show_login(self, errors: dict[str, str]) -> ConfigFlowResult:
        if self._login_is_kept:
            return self._show_kept_login(errors)
        if self._draft.certificate and not self._certificate_stays:
            return self._show_server(errors)
        if errors.get("base") in {"invalid_auth", "password_wanted"}:
            return self._show_password({"base": "invalid_auth"})
        return self._show_other_address(errors)

    @override
    def _show_upload(
        self, error: SipSettingsError, user_input: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Tell what is wrong with the file; a key that is missing may come alone."""
        draft = self._draft
        draft.key_wanted = draft.key_wanted or isinstance(error, NoPrivateKeyError)
        field = (
            CONF_PRIVATE_KEY
            if CONF_PRIVATE_KEY in user_input
            and not isinstance(error, NoPrivateKeyError)
            else CONF_CERTIFICATE
        )
        return self.async_show_form(
            step_id="certificate",
            data_schema=forms.upload(draft),
            errors={field: error_key(error, draft)},
        )

    def _show_server(self, errors: dict[str, str]) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="server", data_schema=forms.server(self._draft), errors=errors
        )

    def _show_certificate(
        self, step_id: str, errors: dict[str, str]
    ) -> ConfigFlowResult:
        """Show a form about the certificate."""
        certificate = self._draft.certificate
        assert certificate is not None  # noqa: S101 - these steps follow its upload
        return self.async_show_form(
            step_id=step_id,
            data_schema=forms.weak_certificate()
            if step_id == "weak_certificate"
            else forms.confirmation(),
            errors=errors,
            description_placeholders=placeholders(
                expires=certificate.expires.date().isoformat(),
                key_bits=str(certificate.key_bits),
                signature_algorithm=certificate.signature_algorithm,
            ),
        )

    # What was given

    async def _async_take_files(self, user_input: Mapping[str, Any]) -> None:
        """Keep uploaded files: Home Assistant deletes an upload once it is read."""
        draft = self._draft
        if upload := user_input.get(CONF_CERTIFICATE):
            draft.file = await async_read_upload(self.hass, upload)
            draft.password = None
        if upload := user_input.get(CONF_PRIVATE_KEY):
            draft.key_file = await async_read_upload(self.hass, upload)

    async def _async_load_certificate(self) -> None:
        draft = self._draft
        draft.certificate = None
        draft.locked = False

        def load() -> ClientCertificate:
            return ClientCertificate.load(
                draft.file or b"", draft.password, key=draft.key_file
            )

        try:
            draft.certificate = await self.hass.async_add_executor_job(load)
        except PasswordRequiredError, WrongPasswordError:
            draft.locked = True
            raise
        draft.password = None
        draft.allow_weak = draft.expiry_accepted = False
        if named := draft.certificate.address:
            draft.account = named
