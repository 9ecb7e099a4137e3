"""Tells of an address book that cannot be read: once, and what a person can do."""

import logging

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from yarl import URL

from ..const import DOMAIN
from ..wording.inert import placeholders
from .problems import LASTING, BookError, Problem

_LOGGER = logging.getLogger(__name__)
_WORDS = {
    Problem.REFUSED: "the server refuses the user name or the password",
    Problem.OTHER_HOST: "it leads to another host, which nobody has confirmed",
    Problem.NOT_HTTPS: "it leads to an address without https",
    Problem.UNTRUSTED: "the server's certificate does not verify",
    Problem.UNREACHABLE: "the server cannot be reached",
    Problem.TOO_LARGE: "the answer is too large",
    Problem.UNREADABLE: "the answer cannot be understood",
    Problem.NOT_FOUND: "it is not there",
    Problem.FAILED: "the server says that it cannot",
    Problem.NOT_KEPT: "the disk did not take it",
}


class Telling:
    """What was told of one address book."""

    def __init__(self, hass: HomeAssistant, book_id: str) -> None:
        """Begin with a book that nothing is wrong with."""
        self._hass = hass
        self._book_id = book_id
        self._told: Problem | None = None

    @callback
    def lost(self, error: BookError, title: str) -> None:
        """Tell what goes wrong, unless that was told; a repair if it lasts."""
        if error.problem is Problem.STOPPED:
            return
        if error.problem is not self._told:
            _LOGGER.warning(
                "The address book of %s is not read, and stays as it was: %s",
                title,
                _WORDS[error.problem],
            )
        self._told = error.problem
        if error.problem not in LASTING:
            return
        self._forget_but(error.problem)
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            self._issue_id(error.problem),
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key=error.problem.value,
            translation_placeholders=placeholders(
                account=title, host=_host(error.origin)
            ),
        )

    @callback
    def back(self, title: str) -> None:
        """Tell that it was read, if the opposite was told."""
        if self._told:
            _LOGGER.info("The address book of %s is read again", title)
        self.forget()

    @callback
    def forget(self) -> None:
        """Tell nothing any more."""
        self._told = None
        self._forget_but(None)

    def _forget_but(self, kept: Problem | None) -> None:
        for problem in LASTING - {kept}:
            ir.async_delete_issue(self._hass, DOMAIN, self._issue_id(problem))

    def _issue_id(self, problem: Problem) -> str:
        return f"{problem.value}_{self._book_id}"


def _host(origin: str) -> str:
    """Return a host as it is looked up, with its port where that is another."""
    return (URL(origin).raw_authority if origin else "") or ""
