"""A server whose norms are in force, and reminders in it, for the tests of reminders."""

from datetime import datetime, timedelta
from typing import Any

import discord
import pytest
from simcord import ChannelHandle, MemberActor
from simcord.backend import serializers

from bot.demo.client import reading
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import PersonId, ServerId
from bot.norms.models import Norm
from bot.people.models import DiscordUser
from bot.reminders.models import ReminderKind
from bot.reminders.occurrences import occurrence_id
from tests.coverage_scope import measured_once
from tests.unit.pods.fixtures import utc

NOT_YOURS = "There is nothing here for you to open"
NOT_A_MODERATOR = "This is for the people who run the server"
CHANGED = "Something here has changed."
NORM, STORY, EVENT = "One norm at a time", "One short story at a time", "A norm before events"
NIGHT = "Planning the night before events"
ASK = Norm(
    "ask",
    "Ask first",
    "We ask before we touch.",
    "A question costs a second.",
    "She asked.",
    "When is it hard?",
)
WATER = Norm("water", "Water between", "Between two drinks we have a glass of water.")
NORMS = (ASK, WATER)


def here(demo: DemoClient) -> ServerId:
    return ServerId(demo.server.id)


async def moderator(demo: DemoClient, name: str = "mo") -> MemberActor:
    return await demo.member(name, moderator=True)


async def person(demo: DemoClient, member: MemberActor) -> PersonId:
    who = DiscordUser(member.id, str(member.user.global_name), here(demo), member.user.name)
    met: PersonId = await demo.bot.services.people.meet(who, demo.now)
    return met


@measured_once
async def agreed(demo: DemoClient, *norms: Norm) -> None:
    """Put these norms in force, published in a channel that these tests do not read."""
    mo = await person(demo, await moderator(demo))
    services, server = demo.bot.services, here(demo)
    await services.servers.seen_moderating(server, mo, demo.now)
    await services.servers.change(server, mo, demo.now, {"norms_channel": demo.mods.id})
    await services.norms.drafts.adopt(mo, server, norms or NORMS, demo.now)
    await services.norms.ballots.put(mo, server, demo.now, direct=True)
    await services.servers.change(server, mo, demo.now, {"norms_channel": demo.general.id})
    await demo.settle()


async def home(demo: DemoClient, member: MemberActor) -> Screen:
    return await demo.slash(member, "manage reminders")


async def begun(demo: DemoClient, member: MemberActor, kind: str = NORM) -> Screen:
    """Begin a reminder. Return its card of selects, each with its default."""
    return await (await (await home(demo, member)).press("Add")).choose(kind)


async def started(demo: DemoClient, member: MemberActor, kind: str = NORM) -> Screen:
    """Start a reminder. Return its card."""
    return await (await begun(demo, member, kind)).press("Start")


@measured_once
async def on(demo: DemoClient, kind: ReminderKind = ReminderKind.NORM, **values: Any) -> str:
    """Add a running reminder in #general, in Berlin's time. Return its id."""
    reminders, server = demo.bot.services.reminders, here(demo)
    mo = await person(demo, await moderator(demo))
    shown = await reminders.add(server, mo, kind, demo.general.id, "Europe/Berlin", demo.now)
    id = str(shown.reminder.id)
    await reminders.change(server, id, mo, demo.now, values)
    await reminders.resume(server, id, mo, demo.now)
    return id


async def until(demo: DemoClient, moment: datetime) -> None:
    """Let time pass until a second after that moment."""
    await demo.skip(seconds=max(0.0, (moment - demo.now).total_seconds()) + 1)


def stamp(*at: int) -> str:
    """Return that moment in UTC as a card shows it."""
    moment = utc(*at)
    return f"<t:{int(moment.timestamp())}:f>"


def event(demo: DemoClient, name: str, *at: int) -> int:
    """Create a scheduled event of two hours that begins at that moment in UTC. Return its id."""
    starts = utc(*at)
    made = demo.server.create_scheduled_event(
        name, start_time=starts.isoformat(), entity_type=3, location="here",
        end_time=(starts + timedelta(hours=2)).isoformat(),
    )  # fmt: skip
    return int(made.id)


def move(demo: DemoClient, id: int, *at: int) -> None:
    starts = utc(*at)
    demo.env.backend.edit_scheduled_event(
        demo.server.id,
        id,
        {
            "scheduled_start_time": starts.isoformat(),
            "scheduled_end_time": (starts + timedelta(hours=2)).isoformat(),
        },
    )


class Series:
    """Makes events recurring, which SimCord doesn't know, in whatever it sends about them."""

    def __init__(self, demo: DemoClient, monkeypatch: pytest.MonkeyPatch) -> None:
        self._backend = demo.env.backend
        self._server = demo.server.id
        self._added: dict[int, dict[str, Any]] = {}
        plain = serializers.scheduled_event_payload

        def payload(backend: Any, event: Any) -> dict[str, Any]:
            return {**plain(backend, event), **self._added.get(event.id, {})}

        monkeypatch.setattr(serializers, "scheduled_event_payload", payload)

    def weekly(self, id: int, start: datetime) -> None:
        """Let the event recur each week from that start on."""
        rule = {"start": start.isoformat(), "end": None, "frequency": 2, "interval": 1, "by_weekday": None}
        self._added[id] = {"recurrence_rule": rule, "guild_scheduled_event_exceptions": []}
        self.edit(id)

    def edit(self, id: int, **changes: Any) -> None:
        self._backend.edit_scheduled_event(self._server, id, changes)

    def move_on(self, id: int, start: datetime) -> None:
        """Do what Discord does when an occurrence is over."""
        end = start + timedelta(hours=2)
        self.edit(
            id, status=1, scheduled_start_time=start.isoformat(), scheduled_end_time=end.isoformat()
        )  # fmt: skip

    def exclude(self, id: int, ruled: datetime, moved: datetime | None = None) -> None:
        """Cancel an occurrence, or move it, as somebody does in Discord."""
        one = {
            "event_id": str(id),
            "event_exception_id": str(occurrence_id(ruled)),
            "scheduled_start_time": None if moved is None else moved.isoformat(),
            "scheduled_end_time": None,
            "is_canceled": moved is None,
        }
        exceptions = self._added[id]["guild_scheduled_event_exceptions"]
        known = [each for each in exceptions if each["event_exception_id"] == one["event_exception_id"]]
        self._added[id]["guild_scheduled_event_exceptions"] = [
            *(each for each in exceptions if each not in known), one
        ]  # fmt: skip
        self._backend.emit(f"GUILD_SCHEDULED_EVENT_EXCEPTION_{'UPDATE' if known else 'CREATE'}", one)

    def restore(self, id: int) -> None:
        """Restore every occurrence of the event. Discord names the exception only if it is one."""
        exceptions = self._added[id]["guild_scheduled_event_exceptions"]
        self._added[id]["guild_scheduled_event_exceptions"] = []
        if len(exceptions) == 1:
            self._backend.emit("GUILD_SCHEDULED_EVENT_EXCEPTION_DELETE", exceptions[0])
        else:
            self._backend.emit("GUILD_SCHEDULED_EVENT_EXCEPTIONS_DELETE", {"event_id": str(id)})


def standing(demo: DemoClient, member: MemberActor, channel: ChannelHandle | None = None) -> list[Screen]:
    """Return what the bot has posted in #general or another channel, oldest first."""
    place = (channel or demo.general).id
    return [one for one in demo._cards(member, place) if not one.ephemeral]


def said(demo: DemoClient, channel: ChannelHandle | None = None) -> dict[int, tuple[datetime, str]]:
    """Return what the bot has posted as (time, text), by the message's id."""
    place = (channel or demo.general).id
    written = demo.env.backend.messages.get(place, {}).values()
    by_bot = [one for one in written if one.author_id == demo.env.backend.bot_user.id]
    return {
        one.id: (discord.utils.snowflake_time(one.id), reading.text_of(one))
        for one in by_bot
        if not one.is_ephemeral
    }


def channel_without(demo: DemoClient, name: str, **denied: bool) -> ChannelHandle:
    """Make a channel without these permissions: `channel_without(demo, "attic", send_messages=False)`."""
    overwrite = discord.PermissionOverwrite(**denied)
    return demo.server.create_text_channel(name, overwrites={demo.server.default_role: overwrite})
