"""What happens in servers without the bot's doing: each change is stored and announced over the gateway."""

from dataclasses import fields
from typing import Any

from tests.wire import payloads
from tests.wire.gateway import Gateway
from tests.wire.snowflakes import iso, snowflake
from tests.wire.state import Channel, DiscordState, Guild, Json, Member, Person, Role

_SCHEDULED, _EXTERNAL = 1, 3


class Changes:
    """Each method is a verb of the control API and takes the same arguments."""

    def __init__(self, state: DiscordState, gateway: Gateway) -> None:
        self.state = state
        self.gateway = gateway

    # -- people and members ---------------------------------------------------------------------

    def add_people(self, people: list[Json]) -> list[int]:
        """Add accounts. Without an `id` they get one."""
        made = [Person(**{"id": self.state.snowflakes.new(), **one}) for one in people]
        for one in made:
            self.state.people[one.id] = one
            if one.dm_channel is not None:
                self.state.dm_channel(one)
        return [one.id for one in made]

    def change_person(self, person: int, **changed: Any) -> None:
        _change(self.state.people[person], changed)

    def add_members(self, guild: int, members: list[Json]) -> None:
        where = self.state.guilds[guild]
        for told in members:
            one = Member(**{"joined_at": self.state.clock.now(), **told})
            where.members[one.person] = one
            joined = {**payloads.member_with_user(self.state, where, one), "guild_id": str(guild)}
            self.gateway.dispatch("GUILD_MEMBER_ADD", joined, guild)

    def change_member(self, guild: int, person: int, **changed: Any) -> None:
        where = self.state.guilds[guild]
        _change(where.members[person], changed)
        told = payloads.member_with_user(self.state, where, where.members[person])
        self.gateway.dispatch("GUILD_MEMBER_UPDATE", {**told, "guild_id": str(guild)}, guild)

    def remove_member(self, guild: int, person: int) -> None:
        del self.state.guilds[guild].members[person]
        told = {"guild_id": str(guild), "user": payloads.user(self.state.people[person])}
        self.gateway.dispatch("GUILD_MEMBER_REMOVE", told, guild)

    # -- servers --------------------------------------------------------------------------------

    def add_guild(self, name: str, id: int | None = None, owner: int = 1, **more: Any) -> int:
        """Add a server to which the bot has been invited."""
        guild = Guild(id or self.state.snowflakes.new(), name, owner, **more)
        self.state.add_guild(guild)
        self.gateway.dispatch("GUILD_CREATE", payloads.guild(self.state, guild), guild.id)
        return guild.id

    def remove_bot(self, guild: int) -> None:
        """Remove the bot from a server."""
        self.state.guilds[guild].present = False
        self.gateway.dispatch("GUILD_DELETE", {"id": str(guild)}, guild)

    def invite_bot(self, guild: int) -> None:
        """Invite the bot again to a server from which it was removed."""
        where = self.state.guilds[guild]
        where.present = True
        self.gateway.dispatch("GUILD_CREATE", payloads.guild(self.state, where), guild)

    def set_available(self, guild: int, available: bool) -> None:
        """Begin or end an outage of a server."""
        where = self.state.guilds[guild]
        where.available = available
        if available:
            told = {**payloads.guild(self.state, where), "unavailable": False}
            self.gateway.dispatch("GUILD_CREATE", told, guild)
        else:
            self.gateway.dispatch("GUILD_DELETE", {"id": str(guild), "unavailable": True}, guild)

    def add_role(self, guild: int, name: str, permissions: int = 0) -> int:
        where = self.state.guilds[guild]
        role = Role(self.state.snowflakes.new(), name, permissions, len(where.roles))
        where.roles[role.id] = role
        told = {"guild_id": str(guild), "role": payloads.role(role)}
        self.gateway.dispatch("GUILD_ROLE_CREATE", told, guild)
        return role.id

    # -- channels and messages ------------------------------------------------------------------

    def add_channel(self, guild: int, name: str, id: int | None = None, **more: Any) -> int:
        made = Channel(id or self.state.snowflakes.new(), name=name, guild=guild, **more)
        self.state.add_channel(made)
        self.gateway.dispatch("CHANNEL_CREATE", payloads.channel(self.state, made), guild)
        return made.id

    def change_channel(self, channel: int, **changed: Any) -> None:
        one = self.state.channels[channel]
        _change(one, changed)
        self.gateway.dispatch("CHANNEL_UPDATE", payloads.channel(self.state, one), one.guild)

    def remove_channel(self, channel: int) -> None:
        one = self.state.channels[channel]
        told = payloads.channel(self.state, one)
        self.state.remove_channel(one)
        self.gateway.dispatch("CHANNEL_DELETE", told, one.guild)

    def open_dm(self, person: int) -> int:
        """Return the DM channel of the bot with somebody, as if they had opened it."""
        return self.state.dm_channel(self.state.people[person]).id

    def say(self, channel: int, person: int, content: str) -> int:
        """Write a message, which the bot is not told of: it has no intent for messages."""
        return self.state.post(self.state.channels[channel], person, {"content": content}).id

    def delete_message(self, message: int) -> None:
        found = self.state.find(message)
        if found is None:
            raise LookupError(f"there is no message {message}")
        self.state.delete(found)

    # -- scheduled events -----------------------------------------------------------------------

    def add_event(self, guild: int, name: str, starts: float, ends: float | None = None, **more: Any) -> int:
        """Add a scheduled event. `more` are further fields as Discord has them, such as recurrence_rule."""
        id = int(more.pop("id", 0)) or self.state.snowflakes.new()
        event: Json = {
            "id": str(id), "guild_id": str(guild), "channel_id": None, "creator_id": None, "name": name,
            "description": None, "scheduled_start_time": iso(starts),
            "scheduled_end_time": iso(starts + 3600 if ends is None else ends), "privacy_level": 2,
            "status": _SCHEDULED, "entity_type": _EXTERNAL, "entity_id": None,
            "entity_metadata": {"location": "here"}, "user_count": 0, "image": None, "recurrence_rule": None,
            "guild_scheduled_event_exceptions": [], **more,
        }  # fmt: skip
        self.state.guilds[guild].events[id] = event
        self.gateway.dispatch("GUILD_SCHEDULED_EVENT_CREATE", event, guild)
        return id

    def change_event(self, guild: int, event: int, starts: float | None = None, **changed: Any) -> None:
        one = self.state.guilds[guild].events[event]
        one |= changed if starts is None else {**changed, "scheduled_start_time": iso(starts)}
        self.gateway.dispatch("GUILD_SCHEDULED_EVENT_UPDATE", one, guild)

    def remove_event(self, guild: int, event: int) -> None:
        one = self.state.guilds[guild].events.pop(event)
        self.gateway.dispatch("GUILD_SCHEDULED_EVENT_DELETE", one, guild)

    def except_occurrence(
        self, guild: int, event: int, occurrence: float, starts: float | None = None, *,
        cancelled: bool = False, removed: bool = False,
    ) -> int:  # fmt: skip
        """Move or cancel one occurrence of a recurring event, or take that back with `removed`."""
        one, id = self.state.guilds[guild].events[event], snowflake(occurrence)
        told: Json = {
            "event_id": str(event), "event_exception_id": str(id), "guild_id": str(guild),
            "scheduled_start_time": None if starts is None else iso(starts), "scheduled_end_time": None,
            "is_canceled": cancelled,
        }  # fmt: skip
        kept = [
            each for each in one["guild_scheduled_event_exceptions"] if each["event_exception_id"] != str(id)
        ]
        known = len(kept) < len(one["guild_scheduled_event_exceptions"])
        one["guild_scheduled_event_exceptions"] = kept if removed else [*kept, told]
        what = "DELETE" if removed else "UPDATE" if known else "CREATE"
        self.gateway.dispatch(f"GUILD_SCHEDULED_EVENT_EXCEPTION_{what}", told, guild)
        return id


def _change(one: object, changed: Json) -> None:
    known = {each.name for each in fields(one)}  # type: ignore[arg-type]  # every caller has a dataclass
    if unknown := changed.keys() - known:
        raise LookupError(f"there is no {sorted(unknown)}")
    for name, value in changed.items():
        setattr(one, name, tuple(value) if isinstance(value, list) else value)
