"""The phone book of a new account: by default that of the account before it."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult

from ..calls.shared_phone_book import async_books_of_others, shared_data
from ..const import CONF_ACCOUNT
from ..wording.inert import inert
from . import forms
from .change import ChangeSteps

_OWN = "own"


class FirstBookSteps(ChangeSteps):
    """The last step of adding an account, where another has a phone book."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        # What the new entry will hold.
        self._adds: dict[str, Any] = {}

    async def _async_add(self, data: dict[str, Any]) -> ConfigFlowResult:
        """Add the account, once it is known which phone book it uses."""
        self._adds = data
        if await async_books_of_others(self.hass):
            return await self.async_step_shared_book()
        return self._add()

    async def async_step_shared_book(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Offer the phone books that there are."""
        if user_input is not None:
            self._abort_if_unique_id_configured()
            return self._add(user_input[forms.ACCOUNT_OF])
        titles = await async_books_of_others(self.hass)
        return self.async_show_form(
            step_id="shared_book",
            data_schema=forms.book_of({**titles, _OWN: _OWN}),
        )

    def _add(self, account_of: str = _OWN) -> ConfigFlowResult:
        data = self._adds
        options: dict[str, Any] = {}
        other = self.hass.config_entries.async_get_entry(account_of)
        if other is not None:
            shared, options = shared_data(other)
            data |= shared
        return self.async_create_entry(
            title=inert(data[CONF_ACCOUNT]), data=data, options=options
        )
