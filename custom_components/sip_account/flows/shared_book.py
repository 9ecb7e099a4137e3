"""One phone book for several accounts: begun, and given up, in the options."""

from abc import abstractmethod
from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.helpers.importlib import async_import_module

from ..calls.kept_phone_book import book_id_of
from ..calls.shared_phone_book import (
    async_books_of_others,
    async_forget_unused,
    phone_book_id,
    shared_data,
    users_of,
)
from ..const import (
    ADDRESS_BOOKS,
    CONF_ADDRESS_BOOK,
    CONF_BOOK_REGION,
    CONF_OWN_BOOK_REGION,
    CONF_PHONE_BOOK_OF,
)
from ..wording.inert import placeholders
from . import forms
from .contacts import ContactSteps

_SHARED = (CONF_ADDRESS_BOOK, CONF_OWN_BOOK_REGION, CONF_PHONE_BOOK_OF)


class SharedBookSteps(ContactSteps):
    """The steps to the phone book of another account, and back to one's own."""

    @abstractmethod
    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show what there is to choose."""

    @property
    def _users(self) -> str:
        """The accounts that use the phone book."""
        book = phone_book_id(self.config_entry)
        return ", ".join(entry.title for entry in users_of(self.hass, book))

    async def _async_of_others(self) -> dict[str, str]:
        return await async_books_of_others(self.hass, phone_book_id(self.config_entry))

    async def async_step_shared_book(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Use the phone book of another account."""
        if user_input is None:
            titles = await self._async_of_others()
            if not titles:
                return await self.async_step_init()
            return self.async_show_form(
                step_id="shared_book", data_schema=forms.book_of(titles)
            )
        other = self.hass.config_entries.async_get_entry(user_input[forms.ACCOUNT_OF])
        if other is None:
            return await self.async_step_shared_book()
        data, region = shared_data(other)
        await self._async_use(data | self._own_region(), region)
        return self.async_abort(reason="book_shared")

    async def async_step_own_book(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Use a phone book of one's own again."""
        if user_input is None:
            return self.async_show_form(
                step_id="own_book",
                data_schema=forms.confirmation(),
                description_placeholders=placeholders(accounts=self._users),
            )
        # Another dialog may have said so already, and given it another phone book.
        if CONF_PHONE_BOOK_OF in self.config_entry.data:
            region = self._own_region().get(CONF_OWN_BOOK_REGION)
            await self._async_use({}, {CONF_BOOK_REGION: region} if region else {})
        return self.async_abort(reason="book_own")

    def _own_region(self) -> dict[str, Any]:
        """Return what is noted of the country of one's own phone book."""
        data, options = self.config_entry.data, self.config_entry.options
        if CONF_PHONE_BOOK_OF in data:
            region = data.get(CONF_OWN_BOOK_REGION)
        else:
            region = options.get(CONF_BOOK_REGION)
        return {CONF_OWN_BOOK_REGION: region} if region else {}

    async def _async_use(self, shared: dict[str, Any], region: dict[str, Any]) -> None:
        """Write which phone book is used, with its country.

        One that nobody uses then is forgotten.
        """
        entry = self.config_entry
        before, address_book = phone_book_id(entry), book_id_of(entry.data)
        kept = {key: value for key, value in entry.data.items() if key not in _SHARED}
        options = {k: v for k, v in entry.options.items() if k != CONF_BOOK_REGION}
        self.hass.config_entries.async_update_entry(
            entry, data=kept | shared, options=options | region
        )
        await async_forget_unused(self.hass, before)
        if address_book:
            keeper = await async_import_module(self.hass, ADDRESS_BOOKS)
            await keeper.async_forget_unused(self.hass, address_book)
        self.hass.config_entries.async_schedule_reload(entry.entry_id)
