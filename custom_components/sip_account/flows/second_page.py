"""The second page of an account whose first tells everything at once, but not all."""

from abc import abstractmethod
from dataclasses import replace
import logging
from typing import Any, override

from homeassistant.config_entries import SOURCE_REAUTH, ConfigFlowResult

from ..const import CONF_SETTINGS_URL
from ..login import async_connect
from ..sip_settings import (
    ACCOUNT,
    DIVERSIONS,
    PLATFORM_PAGES,
    CredentialsError,
    PlainHttpError,
    ServerCertificateError,
    SipSettingsError,
    is_snapshot_page,
    page_url,
    typed_page_url,
)
from ..wording.inert import placeholders
from . import forms
from .change import ChangeSteps
from .draft import error_key

_LOGGER = logging.getLogger(__name__)

_PLATFORM = ("sipthor.net", "sip2sip.info")


class SecondPageSteps(ChangeSteps):
    """The step that names the second page before anything is sent to it."""

    @abstractmethod
    async def _async_finish(self) -> ConfigFlowResult:
        """Keep what was tried."""

    async def _async_go_on(self) -> ConfigFlowResult:
        """Ask for the second page where the first is of a kind that leaves one out."""
        if self._draft.snapshot_url:
            await self._async_take_both()
            return await self._async_finish()
        if not self._draft.on_snapshot_page:
            return await self._async_finish()
        if self.source == SOURCE_REAUTH:
            return await self._async_try_refusing()
        return await self.async_step_second_page()

    async def _async_try_refusing(self) -> ConfigFlowResult:
        """Try the second page where it alone has refused the login before."""
        draft = self._draft
        standing = self._standing
        second = standing.second if standing and not standing.refusal else None
        if second and second.refusal and draft.second_url:
            try:
                connection = await async_connect(self.hass, draft.as_entry_data())
                await connection.client.read(DIVERSIONS)
            except CredentialsError as error:
                _LOGGER.debug("Second page tried: %s", error)
                return self._show_login({"base": error_key(error, draft)})
            except SipSettingsError as error:
                _LOGGER.debug("Second page tried: %s", error)
        return await self._async_finish()

    async def _async_take_both(self) -> None:
        """Let the page of 2026 tell what it can, if it lets the login in as well.

        The domain named it beside the page that works, and the person took both.
        """
        draft = self._draft
        snapshot_url, draft.snapshot_url = draft.snapshot_url, None
        both = replace(draft, url=snapshot_url or "", second_url=draft.url)
        try:
            connection = await async_connect(self.hass, both.as_entry_data())
            await connection.client.read(ACCOUNT)
        except SipSettingsError as error:
            _LOGGER.debug("Page of 2026 tried: %s", error)
        else:
            self._draft = both

    async def async_step_second_page(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show where the second page may be; the person takes it or leaves it out."""
        draft = self._draft
        if user_input is None:
            return self._show_second_page(draft.second_url or self._usual_page(), {})
        typed = user_input.get(CONF_SETTINGS_URL, "").strip()
        draft.second_url = None
        if not typed:
            return await self._async_finish()
        try:
            url = typed_page_url(typed)
        except PlainHttpError:
            return self._show_second_page(typed, {CONF_SETTINGS_URL: "plain_http"})
        except ValueError:
            return self._show_second_page(typed, {CONF_SETTINGS_URL: "invalid_url"})
        if is_snapshot_page(url):
            errors = {CONF_SETTINGS_URL: "not_a_settings_page"}
            return self._show_second_page(typed, errors)
        draft.second_url = str(url)
        return await self._async_try_second()

    @override
    async def _async_try_second(self) -> ConfigFlowResult:
        """Read what the second page alone tells, and finish where that works."""
        draft = self._draft
        self._ensure_unchanged()
        self._second_in_doubt = False
        try:
            connection = await async_connect(self.hass, draft.as_entry_data())
            await connection.client.read(DIVERSIONS)
        except ServerCertificateError as error:
            _LOGGER.debug("Second page not trusted: %s", error)
            self._second_in_doubt = True
            return await self._async_show_untrusted(error.doubt)
        except SipSettingsError as error:
            _LOGGER.debug("Second page tried: %s", error)
            errors = {CONF_SETTINGS_URL: error_key(error, draft)}
            return self._show_second_page(draft.second_url or "", errors)
        return await self._async_finish()

    def _usual_page(self) -> str:
        """Return where the second page is at most servers: beside the first."""
        url = page_url(self._draft.url)
        host = url.host or ""
        if any(host == name or host.endswith(f".{name}") for name in _PLATFORM):
            return str(PLATFORM_PAGES[0])
        return str(url.with_name("settings.phtml"))

    @override
    def _show_second_page(
        self, suggested: str, errors: dict[str, str]
    ) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="second_page",
            data_schema=forms.second_page(suggested),
            errors=errors,
            description_placeholders=placeholders(
                host=page_url(self._draft.url).host or ""
            ),
        )
