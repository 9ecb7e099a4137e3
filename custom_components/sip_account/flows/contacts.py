"""The phone book as people look at it: search, open, correct, forget."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import CONF_URL
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
)
import voluptuous as vol
from yarl import URL

from ..calls.contact_search import found_contacts
from ..calls.phone_book import Known, Origin, is_number_or_address
from ..const import CONF_ADDRESS_BOOK
from ..sip_settings import clean
from ..wording.inert import inert, placeholders
from ..wording.words import word
from . import forms
from .callers import CallerSteps

_SEARCH = "search"
_CONTACT = "contact"
_NAME = "name"
_NUMBERS = "numbers"
_AT_MOST = 50
_LONGEST = 100
_CORRECTED = vol.Schema(
    {
        vol.Required(_NAME): TextSelector(),
        vol.Required(_NUMBERS): TextSelector(TextSelectorConfig(multiple=True)),
    }
)


class ContactSteps(CallerSteps):
    """The steps from a search to a contact that is right, or gone."""

    _searched = ""
    _found: tuple[Known, ...] = ()
    _opened: Known | None = None

    async def async_step_contacts(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Search the phone book, and open what is chosen of it."""
        if user_input is not None:
            typed = clean(user_input.get(_SEARCH, ""), _LONGEST)
            chosen = user_input.get(_CONTACT)
            if chosen is not None and typed == self._searched:
                self._opened = self._found[int(chosen)]
                return await self.async_step_opened_contact()
            self._searched = typed
        book = await self._async_book()
        run = self.hass.async_add_executor_job
        found = await run(found_contacts, book, self._searched)
        if not found and self._searched:
            if user_input is not None:
                return await self.async_step_not_found()
            found = await run(found_contacts, book, "")
        self._found = tuple(found[:_AT_MOST])
        options = [
            SelectOptionDict(
                value=str(index),
                label=inert(" · ".join((contact.name, ", ".join(contact.numbers)))),
            )
            for index, contact in enumerate(self._found)
        ]
        chosen_from = SelectSelector(
            SelectSelectorConfig(options=options, mode=SelectSelectorMode.DROPDOWN)
        )
        form = vol.Schema(
            {
                vol.Optional(_SEARCH): TextSelector(),
                vol.Optional(_CONTACT): chosen_from,
            }
        )
        return self.async_show_form(
            step_id="contacts",
            data_schema=self.add_suggested_values_to_schema(
                form, {_SEARCH: self._searched}
            ),
            description_placeholders=placeholders(
                contacts=str(book.count),
                matching=str(len(found)),
                shown=str(len(self._found)),
            ),
        )

    async def async_step_not_found(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Tell that somebody is not in the phone book, and let them get a name."""
        searched = self._searched
        is_number = is_number_or_address(searched)
        self._proposed = {"number" if is_number else _NAME: searched}
        return self.async_show_menu(
            step_id="not_found",
            menu_options=[_CONTACT],
            description_placeholders=placeholders(searched=searched),
        )

    async def async_step_opened_contact(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show a contact, and where it comes from."""
        return self.async_show_menu(
            step_id="opened_contact",
            menu_options=["correct_contact", "forget_contact"],
            description_placeholders=placeholders(
                **self._told(), origin=self._origin()
            ),
        )

    def _told(self) -> dict[str, str]:
        contact = self._contact
        return {"name": contact.name, "numbers": ", ".join(contact.numbers)}

    def _origin(self) -> str:
        origin = self._contact.origin
        said = word(self.hass, f"origin_{origin}")
        kept = self.config_entry.data.get(CONF_ADDRESS_BOOK)
        if origin is Origin.ADDRESS and kept:
            return f"{said}: {URL(kept[CONF_URL]).raw_authority}"
        return said

    @property
    def _contact(self) -> Known:
        assert self._opened is not None  # noqa: S101 - these steps follow a choice
        return self._opened

    async def async_step_correct_contact(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take another name, or other numbers, which then count before all others."""
        contact = self._contact
        errors: dict[str, str] = {}
        if user_input is not None:
            name = clean(user_input[_NAME], _LONGEST)
            numbers = [text.strip() for text in user_input[_NUMBERS] if text.strip()]
            new = (number for number in numbers if number not in contact.numbers)
            if not name:
                errors[_NAME] = "no_name"
            if not numbers:
                errors[_NUMBERS] = "no_number"
            elif not all(map(is_number_or_address, new)):
                errors[_NUMBERS] = "invalid_number"
            if not errors:
                return await self._async_give(name, numbers, contact.numbers)
        return self.async_show_form(
            step_id="correct_contact",
            data_schema=self.add_suggested_values_to_schema(
                _CORRECTED,
                user_input or {_NAME: contact.name, _NUMBERS: [*contact.numbers]},
            ),
            errors=errors,
        )

    async def async_step_forget_contact(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say for how long a contact is forgotten, and forget it."""
        if user_input is not None:
            return await self._async_give("", [], self._contact.numbers)
        return self.async_show_form(
            step_id="forget_contact",
            data_schema=forms.confirmation(),
            description_placeholders=placeholders(**self._told()),
        )
