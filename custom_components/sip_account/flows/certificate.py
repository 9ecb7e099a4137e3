"""A certificate file: what it is, where it is shown, and what to know before that."""

from collections.abc import Mapping
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    ConfigFlowResult,
)
from homeassistant.const import CONF_PASSWORD, CONF_URL

from ..const import CONF_ACCOUNT, CONF_ALLOW_WEAK, CONF_CERTIFICATE, CONF_PRIVATE_KEY
from ..sip_settings import (
    ClientCertificate,
    KeyMismatchError,
    NoPrivateKeyError,
    PasswordRequiredError,
    SipSettingsError,
    WrongPasswordError,
    goes_without_saying,
    page_url,
    shown_host,
)
from ..wording.inert import placeholders
from ..wording.words import day
from . import forms
from .draft import async_take_upload, error_key
from .finding import FindSteps


class CertificateSteps(FindSteps):
    """Two forms: the file, then where it goes with all that is to be said of it.

    What was given is kept, and said to be kept; only what was the fault comes again.
    """

    async def async_step_certificate(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take the certificate file, what opens it, and a key that is not inside."""
        draft = self._draft
        self._login_is_kept = self._certificate_stays = False
        if user_input is None:
            errors = {"base": draft.not_renewed} if draft.not_renewed else {}
            return self._show_files(errors)
        try:
            await self._async_take_files(user_input)
        except ValueError:
            return self._show_files({"base": "upload_lost"})
        try:
            await self._async_load_certificate()
        except SipSettingsError as error:
            return self._show_upload(error, user_input)
        return await self._async_find_for_certificate()

    async def async_step_certificate_kept(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take what a file that is kept lacks, or another file."""
        return await self.async_step_certificate(user_input)

    async def async_step_server(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the server, and for what is to be decided about the certificate."""
        if user_input is None:
            return self._show_server({})
        return await self._async_take_server("server", user_input)

    async def async_step_server_found(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show the server that was found, and have the same decided."""
        if user_input is None:
            return self._show_server({}, "server_found")
        return await self._async_take_server("server_found", user_input)

    async def _async_find_for_certificate(self) -> ConfigFlowResult:
        """Find the page of the account that the certificate names."""
        draft = self._draft
        if draft.account is None:
            return self._show_server({})
        await self._async_claim(draft.account)
        if self.source == SOURCE_RECONFIGURE:
            return self._show_server({})
        if draft.url and draft.url_domain == draft.account.domain:
            # It was shown, or typed, before.
            if forms.server(draft, with_url=False).schema or self._is_one_of_several:
                return self._show_server({}, "server_found")
            return await self._async_try_server()
        if error := await self._async_look_for_pages():
            return self._show_server({"base": error})
        domain = self._domain
        if not self._names_settings and not all(
            goes_without_saying(domain, page) for page in self._offered
        ):
            return self._show_server({})
        # The page of 2026, which may be named beside it, takes no certificates.
        draft.go_to(domain, *map(str, self._offered))
        return self._show_server({}, "server_found")

    async def _async_take_server(
        self, step_id: str, user_input: dict[str, Any]
    ) -> ConfigFlowResult:
        draft = self._draft
        errors: dict[str, str] = {}
        if user_input.get(forms.START_AGAIN):
            return self._begin_again()
        if CONF_URL in user_input:
            errors = draft.take_server(user_input)
        elif CONF_ACCOUNT in user_input:
            errors = draft.take_account(user_input)
        if user_input.get(CONF_ALLOW_WEAK):
            draft.allow_weak = True
        if user_input.get(forms.TRY_EXPIRED):
            draft.expiry_accepted = True
        for field in forms.undecided(draft):
            errors[field] = "not_confirmed"
        if errors or draft.account is None:
            return self._show_server(errors, step_id)
        await self._async_claim(draft.account)
        draft.url_domain = draft.account.domain
        return await self._async_try_server()

    @property
    def _is_one_of_several(self) -> bool:
        certificate = self._draft.certificate
        return certificate is not None and certificate.found > 1

    # What is shown

    @override
    def _show_upload(
        self, error: SipSettingsError, user_input: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Tell what is wrong with the files; what is not stays."""
        draft = self._draft
        if isinstance(error, NoPrivateKeyError):
            draft.key_wanted = True
            draft.file_of = error.name
            return self._show_files({CONF_PRIVATE_KEY: "no_private_key"})
        if isinstance(error, PasswordRequiredError):
            return self._show_files({CONF_PASSWORD: "password_needed"})
        if isinstance(error, WrongPasswordError):
            draft.password = None
            return self._show_files({CONF_PASSWORD: "wrong_password"})
        if isinstance(error, KeyMismatchError) and draft.key_file is not None:
            draft.key_file, draft.key_name = None, ""
            return self._show_files({CONF_PRIVATE_KEY: "key_mismatch"})
        draft.forget_files()
        return self._show_files({CONF_CERTIFICATE: error_key(error, draft)})

    def _show_files(self, errors: dict[str, str]) -> ConfigFlowResult:
        draft = self._draft
        kept = ", ".join(filter(None, (draft.file_name, draft.file_of, draft.key_name)))
        return self.async_show_form(
            step_id="certificate_kept" if draft.file else "certificate",
            data_schema=forms.upload(draft),
            errors=errors,
            description_placeholders=placeholders(kept=kept),
        )

    def _show_server(
        self, errors: dict[str, str], step_id: str = "server"
    ) -> ConfigFlowResult:
        draft = self._draft
        certificate = draft.certificate
        assert certificate is not None  # noqa: S101 - these steps follow its upload
        found = step_id == "server_found"
        return self.async_show_form(
            step_id=step_id,
            data_schema=forms.with_way_back(
                forms.server(draft, with_url=not found), errors
            ),
            errors=errors,
            description_placeholders=placeholders(
                host=shown_host(page_url(draft.url)) if found else "",
                name=certificate.common_name or "?",
                found=str(certificate.found),
                expires=day(certificate.expires),
                key_bits=str(certificate.key_bits),
                signature_algorithm=certificate.signature_algorithm,
            ),
        )

    # What was given

    async def _async_take_files(self, user_input: Mapping[str, Any]) -> None:
        """Keep uploaded files: Home Assistant deletes an upload once it is read."""
        draft = self._draft
        if upload := user_input.get(CONF_CERTIFICATE):
            name, content = await async_take_upload(self.hass, upload)
            draft.forget_files()
            draft.file, draft.file_name = content, name
        if upload := user_input.get(CONF_PRIVATE_KEY):
            name, content = await async_take_upload(self.hass, upload)
            draft.key_file, draft.key_name = content, name
        if password := user_input.get(CONF_PASSWORD):
            draft.password = password

    async def _async_load_certificate(self) -> None:
        draft = self._draft
        draft.certificate = None

        def load() -> ClientCertificate:
            return ClientCertificate.load(
                draft.file or b"", draft.password, key=draft.key_file
            )

        draft.certificate = await self.hass.async_add_executor_job(load)
        draft.password = None
        draft.allow_weak = draft.expiry_accepted = False
        if self.source == SOURCE_USER:
            draft.account = None
        if named := draft.certificate.address:
            draft.account = named
