"""SIP address and password: the server is found, and shown before either goes there."""

from contextlib import suppress
import logging
from typing import Any

from homeassistant.config_entries import SOURCE_REAUTH, ConfigFlowResult
from homeassistant.const import CONF_PASSWORD
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.util.ssl import create_client_context
from yarl import URL

from ..name_lookup import async_look_up_texts
from ..sip_settings import (
    PLATFORM_PAGES,
    NamedPages,
    NamedServerError,
    ResolverError,
    SipSettingsError,
    find_pages,
    goes_without_saying,
    pages_to_offer,
    shown_host,
)
from ..wording.inert import placeholders
from . import forms
from .change import ChangeSteps

_LOGGER = logging.getLogger(__name__)


class FindSteps(ChangeSteps):
    """The steps from SIP address and password to the server that they are for."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        # What the domain of the account says, and where a login is offered for it.
        self._named: NamedPages | None = None
        self._offered: tuple[URL, ...] = ()

    async def async_step_password(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take SIP address and password, and find the server of that address."""
        draft = self._draft
        self._login_is_kept = False
        if user_input is None:
            return self._show_password({})
        draft.password = user_input.get(CONF_PASSWORD) or draft.password
        await self._async_keep_certificate()
        errors = draft.take_account(user_input)
        if errors or draft.account is None:
            return self._show_password(errors)
        await self._async_claim(draft.account)
        if draft.account.domain == draft.url_domain:
            return await self._async_try_server()
        return await self._async_find()

    async def async_step_password_kept(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take another SIP address, with the password that was typed before."""
        return await self.async_step_password(user_input)

    async def _async_keep_certificate(self) -> None:
        """Go on with the certificate of a second page that has not refused it.

        The password is then for the first page alone. Else there is no certificate.
        """
        draft = self._draft
        draft.certificate = None
        self._certificate_stays = False
        standing = self._standing
        second = standing.second if standing else None
        if self.source != SOURCE_REAUTH or second is None or second.refusal:
            return
        data = self._get_reauth_entry().data
        with suppress(SipSettingsError):
            draft.certificate = await self._async_stored_certificate(data)
        if draft.certificate:
            password = draft.password
            draft.keep_login(data)
            draft.password = draft.kept_password = password
            self._certificate_stays = True

    async def _async_find(self) -> ConfigFlowResult:
        """Find the server, and show it to the person who is to decide about it."""
        if error := await self._async_look_for_pages():
            return self._show_other_address({"base": error})
        domain = self._domain
        pages = [*self._offered, *self._more]
        if all(goes_without_saying(domain, page) for page in pages):
            return await self.async_step_take_address()
        if self._named and self._named.any:
            return await self.async_step_named_server()
        return await self.async_step_no_server()

    async def _async_look_for_pages(self) -> str | None:
        """Find what may be offered; returns the error where nobody can tell."""
        domain = self._domain
        context = await self.hass.async_add_executor_job(create_client_context)
        session = async_get_clientsession(self.hass)
        try:
            self._named = await find_pages(
                domain, async_look_up_texts, session, context
            )
        except ResolverError as error:
            _LOGGER.debug("Server not found: %s", error)
            return "resolver_failed"
        except NamedServerError as error:
            _LOGGER.debug("Server not found: %s", error)
            return "named_server_not_found"
        self._offered = pages_to_offer(domain, self._named)
        return None

    async def async_step_named_server(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Tell where the domain says that its settings are."""
        return self._show_offer("named_server")

    async def async_step_no_server(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Tell that the domain names no server, and where most accounts are kept."""
        return self._show_offer("no_server")

    async def async_step_take_address(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let the login go to the server that was shown."""
        self._draft.go_to(self._domain, *map(str, self._offered))
        for page in self._more:
            self._draft.snapshot_url = str(page)
        return await self._async_try_server()

    async def async_step_other_address(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take the address of the settings page, for a login that is known."""
        draft = self._draft
        if user_input is None:
            return self._show_other_address({})
        if user_input.get(forms.START_AGAIN):
            return self._begin_again()
        if errors := draft.take_server(user_input):
            return self._show_other_address(errors)
        draft.url_domain = self._domain
        draft.snapshot_url = None
        return await self._async_try_server()

    @property
    def _more(self) -> tuple[URL, ...]:
        """Return the page that the domain names beside the one that is offered."""
        named = self._named
        if named and named.settings and named.snapshot:
            return (named.snapshot,)
        return ()

    @property
    def _names_settings(self) -> bool:
        """Whether the domain names a page that takes certificates."""
        return self._named is not None and self._named.settings is not None

    @property
    def _domain(self) -> str:
        account = self._draft.account
        assert account is not None  # noqa: S101 - these steps follow its claim
        return account.domain

    def _show_offer(self, step_id: str) -> ConfigFlowResult:
        hosts = dict.fromkeys(map(shown_host, (self._offered[0], *self._more)))
        return self.async_show_menu(
            step_id=step_id,
            menu_options=["take_address", "other_address"],
            description_placeholders=placeholders(
                domain=self._domain, host=", ".join(hosts)
            ),
        )

    def _show_password(self, errors: dict[str, str]) -> ConfigFlowResult:
        """Ask for both; for a password that was not the fault only if it changes."""
        not_the_fault = "base" not in errors and (bool(errors) or self._goes_back)
        kept = not_the_fault and bool(self._draft.password)
        return self.async_show_form(
            step_id="password_kept" if kept else "password",
            data_schema=forms.password(self._draft, kept=kept),
            errors=errors,
        )

    def _show_other_address(self, errors: dict[str, str]) -> ConfigFlowResult:
        own = PLATFORM_PAGES[0]
        unasked = goes_without_saying(self._domain, own)
        suggested = self._draft.typed_url or (str(own) if unasked else None)
        return self.async_show_form(
            step_id="other_address",
            data_schema=forms.with_way_back(forms.other_address(suggested), errors),
            errors=errors,
            description_placeholders=placeholders(domain=self._domain),
        )
