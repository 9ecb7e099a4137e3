"""The phone book of an account: a file of contacts, single names, or none."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.helpers.selector import (
    FileSelector,
    FileSelectorConfig,
    TextSelector,
)
import voluptuous as vol

from ..calls.kept_phone_book import async_save_phone_book
from ..calls.phone_book import CONTACTS_AT_MOST, PhoneBook, is_number_or_address
from ..calls.shared_phone_book import (
    async_forget_unused,
    async_phone_book_of,
    async_take_up,
    phone_book_id,
    phone_book_lock,
)
from ..calls.vcard import Contact, Vcards, read_vcards
from ..sip_settings import clean
from ..wording.inert import placeholders
from .additions import AdditionSteps
from .draft import CHANGED_MEANWHILE, async_read_upload

# Pictures in it are most of a file; Home Assistant takes up to 100 MB.
PHONE_BOOK_LIMIT = 64 * 1024 * 1024

# The contacts that a phone book gets, and those by hand, from what it has by now.
type _Change = Callable[[PhoneBook], tuple[Iterable[Contact], Iterable[Contact]]]

_FILE = "file"
_NOT_KEPT = "not_kept"
_VCARDS = FileSelector(FileSelectorConfig(accept=".vcf,text/vcard"))
_CONTACT = vol.Schema(
    {
        vol.Required("number"): TextSelector(),
        vol.Optional("name"): TextSelector(),
    }
)


class PhoneBookSteps(AdditionSteps):
    """The steps that change which names calls get."""

    # What the form of one number is filled in with.
    _proposed: Mapping[str, str] = {}

    async def async_step_phone_book(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take a file of contacts in place of those of the last one."""
        errors: dict[str, str] = {}
        if user_input is not None:
            try:
                data = await async_read_upload(
                    self.hass, user_input[_FILE], PHONE_BOOK_LIMIT + 1
                )
            except ValueError:
                errors[_FILE] = "upload_lost"
            else:
                if len(data) > PHONE_BOOK_LIMIT:
                    return self._show_phone_book({_FILE: "file_too_large"})
                found = await self.hass.async_add_executor_job(
                    read_vcards, data, CONTACTS_AT_MOST
                )
                if found.contacts:
                    await self._async_keep(lambda book: (found.contacts, book.by_hand))
                    return self._tell(found)
                errors[_FILE] = "no_contacts"
        return self._show_phone_book(errors)

    def _show_phone_book(self, errors: dict[str, str]) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="phone_book",
            data_schema=vol.Schema({vol.Required(_FILE): _VCARDS}),
            errors=errors,
        )

    async def async_step_contact(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Give one number a name; an empty name takes it away."""
        errors: dict[str, str] = {}
        if user_input is not None:
            number = user_input["number"].strip()
            name = clean(user_input.get("name", ""), 100)
            if not is_number_or_address(number):
                errors["number"] = "invalid_number"
            elif name or await self._async_knows(number):
                return await self._async_give(name, [number])
            else:
                errors["number"] = "not_in_phone_book"
        return self.async_show_form(
            step_id="contact",
            data_schema=self.add_suggested_values_to_schema(
                _CONTACT, user_input or self._proposed
            ),
            errors=errors,
        )

    async def async_step_clear_phone_book(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Forget all contacts."""
        if user_input is None:
            return self.async_show_form(
                step_id="clear_phone_book", data_schema=vol.Schema({})
            )
        return await self._async_finish(lambda _: ([], []))

    async def _async_book(self) -> PhoneBook:
        """Return the phone book as it is kept by now."""
        return await async_phone_book_of(self.hass, self.config_entry)

    async def _async_knows(self, number: str) -> bool:
        book = await self._async_book()
        return await self.hass.async_add_executor_job(book.knows, number)

    async def _async_give(
        self, name: str, numbers: Sequence[str], instead_of: Sequence[str] = ()
    ) -> ConfigFlowResult:
        """Keep what is named, or forgotten, by hand."""
        return await self._async_finish(
            lambda book: (
                book.contacts,
                book.with_contact(name, numbers, instead_of),
            )
        )

    async def _async_finish(self, change: _Change) -> ConfigFlowResult:
        """Keep what is changed; the options stay as they are."""
        await self._async_keep(change)
        return self.async_create_entry(data=dict(self.config_entry.options))

    async def _async_keep(self, change: _Change) -> None:
        """Change the phone book and use it, in all accounts that share it.

        Dialogs do so one after the other, each what the one before has kept; and none
        writes into another phone book than the one that it has read.
        """
        book_id = phone_book_id(self.config_entry)
        async with phone_book_lock(self.hass, book_id):
            self._ensure_book(book_id)
            book = await self._async_book()
            changed = await self.hass.async_add_executor_job(change, book)
            self._ensure_book(book_id)
            kept = await async_save_phone_book(self.hass, book_id, *changed)
            # The account may have been removed, and its stores with it, before this
            # was written.
            await async_forget_unused(self.hass, book_id)
            self._ensure_entry()
            if not kept:
                raise AbortFlow(_NOT_KEPT)
            await async_take_up(self.hass, book_id)
        self.hass.config_entries.async_schedule_reload(self.config_entry.entry_id)

    def _ensure_book(self, book_id: str) -> None:
        """Abort where the account uses another phone book by now."""
        if phone_book_id(self.config_entry) != book_id:
            raise AbortFlow(CHANGED_MEANWHILE)

    def _tell(self, found: Vcards) -> ConfigFlowResult:
        """Tell how many contacts there are, and what was left out."""
        in_part = found.without_number or found.without_name or found.too_many
        return self.async_abort(
            reason="contacts_read_in_part" if in_part else "contacts_read",
            description_placeholders=placeholders(
                contacts=str(len(found.contacts)),
                without_number=str(found.without_number),
                without_name=str(found.without_name),
                too_many=str(found.too_many),
            ),
        )
