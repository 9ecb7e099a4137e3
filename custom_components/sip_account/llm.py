"""Tools that language models get of the accounts that are exposed to Assist."""

from homeassistant.components.llm import LLMTools
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.llm import LLM_API_ASSIST, LLMContext

from .assisting.changing import ForwardCallsTool, SetDoNotDisturbTool
from .assisting.reading import GetCallsTool, GetForwardingTool
from .assisting.tools import AccountTool

TOOLS: tuple[type[AccountTool], ...] = (
    GetCallsTool,
    GetForwardingTool,
    SetDoNotDisturbTool,
    ForwardCallsTool,
)


@callback
def async_get_tools(
    hass: HomeAssistant, llm_context: LLMContext, api_id: str
) -> LLMTools | None:
    """Return the tools that there is an account for, None where there is none."""
    if api_id != LLM_API_ASSIST:
        return None
    tools = [
        tool(accounts)
        for tool in TOOLS
        if (accounts := tool.accounts(hass, llm_context))
    ]
    return LLMTools(tools=list(tools)) if tools else None
