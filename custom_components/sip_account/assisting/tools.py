"""What the tools for language models share: for which accounts, and how they answer."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, override

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import llm
from homeassistant.util.json import JsonObjectType
import voluptuous as vol

from ..const import DOMAIN
from ..runtime import SipAccountConfigEntry
from .accounts import async_check_user

_ACCOUNT = "account"

type Accounts = Mapping[str, SipAccountConfigEntry]


def answer(data: JsonObjectType, *, error: bool = False) -> Any:  # noqa: ANN401
    """Return what a tool answers; Home Assistant 2026.9 takes the bare data."""
    result = getattr(llm, "ToolResult", None)
    return data if result is None else result(data=data, error=error)


def annotations(*, read_only: bool) -> Any:  # noqa: ANN401
    """Return how a tool behaves; Home Assistant 2026.9 does not ask."""
    make = getattr(llm, "ToolAnnotations", dict)
    return make(
        read_only=read_only,
        destructive=False,
        idempotent=True,
        open_world=not read_only,
    )


class AccountTool(llm.Tool):
    """A tool for the accounts that an assistant may ask about, or change."""

    integration = DOMAIN
    changes = False

    def __init__(self, accounts: Accounts) -> None:
        """Offer the accounts by their SIP addresses."""
        self.parameters = vol.Schema(
            {
                vol.Optional(_ACCOUNT): vol.In(sorted(accounts)),
                **self.fields(accounts),
            }
        )

    @classmethod
    @abstractmethod
    def accounts(cls, hass: HomeAssistant, context: llm.LLMContext) -> Accounts:
        """Return the accounts that the tool can be used for now."""

    def fields(self, accounts: Accounts) -> dict[Any, Any]:
        """Return what else a model may say."""
        return {}

    @abstractmethod
    async def async_use(
        self,
        hass: HomeAssistant,
        context: llm.LLMContext,
        entries: list[SipAccountConfigEntry],
        said: dict[str, Any],
    ) -> JsonObjectType:
        """Do what the tool is for; raises HomeAssistantError."""

    @override
    async def async_call(
        self,
        hass: HomeAssistant,
        tool_input: llm.ToolInput,
        llm_context: llm.LLMContext,
    ) -> Any:
        """Check what a model says and whether it still may, and do it."""
        try:
            said = self.parameters(tool_input.tool_args)
        except vol.Invalid as error:
            return answer({"error": str(error)}, error=True)
        known = self.accounts(hass, llm_context)
        wanted = said.pop(_ACCOUNT, None)
        names = [wanted] if wanted else sorted(known)
        entries = [known[name] for name in names if name in known]
        if not entries:
            return answer({"error": "No such account is exposed"}, error=True)
        if self.changes and len(entries) > 1:
            return answer({"error": "Say which account"}, error=True)
        try:
            for entry in entries:
                await async_check_user(hass, llm_context, entry, change=self.changes)
            return answer(await self.async_use(hass, llm_context, entries, said))
        except HomeAssistantError as error:
            return answer({"error": str(error)}, error=True)
