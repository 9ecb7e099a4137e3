"""A phone book that lies at an address: found, confirmed, shared, read, left."""

from functools import partial
from typing import TYPE_CHECKING, Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME
from homeassistant.helpers.importlib import async_import_module
from homeassistant.helpers.selector import (
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
import voluptuous as vol

from ..const import CONF_ADDRESS_BOOK, OPENED_BOOKS
from ..sip_settings import NotACertificateError, SipSettingsError, Trust
from ..wording.inert import placeholders
from . import forms
from .draft import async_read_upload
from .shared_book import SharedBookSteps

if TYPE_CHECKING:
    from ..address_book.draft import BookDraft

_BOOK = "book"
_AUTHORITY = "authority"
_ADDRESS = vol.Schema(
    {
        vol.Required(CONF_URL): TextSelector(
            TextSelectorConfig(type=TextSelectorType.URL)
        ),
        vol.Optional(CONF_USERNAME): TextSelector(
            TextSelectorConfig(autocomplete="off")
        ),
        vol.Optional(CONF_PASSWORD): TextSelector(
            TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="off")
        ),
    }
)


class AddressBookSteps(SharedBookSteps):
    """The steps between an address and names that stay fresh."""

    _draft: BookDraft | None = None
    _shown_pem: str | None = None

    async def async_step_address_book(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Begin with an address, or with what there is already."""
        if CONF_ADDRESS_BOOK in self.config_entry.data:
            return self.async_show_menu(
                step_id="address_book",
                menu_options=["read_book", "book_address", "leave_book"],
            )
        return await self.async_step_book_address()

    async def _async_opening(self) -> Any:  # noqa: ANN401 - a module
        """Return what opens address books, which nobody needs who has none."""
        return await async_import_module(self.hass, OPENED_BOOKS)

    async def async_step_book_address(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask where the book lies, and who may read it there."""
        if user_input is None:
            return self._show_book_address({})
        opening = await self._async_opening()
        try:
            self._draft = opening.BookDraft.typed(
                self.hass, self.config_entry, user_input, self._draft
            )
        except opening.BookError as error:
            return self._show_book_address({CONF_URL: error.problem}, user_input)
        return await self._async_try_book()

    async def async_step_read_book(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Read the book that is used, at once."""
        opening = await self._async_opening()
        self._draft = opening.BookDraft.known(self.hass, self.config_entry)
        return await self._async_try_book()

    @property
    def _book(self) -> BookDraft:
        """The draft, in the steps that follow an address."""
        assert self._draft is not None  # noqa: S101 - they do
        return self._draft

    async def _async_try_book(self) -> ConfigFlowResult:
        """Go on with the draft, as far as that leads without a person."""
        if self._draft is None:
            # Another dialog has left the book meanwhile.
            return await self.async_step_address_book()
        self._ensure_entry()
        draft = self._draft
        outcome = await draft.async_try()
        self._ensure_entry()
        if outcome == "done":
            kept = await draft.async_keep(self.config_entry)
            self._ensure_entry()
            if kept:
                return self._tell_of_book(draft)
            outcome = "book_not_kept"
        if outcome == "book_not_kept":
            return self.async_abort(reason="not_kept")
        if outcome == "doubted":
            return self.async_abort(reason="book_doubted")
        if outcome == "choose":
            return await self.async_step_choose_book()
        if outcome == "book_other_host":
            return await self.async_step_other_host()
        if outcome == "book_untrusted":
            return await self.async_step_untrusted_book()
        return self._show_book_address({"base": outcome})

    def _show_book_address(
        self, errors: dict[str, str], typed: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        known = self.config_entry.data.get(CONF_ADDRESS_BOOK, {})
        draft = self._draft
        suggested = typed or {
            CONF_URL: str(draft.source.url) if draft else known.get(CONF_URL),
            CONF_USERNAME: draft.source.username if draft else known.get(CONF_USERNAME),
        }
        suggested.pop(CONF_PASSWORD, None)
        return self.async_show_form(
            step_id="book_address",
            data_schema=self.add_suggested_values_to_schema(_ADDRESS, suggested),
            errors=errors,
        )

    def _tell_of_book(self, draft: BookDraft) -> ConfigFlowResult:
        book = draft.book
        in_part = book.odd or book.too_many or book.empty
        return self.async_abort(
            reason="book_read_in_part" if in_part else "book_read",
            description_placeholders=placeholders(
                contacts=str(book.count),
                without_number=str(book.empty),
                odd=str(book.odd),
                too_many=str(book.too_many),
            ),
        )

    async def async_step_choose_book(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let the person choose among several books."""
        draft = self._book
        if user_input is not None:
            draft.choose(user_input[_BOOK])
            return await self._async_try_book()
        titles = {str(one.url): one.name for one in draft.found}
        return self.async_show_form(
            step_id="choose_book", data_schema=forms.choice(_BOOK, titles)
        )

    async def async_step_other_host(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show another host that the password would go to, before it does."""
        draft = self._book
        if user_input is not None:
            draft.confirm()
            return await self._async_try_book()
        return self.async_show_form(
            step_id="other_host",
            data_schema=forms.confirmation(),
            description_placeholders=placeholders(
                host=draft.host, address=draft.source.url.raw_authority
            ),
        )

    async def async_step_untrusted_book(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let the person choose how the server is to be recognized."""
        return self.async_show_menu(
            step_id="untrusted_book",
            menu_options=["book_authority", "book_pin", "book_address"],
            description_placeholders=placeholders(host=self._book.host),
        )

    async def async_step_book_authority(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take the authority that issued the server's certificate."""
        errors: dict[str, str] = {}
        if user_input is not None:
            try:
                data = await async_read_upload(self.hass, user_input[_AUTHORITY])
                trust = await self.hass.async_add_executor_job(
                    partial(Trust.from_authority_file, data)
                )
            except NotACertificateError:
                errors[_AUTHORITY] = "not_a_certificate"
            except ValueError:
                errors[_AUTHORITY] = "upload_lost"
            else:
                self._book.trust(trust)
                return await self._async_try_book()
        return self.async_show_form(
            step_id="book_authority", data_schema=forms.authority(), errors=errors
        )

    async def async_step_book_pin(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show the server's certificate, and trust just this one once confirmed."""
        draft = self._book
        if user_input is not None and self._shown_pem is not None:
            draft.trust(Trust(pinned=self._shown_pem))
            return await self._async_try_book()
        try:
            shown = await draft.async_look()
        except SipSettingsError:
            return self._show_book_address({"base": "book_unreachable"})
        self._shown_pem = shown.pem
        return self.async_show_form(
            step_id="book_pin",
            data_schema=forms.confirmation(),
            description_placeholders=placeholders(**forms.shown_certificate(shown)),
        )

    async def async_step_leave_book(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Read the book no more, and forget its names here."""
        if user_input is None:
            return self.async_show_form(
                step_id="leave_book", data_schema=forms.confirmation()
            )
        opening = await self._async_opening()
        await opening.async_leave(self.hass, self.config_entry)
        return self.async_abort(reason="book_left")
