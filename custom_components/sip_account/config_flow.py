"""From a certificate, or a SIP address and a password, to a config entry.

What a person uploaded or typed stays in the flow until it ends, whatever goes wrong
on the way.
"""

import logging
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigFlowResult,
)
from homeassistant.core import callback

from .const import (
    CONF_CERTIFICATE,
    CONF_SETTINGS_URL,
    DOMAIN,
)
from .flows.certificate import CertificateSteps
from .flows.draft import Draft, error_key
from .flows.first_book import FirstBookSteps
from .flows.options import SipAccountOptionsFlow
from .flows.renew import RenewSteps
from .flows.second_page import SecondPageSteps
from .login import async_connect
from .renewal import kept_notes
from .sip_settings import (
    ACCOUNT,
    ServerCertificateError,
    SipAddress,
    SipSettingsError,
    page_url,
    shown_host,
)
from .wording.inert import placeholders

_LOGGER = logging.getLogger(__name__)


class SipAccountConfigFlow(
    CertificateSteps, RenewSteps, SecondPageSteps, FirstBookSteps, domain=DOMAIN
):
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
        self._replaces, self._adds = {}, {}

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
    async def _async_finish(self) -> ConfigFlowResult:
        data = self._draft.as_entry_data()
        # That took its time: the account may have come, changed or gone meanwhile.
        if entry := self._ensure_unchanged():
            data |= kept_notes(entry.data, data)
            return self.async_update_reload_and_abort(entry, data=data)
        self._abort_if_unique_id_configured()
        return await self._async_add(data)

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
