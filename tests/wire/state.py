"""What this Discord stores: people, servers with their members and channels, and messages."""

import json
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.wire.errors import ApiError
from tests.wire.snowflakes import Clock, Snowflakes

Json = dict[str, Any]

BOT = 100
"""The account of the bot, and its application."""
TOKEN = "MTAw.loop.back"
NONCES_LAST = 180.0
EPHEMERAL = 64
LAYOUT = 1 << 15
"""The flag of a message that consists of layout components. An edit can set it, and none can take it away."""
KEPT_EPHEMERAL = 20_000
EVERYTHING = (1 << 53) - 1
MANAGE_GUILD = 1 << 5
ORDINARY = 1 << 6 | 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 31
"""What members may do by default: see, write, embed, attach, react, read the history, use commands."""
TEXT, DIRECT, VOICE, CATEGORY, NEWS, FORUM = 0, 1, 2, 4, 5, 15
WRITTEN_IN = {TEXT, DIRECT, VOICE, NEWS}


@dataclass(slots=True)
class Person:
    """An account. `dm_channel` is None until the bot has opened a DM channel."""

    id: int
    username: str
    global_name: str | None = None
    bot: bool = False
    locale: str = "en-GB"
    dm_channel: int | None = None
    dms_closed: bool = False
    deleted: bool = False


@dataclass(slots=True)
class Member:
    """A person in a server. `permissions` are added to those of their roles."""

    person: int
    joined_at: float
    nick: str | None = None
    roles: tuple[int, ...] = ()
    permissions: int = 0
    timed_out_until: float | None = None


@dataclass(slots=True)
class Role:
    id: int
    name: str
    permissions: int = 0
    position: int = 1


@dataclass(slots=True)
class Channel:
    """A channel of a server, or (without a `guild`) the DM channel with `recipient`."""

    id: int
    kind: int = TEXT
    name: str = ""
    guild: int | None = None
    recipient: int | None = None
    position: int = 0
    hidden: bool = False
    messages: list[int] = field(default_factory=list)
    """The ids of its messages, in ascending order. Ephemeral messages are not among them."""


@dataclass(slots=True)
class Guild:
    """A server. `present` is False once the bot was removed; `available` is False during an outage."""

    id: int
    name: str
    owner: int
    locale: str = "en-US"
    features: tuple[str, ...] = ()
    members: dict[int, Member] = field(default_factory=dict)
    roles: dict[int, Role] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    events: dict[int, Json] = field(default_factory=dict)
    present: bool = True
    available: bool = True

    def permissions(self, person: int) -> int:
        if person == self.owner:
            return EVERYTHING
        member = self.members[person]
        granted = self.roles[self.id].permissions | member.permissions
        for role in member.roles:
            granted |= self.roles[role].permissions
        return granted


@dataclass(slots=True)
class Message:
    """What was sent, as JSON text, because hundreds of thousands of parsed messages would fill the memory."""

    id: int
    channel: int
    author: int
    nonce: str | None
    flags: int
    made_at: float
    body: bytes
    edits: int = 0
    edited_at: float | None = None
    shown_to: int | None = None
    """The only person who sees an ephemeral message."""

    @property
    def content(self) -> Json:
        """The parts that can be edited: content, embeds, components, attachments."""
        parsed: Json = json.loads(self.body)
        return parsed


class DiscordState:
    """Everything by its id. Nothing here is sent anywhere; `gateway.py` announces changes."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.snowflakes = Snowflakes(clock)
        self.people: dict[int, Person] = {BOT: Person(BOT, "Plumbline", bot=True)}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.messages: dict[int, Message] = {}
        self.ephemeral: dict[int, Message] = {}
        self.commands: list[Json] = []
        self.deleted_messages = 0
        self._nonces: dict[tuple[int, int, str], tuple[float, int]] = {}

    # -- people and servers ---------------------------------------------------------------------

    def dm_channel(self, person: Person) -> Channel:
        """Return the DM channel of the bot with this person, opened now if there was none."""
        if person.dm_channel is None:
            person.dm_channel = self.snowflakes.new()
        if person.dm_channel not in self.channels:
            self.channels[person.dm_channel] = Channel(person.dm_channel, DIRECT, recipient=person.id)
        return self.channels[person.dm_channel]

    def add_guild(self, guild: Guild) -> None:
        self.guilds[guild.id] = guild
        guild.roles.setdefault(guild.id, Role(guild.id, "@everyone", ORDINARY, 0))
        guild.members.setdefault(BOT, Member(BOT, self.clock.now()))

    def add_channel(self, channel: Channel) -> None:
        self.channels[channel.id] = channel
        if channel.guild is not None:
            self.guilds[channel.guild].channels[channel.id] = channel

    def remove_channel(self, channel: Channel) -> None:
        del self.channels[channel.id]
        for message in channel.messages:
            del self.messages[message]
        if channel.guild is not None:
            del self.guilds[channel.guild].channels[channel.id]

    def meet(self, person: int) -> bool:
        """Whether the person and the bot have a server in common."""
        return any(guild.present and person in guild.members for guild in self.guilds.values())

    # -- messages -------------------------------------------------------------------------------

    def same_nonce(self, channel: int, author: int, nonce: str | None) -> Message | None:
        """Return the message that the author sent there with this nonce in the last three minutes.

        Raises ApiError if it has been deleted since: it isn't sent again.
        """
        expires, id = self._nonces.get((channel, author, nonce or ""), (0.0, 0))
        if expires <= self.clock.now():
            return None
        if id not in self.messages:
            raise ApiError(404, 10008, "Unknown Message")
        return self.messages[id]

    def post(self, channel: Channel, author: int, content: Json, **more: Any) -> Message:
        """Store a message, and remember its nonce. With `shown_to` it is ephemeral."""
        message = Message(
            self.snowflakes.new(), channel.id, author, more.get("nonce"), more.get("flags", 0),
            self.clock.now(), json.dumps(content).encode(), shown_to=more.get("shown_to"),
        )  # fmt: skip
        if message.shown_to is not None:
            self.ephemeral[message.id] = message
            while len(self.ephemeral) > KEPT_EPHEMERAL:
                del self.ephemeral[next(iter(self.ephemeral))]
            return message
        self.messages[message.id] = message
        insort(channel.messages, message.id)
        if message.nonce is not None:
            self._remember(channel.id, author, message)
        return message

    def edit(self, message: Message, changed: Json) -> None:
        message.flags |= changed.get("flags", 0) & LAYOUT
        message.body = json.dumps(message.content | changed).encode()
        message.edits += 1
        message.edited_at = self.clock.now()

    def delete(self, message: Message) -> None:
        if message.shown_to is not None:
            self.ephemeral.pop(message.id, None)
            return
        del self.messages[message.id]
        listed = self.channels[message.channel].messages
        del listed[bisect_left(listed, message.id)]
        self.deleted_messages += 1

    def find(self, id: int) -> Message | None:
        """Return a message, ephemeral or not."""
        return self.messages.get(id) or self.ephemeral.get(id)

    def history(self, channel: Channel, query: Mapping[str, str]) -> list[Message]:
        """Return a page as Discord does: newest first, and of `after` the oldest that are newer than it."""
        limit, ids = int(query.get("limit", 50)), channel.messages
        if not 1 <= limit <= 100:
            raise ApiError(400, 50035, "Invalid Form Body")
        if "after" in query:
            at = bisect_right(ids, int(query["after"]))
            page = ids[at : at + limit]
        elif "around" in query:
            at = bisect_left(ids, int(query["around"]))
            page = ids[max(0, at - limit // 2) : at + limit - limit // 2]
        else:
            at = bisect_left(ids, int(query["before"])) if "before" in query else len(ids)
            page = ids[max(0, at - limit) : at]
        return [self.messages[id] for id in reversed(page)]

    def _remember(self, channel: int, author: int, message: Message) -> None:
        now = self.clock.now()
        # Taken out first, so that the entries stay in the order in which they end.
        self._nonces.pop((channel, author, message.nonce or ""), None)
        self._nonces[channel, author, message.nonce or ""] = (now + NONCES_LAST, message.id)
        while self._nonces:
            oldest = next(iter(self._nonces))
            if self._nonces[oldest][0] > now:
                break
            del self._nonces[oldest]


def flattened(components: Sequence[Json]) -> Iterator[Json]:
    """Yield these components and all inside them: rows, containers, sections with their accessory, labels."""
    for component in components:
        yield component
        inside = [*component.get("components", ())]
        inside += [component[key] for key in ("accessory", "component") if key in component]
        yield from flattened(inside)
