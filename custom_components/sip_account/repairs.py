"""How issues are mended: an expiring certificate by a new upload."""

from typing import Any

from homeassistant.components.repairs import (
    FlowType,
    RepairsFlow,
    RepairsFlowResult,
)
from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigFlowContext
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
import voluptuous as vol

from .const import DOMAIN
from .flows.draft import ACCOUNT_REMOVED
from .inert import placeholders


class ExpiringCertificateFlow(RepairsFlow):
    """Explains, and hands over to the upload of the reconfigure flow.

    The issue stays until the new certificate is in use.
    """

    def __init__(self, entry_id: str) -> None:
        """Mend the account of an entry."""
        self._entry_id = entry_id

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Begin."""
        return await self.async_step_confirm()

    async def async_step_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Tell where a new certificate comes from, then open the upload."""
        entry = self.hass.config_entries.async_get_entry(self._entry_id)
        if entry is None:
            return self.async_abort(reason=ACCOUNT_REMOVED)
        if user_input is None:
            issue = ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)
            return self.async_show_form(
                step_id="confirm",
                data_schema=vol.Schema({}),
                description_placeholders=placeholders(
                    **(issue and issue.translation_placeholders)
                    or {"account": entry.title, "expires": ""}
                ),
            )
        flows = self.hass.config_entries.flow
        context = ConfigFlowContext(source=SOURCE_RECONFIGURE, entry_id=entry.entry_id)
        flow = await flows.async_init(DOMAIN, context=context)
        if flow["type"] is FlowResultType.MENU:
            upload = {"next_step_id": "certificate"}
            flow = await flows.async_configure(flow["flow_id"], upload)
        if flow["type"] is FlowResultType.ABORT:
            return self.async_abort(reason=ACCOUNT_REMOVED)
        return self.async_abort(
            reason="upload_opened",
            next_flow=(FlowType.CONFIG_FLOW, flow["flow_id"]),
        )


async def async_create_fix_flow(
    hass: HomeAssistant,
    issue_id: str,
    data: dict[str, str | int | float | None] | None,
) -> RepairsFlow:
    """Return the flow that mends an issue."""
    return ExpiringCertificateFlow(str((data or {}).get("entry_id")))
