"""How issues are mended: an expiring certificate by a renewal, or a new upload.

And another currency than until now, or what became a control, by a word of a person.
"""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, override

from homeassistant.components.repairs import (
    FlowType,
    RepairsFlow,
    RepairsFlowResult,
)
from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigFlowContext,
    ConfigFlowResult,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, UnknownFlow
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN
from .currency import (
    KNOWN,
    TOLD,
    async_take_currency,
    is_of_currency,
    issue_of_currency,
)
from .expiry import RepairDialog, repair_dialog
from .exposure import is_of_controls
from .flows.draft import ACCOUNT_REMOVED, CHANGED_MEANWHILE
from .flows.forms import confirmation
from .login import opened_with
from .wording.inert import placeholders


class AccountFlow(RepairsFlow):
    """Begins with an explanation."""

    def __init__(self, entry_id: str) -> None:
        """Mend the account of an entry."""
        self._entry_id = entry_id

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Begin."""
        return await self.async_step_confirm()

    @abstractmethod
    async def async_step_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Explain."""


# Where a new certificate is there already, and only a word of a person is missing.
_DECISIONS = frozenset({"owner_certificate", "weak_renewal"})


class ExpiringCertificateFlow(AccountFlow):
    """Explains, and hands over to the reconfigure flow: a renewal, or an upload.

    The issue stays until the new certificate is in use. However often it is asked for,
    one dialog is open, and one new certificate waits in it.
    """

    _shown: Mapping[str, Any] | None = None

    @override
    async def async_step_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Tell what a new certificate will be, and where else one comes from."""
        entry = self.hass.config_entries.async_get_entry(self._entry_id)
        if entry is None:
            return self.async_abort(reason=ACCOUNT_REMOVED)
        self._shown = opened_with(entry.data)
        issue = ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)
        return self.async_show_menu(
            step_id="confirm",
            menu_options=["renew", "upload"],
            description_placeholders=placeholders(
                **(issue and issue.translation_placeholders)
                or {"account": entry.title, "expires": ""}
            ),
        )

    async def async_step_renew(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Renew the certificate; what goes wrong, or is to be decided, opens."""
        shown = self._shown or self._login
        opened = self._opened
        async with opened.lock:
            login = self._login
            if login and login != shown:
                return self.async_abort(reason=CHANGED_MEANWHILE)
            if self._step_of(opened) in _DECISIONS:
                return self._lead_to(opened.flow_id, "not_renewed_yet")
            flow = await self._async_open("renew", opened)
            if flow and flow.get("step_id") == "renew":
                flow = await self.hass.config_entries.flow.async_configure(
                    flow["flow_id"], {}
                )
        if flow and flow.get("reason") == "certificate_renewed":
            return self.async_create_entry(data={})
        return self._hand_over(flow, "not_renewed_yet")

    async def async_step_upload(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Open the upload."""
        opened = self._opened
        async with opened.lock:
            flow = await self._async_open("certificate", opened)
        return self._hand_over(flow, "upload_opened")

    @property
    def _opened(self) -> RepairDialog:
        return repair_dialog(self.hass, self._entry_id)

    @property
    def _login(self) -> dict[str, Any] | None:
        """What the account is opened with, None where there is none any more."""
        entry = self.hass.config_entries.async_get_entry(self._entry_id)
        return opened_with(entry.data) if entry else None

    def _step_of(self, opened: RepairDialog) -> str | None:
        """Return where the dialog is that was opened last, None where it has ended."""
        try:
            flow = self.hass.config_entries.flow.async_get(opened.flow_id)
        except UnknownFlow:
            return None
        return flow.get("step_id")

    async def _async_open(
        self, step_id: str, opened: RepairDialog
    ) -> ConfigFlowResult | None:
        """Open a step of the reconfigure flow, if there still is an account.

        It takes the place of the last one, unless a person has gone on with that.
        """
        flows = self.hass.config_entries.flow
        if self.hass.config_entries.async_get_entry(self._entry_id) is None:
            return None
        if self._step_of(opened) in {"certificate", *_DECISIONS}:
            flows.async_abort(opened.flow_id)
        context = ConfigFlowContext(source=SOURCE_RECONFIGURE, entry_id=self._entry_id)
        flow = await flows.async_init(DOMAIN, context=context)
        opened.flow_id = flow["flow_id"]
        if flow["type"] is not FlowResultType.MENU:
            return flow
        if step_id not in flow["menu_options"]:
            step_id = "certificate"  # the account is opened by password meanwhile
        return await flows.async_configure(flow["flow_id"], {"next_step_id": step_id})

    def _hand_over(
        self, flow: ConfigFlowResult | None, reason: str
    ) -> RepairsFlowResult:
        if flow is None:
            return self.async_abort(reason=ACCOUNT_REMOVED)
        if flow["type"] is FlowResultType.ABORT:
            return self.async_abort(reason=flow["reason"])
        return self._lead_to(flow["flow_id"], reason)

    def _lead_to(self, flow_id: str, reason: str) -> RepairsFlowResult:
        return self.async_abort(
            reason=reason, next_flow=(FlowType.CONFIG_FLOW, flow_id)
        )


class CurrencyFlow(AccountFlow):
    """Asks whether money is to be shown in the currency that the server tells."""

    def __init__(self, entry_id: str, asked: Mapping[str, Any]) -> None:
        """Ask about the account of an entry; `asked` are the data of the issue."""
        super().__init__(entry_id)
        self._asked = asked

    @override
    async def async_step_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Tell what changes, and change it if that is still what was asked."""
        entry = self.hass.config_entries.async_get_entry(self._entry_id)
        if entry is None:
            return self.async_abort(reason=ACCOUNT_REMOVED)
        issue = issue_of_currency(self.hass, self._entry_id)
        if issue is None or issue.data != self._asked:
            return self.async_abort(reason=CHANGED_MEANWHILE)
        known, told = str(self._asked[KNOWN]), str(self._asked[TOLD])
        if user_input is not None:
            async_take_currency(self.hass, entry, told)
            return self.async_create_entry(data={})
        return self.async_show_form(
            step_id="confirm",
            data_schema=confirmation(),
            description_placeholders=placeholders(
                account=entry.title, known=known, told=told
            ),
        )


class ControlsFlow(AccountFlow):
    """Tells of controls that whole areas set off, until it was read."""

    @override
    async def async_step_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Tell, and be done."""
        entry = self.hass.config_entries.async_get_entry(self._entry_id)
        if entry is None:
            return self.async_abort(reason=ACCOUNT_REMOVED)
        if user_input is not None:
            return self.async_create_entry(data={})
        return self.async_show_form(
            step_id="confirm",
            data_schema=confirmation(),
            description_placeholders=placeholders(account=entry.title),
        )


async def async_create_fix_flow(
    hass: HomeAssistant,
    issue_id: str,
    data: dict[str, str | int | float | None] | None,
) -> RepairsFlow:
    """Return the flow that mends an issue."""
    data = data or {}
    entry_id = str(data.get("entry_id"))
    if is_of_currency(data):
        return CurrencyFlow(entry_id, data)
    if is_of_controls(data):
        return ControlsFlow(entry_id)
    return ExpiringCertificateFlow(entry_id)
