"""A server that we cannot verify: a person says how it can be recognized."""

from abc import abstractmethod
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigFlow,
    ConfigFlowResult,
    UnknownEntry,
)
from homeassistant.core import callback
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from yarl import URL

from ..const import CONF_SETTINGS_URL
from ..login import opened_with
from ..sip_settings import (
    Doubt,
    NotACertificateError,
    ServerCertificate,
    SipSettingsError,
    Trust,
    fetch_server_certificate,
    is_settings_page,
    page_url,
    shown_host,
)
from ..wording.inert import placeholders
from ..wording.words import day
from . import forms
from .draft import (
    ACCOUNT_REMOVED,
    CHANGED_MEANWHILE,
    Draft,
    async_read_upload,
    error_key,
)
from .way_back import WayBack


class TrustSteps(WayBack, ConfigFlow):
    """The steps between a server that does not verify and one that is trusted."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._draft = Draft()
        # What the entry held of its server and login when the draft began with it.
        self._began: Mapping[str, Any] = {}
        self._server_certificate: ServerCertificate | None = None
        self._doubt = Doubt.UNKNOWN
        # The form that a server which does not work leads back to changes only it.
        self._login_is_kept = False
        # A password was given for one page, and the certificate of the other stays.
        self._certificate_stays = False
        # It is the second page, on a host of its own, that is not trusted.
        self._second_in_doubt = False

    @abstractmethod
    async def _async_try_server(self) -> ConfigFlowResult:
        """Try the server with what the draft holds by now."""

    @abstractmethod
    async def _async_try_second(self) -> ConfigFlowResult:
        """Try the second page with what the draft holds by now."""

    @abstractmethod
    def _show_login(self, errors: dict[str, str]) -> ConfigFlowResult:
        """Go back to the form with the server's address."""

    @abstractmethod
    def _show_second_page(
        self, suggested: str, errors: dict[str, str]
    ) -> ConfigFlowResult:
        """Go back to the form with the second page's address."""

    @property
    def _page(self) -> URL:
        """The page that is in doubt."""
        second = self._draft.second_url if self._second_in_doubt else None
        return page_url(second or self._draft.url)

    def _trust(self, trust: Trust) -> None:
        """Recognize the server of the page that is in doubt, and no other, by this."""
        self._draft.trusts[self._page.raw_host or ""] = trust

    async def _async_try_trusted(self) -> ConfigFlowResult:
        if self._second_in_doubt:
            return await self._async_try_second()
        return await self._async_try_server()

    def _show_address_again(self, error: str) -> ConfigFlowResult:
        """Go back to the address of the page, and tell what is wrong with it."""
        if self._second_in_doubt:
            return self._show_second_page(str(self._page), {CONF_SETTINGS_URL: error})
        return self._show_login({"base": error})

    # The account that is mended or changed may be removed at any time

    @callback
    @override
    def _get_reauth_entry(self) -> ConfigEntry:
        """Return the entry that is mended; aborts where it was removed."""
        try:
            return super()._get_reauth_entry()
        except UnknownEntry as error:
            raise AbortFlow(ACCOUNT_REMOVED) from error

    @callback
    @override
    def _get_reconfigure_entry(self) -> ConfigEntry:
        """Return the entry that is changed; aborts where it was removed."""
        try:
            return super()._get_reconfigure_entry()
        except UnknownEntry as error:
            raise AbortFlow(ACCOUNT_REMOVED) from error

    @callback
    def _ensure_entry(self) -> ConfigEntry | None:
        """Return the entry that this flow is about; aborts where it was removed."""
        if self.source == SOURCE_REAUTH:
            return self._get_reauth_entry()
        if self.source == SOURCE_RECONFIGURE:
            return self._get_reconfigure_entry()
        return None

    @callback
    def _begin_with(self, data: Mapping[str, Any]) -> None:
        """Begin the draft with what an entry holds by now."""
        self._draft = Draft.from_entry(data)
        self._began = opened_with(data)

    @callback
    def _ensure_unchanged(self) -> ConfigEntry | None:
        """Return the entry; aborts where it has got another server or login meanwhile.

        A renewal in the background, or another dialog, is not undone by one that was
        opened before.
        """
        entry = self._ensure_entry()
        if entry and opened_with(entry.data) != self._began:
            raise AbortFlow(CHANGED_MEANWHILE)
        return entry

    @callback
    @override
    def async_show_form(self, **kwargs: Any) -> ConfigFlowResult:
        """Show a form, unless there is nothing left to fill it in for."""
        self._ensure_entry()
        return super().async_show_form(**kwargs)

    @callback
    @override
    def async_show_menu(self, **kwargs: Any) -> ConfigFlowResult:
        """Show a menu, unless there is nothing left to choose for."""
        self._ensure_entry()
        return super().async_show_menu(**kwargs)

    async def async_step_untrusted_server(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let the person choose how the server is to be trusted."""
        return self._show_doubt("untrusted_server", ["authority"])

    async def async_step_outdated_server(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Tell that the server's certificate is out of date; no authority mends it."""
        shown = await self._async_look()
        return self._show_doubt(
            "outdated_server",
            not_before=day(shown.not_before) if shown else "?",
            expires=day(shown.expires) if shown else "?",
        )

    async def async_step_misnamed_server(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Tell which names the server's certificate is made for."""
        shown = await self._async_look()
        names = ", ".join(shown.names) if shown else ""
        return self._show_doubt("misnamed_server", names=names or "?")

    async def _async_look(self) -> ServerCertificate | None:
        """Look at the certificate that the server shows to anybody, if it does."""
        with suppress(SipSettingsError):
            return await fetch_server_certificate(self._page)
        return None

    def _show_doubt(
        self, step_id: str, more: Collection[str] = (), **said: str
    ) -> ConfigFlowResult:
        uploaded = self._draft.certificate and not self._certificate_stays
        login = "server" if uploaded else "other_address"
        if self._login_is_kept and self.source == SOURCE_RECONFIGURE:
            login = "address"
        if self._second_in_doubt:
            login = "second_page"
        return self.async_show_menu(
            step_id=step_id,
            menu_options=[*more, "pin_certificate", login],
            description_placeholders=placeholders(host=shown_host(self._page), **said),
        )

    async def async_step_authority(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take the authority that issued the server's certificate."""
        if user_input is None:
            if self._is_open("authority"):
                return await self._async_show_doubt()
            return self._show_authority({})
        try:
            data = await async_read_upload(self.hass, user_input["authority"])
            trust = await self.hass.async_add_executor_job(
                Trust.from_authority_file, data
            )
        except NotACertificateError:
            return self._show_authority({"authority": "not_a_certificate"})
        except ValueError:
            return self._show_authority({"base": "upload_lost"})
        self._trust(trust)
        return await self._async_try_trusted()

    async def async_step_pin_certificate(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show the server's certificate, and trust just this one once confirmed."""
        if user_input is not None and self._server_certificate is not None:
            self._trust(Trust(pinned=self._server_certificate.pem))
            return await self._async_try_trusted()
        if self._is_open("pin_certificate"):
            return await self._async_show_doubt()
        self._ensure_entry()
        try:
            shown = await fetch_server_certificate(self._page)
        except SipSettingsError as error:
            return self._show_address_again(error_key(error, self._draft))
        self._server_certificate = shown
        return self.async_show_form(
            step_id="pin_certificate",
            data_schema=forms.confirmation(),
            description_placeholders=placeholders(**forms.shown_certificate(shown)),
        )

    async def _async_show_untrusted(self, doubt: Doubt) -> ConfigFlowResult:
        """Tell why the server is not trusted, where the person last tried."""
        self._doubt = doubt
        # Who would trust a server for nothing?
        session = async_get_clientsession(self.hass)
        if not await is_settings_page(session, self._page):
            return self._show_address_again("not_a_settings_page")
        if doubt is Doubt.UNKNOWN:
            trust = self._draft.trusts.pop(self._page.raw_host or "", Trust())
            if trust.authority:
                return self._show_authority({"authority": "authority_does_not_fit"})
        return await self._async_show_doubt()

    async def _async_show_doubt(self) -> ConfigFlowResult:
        if self._doubt is Doubt.OUT_OF_DATE:
            return await self.async_step_outdated_server()
        if self._doubt is Doubt.OTHER_NAME:
            return await self.async_step_misnamed_server()
        return await self.async_step_untrusted_server()

    def _is_open(self, step_id: str) -> bool:
        """Whether a form was open already: closed and opened again, it leads back."""
        return self.cur_step is not None and self.cur_step.get("step_id") == step_id

    def _show_authority(self, errors: dict[str, str]) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="authority", data_schema=forms.authority(), errors=errors
        )
