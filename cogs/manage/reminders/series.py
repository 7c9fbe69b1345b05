"""What Discord sends about recurring events and discord.py doesn't read: their rules and exceptions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import discord
from msgspec import Struct, field

from bot.reminders import occurrences
from bot.reminders.models import Recurrence
from bot.ui.gateway_events import GatewayEvents

Raw = Mapping[str, Any]
"""The data of an event of the gateway, as Discord sent it."""


class Series(Struct):
    """A recurring event: its rule, and the occurrences that were cancelled (None) or moved, by their ids."""

    server: int
    recurrence: Recurrence
    exceptions: dict[int, datetime | None] = field(default_factory=dict)


class SeriesByEvent:
    """Remembers every recurring event. Discord sends them again at each start, so they aren't stored."""

    def __init__(self, bot: discord.Client) -> None:
        self._bot = bot
        self._series: dict[int, Series] = {}

    def of(self, event: int) -> Series | None:
        """Return what is known about the event as a recurring one; None if it takes place once."""
        return self._series.get(event)

    def listen(self, events: GatewayEvents) -> None:
        for name, listener in {
            "GUILD_CREATE": self._guild,
            "GUILD_DELETE": self._no_guild,
            "GUILD_SCHEDULED_EVENT_CREATE": self._event,
            "GUILD_SCHEDULED_EVENT_UPDATE": self._event,
            "GUILD_SCHEDULED_EVENT_DELETE": self._no_event,
            "GUILD_SCHEDULED_EVENT_EXCEPTION_CREATE": self._exception,
            "GUILD_SCHEDULED_EVENT_EXCEPTION_UPDATE": self._exception,
            "GUILD_SCHEDULED_EVENT_EXCEPTION_DELETE": self._no_exception,
            "GUILD_SCHEDULED_EVENT_EXCEPTIONS_DELETE": self._no_exceptions,
        }.items():
            events.listen(name, listener)

    # -- listeners for what Discord sends -------------------------------------------------------

    def _guild(self, data: Raw) -> None:
        self._forget(int(data["id"]))
        for event in data.get("guild_scheduled_events") or ():
            self._event(event)

    def _no_guild(self, data: Raw) -> None:
        """Forget a server's events if it removed the bot. In an outage discord.py keeps them too."""
        if not data.get("unavailable"):
            self._forget(int(data["id"]))

    def _event(self, data: Raw) -> None:
        id, rule, exceptions = (
            int(data["id"]), data.get("recurrence_rule"), data.get("guild_scheduled_event_exceptions"),
        )  # fmt: skip
        before = self._series.pop(id, None)
        if rule is None:
            return
        series = Series(int(data["guild_id"]), _recurrence(rule))
        if exceptions is not None:
            series.exceptions = dict(map(_read, exceptions))
        elif before is not None:
            series.exceptions = before.exceptions
        self._series[id] = series

    def _no_event(self, data: Raw) -> None:
        self._series.pop(int(data["id"]), None)

    def _exception(self, data: Raw) -> None:
        series = self._series.get(int(data["event_id"]))
        if series is not None:
            self._except(data, {**series.exceptions, **dict([_read(data)])})

    def _no_exception(self, data: Raw) -> None:
        series = self._series.get(int(data["event_id"]))
        if series is not None:
            gone, _ = _read(data)
            self._except(data, {id: at for id, at in series.exceptions.items() if id != gone})

    def _no_exceptions(self, data: Raw) -> None:
        self._except(data, {})

    # -- inside ---------------------------------------------------------------------------------

    def _except(self, data: Raw, exceptions: dict[int, datetime | None]) -> None:
        """Set an event's exceptions, and dispatch it like an event of discord.py's own."""
        id = int(data["event_id"])
        if (series := self._series.get(id)) is not None:
            series.exceptions = exceptions
            self._bot.dispatch("scheduled_event_series", series.server, id)

    def _forget(self, server: int) -> None:
        self._series = {id: one for id, one in self._series.items() if one.server != server}


def _read(exception: Raw) -> tuple[int, datetime | None]:
    """Return the id of an exception's occurrence, and when it starts; None if it was cancelled."""
    ruled = occurrences.ruled_start(int(exception["event_exception_id"]))
    starts_at = _time(exception.get("scheduled_start_time")) or ruled
    return occurrences.occurrence_id(ruled), None if exception.get("is_canceled") else starts_at


def _recurrence(rule: Raw) -> Recurrence:
    return Recurrence(
        datetime.fromisoformat(rule["start"]),
        rule["frequency"],
        rule.get("interval") or 1,
        weekdays=tuple(rule.get("by_weekday") or ()),
        nth_weekdays=tuple((one["day"], one["n"]) for one in rule.get("by_n_weekday") or ()),
        months=tuple(rule.get("by_month") or ()),
        month_days=tuple(rule.get("by_month_day") or ()),
        end=_time(rule.get("end")),
    )


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
