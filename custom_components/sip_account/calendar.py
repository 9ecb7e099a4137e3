"""A calendar of the calls of the last year.

Past calls are those that the ledger counts; the state is on while a call goes on. They
are told of in the home's language, and by nothing that could be more than text.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, override

from homeassistant.components.calendar import (
    CalendarEntity,
    CalendarEntityDescription,
    CalendarEvent,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .calendar_offer import KEY, is_calendar_wanted
from .calls.diary import YEARS, Diary, Record
from .calls.kinds import event_type
from .currency import currency_of
from .entity import SipAccountEntity, SipAccountEntityDescription, add_as_told
from .runtime import SipAccountConfigEntry
from .sip_settings import CALLS, Call, Outcome
from .wording.call_words import CallWords
from .wording.shown import shown

PARALLEL_UPDATES = 0
# An event needs an end behind its start, also of a call that nobody answered.
_SHORTEST = timedelta(seconds=1)
# A call that goes on is taken to end then, unless it is told otherwise: the state need
# not be written again as long as it lasts.
_LONGEST = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class SipAccountCalendarDescription(
    SipAccountEntityDescription, CalendarEntityDescription
):
    """A calendar of an account."""


CALENDARS = (
    SipAccountCalendarDescription(
        key=KEY,
        translation_key=KEY,
        action=CALLS,
        entity_registry_enabled_default=False,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SipAccountConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the calendar of an account."""
    add_as_told(entry, async_add_entities, CALENDARS, CallCalendar)


class CallCalendar(SipAccountEntity, CalendarEntity):
    """Tells of past calls from what is kept, also while the server is lost."""

    _unrecorded_attributes = frozenset({"calls_without_time"})
    entity_description: SipAccountCalendarDescription

    @property
    @override
    def available(self) -> bool:
        """Whether the entry is loaded."""
        return True

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """Return the call that goes on, None while there is none."""
        return next(iter(self._running()), None)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return how many calls are missing, since nobody knows when they were."""
        return {"calls_without_time": self._diary.without_time}

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return the calls of a span of time, also those that begin or end in it."""
        between, words = self._diary.reader(), CallWords.of(hass)
        activity = self._entry.runtime_data.activity
        currency = currency_of(hass, self._entry, activity.data)

        def past() -> list[CalendarEvent]:
            found = between(start_date, end_date)
            return [_event(record, words, currency) for record in found]

        # A year of them would hold the loop up.
        events = await hass.async_add_executor_job(past)
        now = dt_util.now()
        for event in self._running():
            start = event.start_datetime_local
            end = max(now, start + _SHORTEST)
            if start < end_date and end > start_date:
                events.append(replace(event, end=end))
        return events

    @override
    async def async_added_to_hass(self) -> None:
        """Tell who looks at the calendar of calls that were counted."""
        await super().async_added_to_hass()
        usage = self._entry.runtime_data.usage
        self.async_on_remove(usage.async_watch(self.async_write_ha_state))

    @override
    async def async_will_remove_from_hass(self) -> None:
        """Have it forgotten who called, where the calendar is wanted no more."""
        await super().async_will_remove_from_hass()
        if not is_calendar_wanted(self.hass, self._entry):
            await self._entry.runtime_data.calls.async_drop_parties()

    @property
    def _diary(self) -> Diary:
        return self._entry.runtime_data.usage.ledger.diary

    def _running(self) -> list[CalendarEvent]:
        """Return the calls that go on, by what was read last; none while it fails."""
        reading = self.coordinator.data.of(CALLS)
        if reading is None or reading.failed:
            return []
        words = CallWords.of(self.hass)
        calls: tuple[Call, ...] = reading.value or ()
        return [
            CalendarEvent(
                dt_util.as_local(call.started),
                dt_util.as_local(call.started) + _LONGEST,
                words.said_of_running(call.direction, shown(call)),
            )
            for call in calls
            if call.outcome is Outcome.IN_PROGRESS
            and call.started
            and call.started.year in YEARS
        ]


def _event(record: Record, words: CallWords, currency: str) -> CalendarEvent:
    """Return a call as an event: who and what first, then the figures."""
    start = dt_util.as_local(record.started)
    seconds = int(record.duration.total_seconds())
    told = [words.outcomes[record.outcome]]
    if seconds:
        told.append(str(record.duration))
    if record.cost is not None:
        told.append(f"{_money(record.cost)} {currency}")
    return CalendarEvent(
        start,
        start + max(record.duration, _SHORTEST),
        words.said(event_type(record), record.shown, seconds),
        " · ".join(told),
    )


def _money(cost: Decimal) -> str:
    """Return an amount with two to four digits, as there are."""
    text = f"{cost:.4f}"
    return text.rstrip("0").ljust(len(text) - 2, "0")
