"""A way back from every menu: to the form or menu that a person came from."""

from typing import Any, override

from homeassistant.config_entries import ConfigEntryBaseFlow, ConfigFlowResult
from homeassistant.core import callback

BACK = "back"


class WayBack(ConfigEntryBaseFlow):
    """Notes which steps were shown, and offers the one before wherever one chooses.

    A menu whose own options lead there needs no other way.
    """

    _trail: tuple[str, ...] = ()
    # Whether a step is shown again since a person went back to it.
    _goes_back = False

    @callback
    @override
    def async_show_form(self, **kwargs: Any) -> ConfigFlowResult:
        """Show a form."""
        self._note(kwargs["step_id"])
        return super().async_show_form(**kwargs)

    @callback
    @override
    def async_show_menu(self, **kwargs: Any) -> ConfigFlowResult:
        """Show a menu, with a way back unless it is the first step."""
        before = self._note(kwargs["step_id"])
        options: list[str] = kwargs.pop("menu_options")
        back = [BACK] if before and before not in options else []
        return super().async_show_menu(menu_options=[*options, *back], **kwargs)

    async def async_step_back(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show the step before once more, with what was given."""
        self._trail = self._trail[:-1]
        self._goes_back = True
        try:
            step = getattr(self, f"async_step_{self._trail[-1]}")
            result: ConfigFlowResult = await step()
        finally:
            self._goes_back = False
        return result

    def _note(self, step_id: str) -> str | None:
        """Note that a step is shown; returns the one before, None where it is first."""
        shown = self._trail
        if step_id in shown:
            shown = shown[: shown.index(step_id)]
        self._trail = (*shown, step_id)
        return shown[-1] if shown else None
