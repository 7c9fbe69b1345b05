"""What people do: commands, presses, choices and forms, as Discord sends them; and how the bot answers."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.wire import payloads
from tests.wire.errors import ApiError
from tests.wire.gateway import Gateway
from tests.wire.state import (
    DIRECT,
    EPHEMERAL,
    EVERYTHING,
    Channel,
    DiscordState,
    Guild,
    Json,
    Message,
    Person,
    flattened,
)

COMMAND, PRESS, FORM = 2, 3, 5
MESSAGE, DEFERRED_MESSAGE, DEFERRED_EDIT, EDIT, MODAL = 4, 5, 6, 7, 9
TOKENS_LAST = 900.0
KEPT = 20_000
_SUBCOMMAND, _GROUP, _USER, _CHANNEL = 1, 2, 6, 7
_USER_SELECT, _CHANNEL_SELECT, _TEXT_DISPLAY = 5, 8, 10
_HAVING_VALUES = {3, 5, 6, 7, 8, 22}


@dataclass(slots=True)
class Interaction:
    """One thing that somebody did, and the bot's answer to it."""

    id: int
    kind: int
    person: int
    guild: int | None
    channel: int
    made_at: float
    message: int | None = None
    """The message whose button was pressed."""
    reached: int = 0
    """How many connections it was sent over: 0 if the bot was away."""
    dead: bool = False
    """Whether Discord no longer knows the interaction or its token."""
    acked_at: float | None = None
    answered_at: float | None = None
    """When there was something to read: a message, an edit or a form."""
    callback: Json | None = None
    original: int | None = None
    followups: list[int] = field(default_factory=list)
    edits: int = 0
    happened: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def token(self) -> str:
        return f"token-{self.id}"

    def change(self) -> None:
        """Wake all who wait for this interaction."""
        self.happened.set()
        self.happened = asyncio.Event()


class Interactions:
    """Sends what people do, and takes the bot's answers. `answered_within` can be Discord's 3 seconds."""

    def __init__(self, state: DiscordState, gateway: Gateway) -> None:
        self.state = state
        self.gateway = gateway
        self.answered_within: float | None = None
        self.every: OrderedDict[int, Interaction] = OrderedDict()

    # -- what people do -------------------------------------------------------------------------

    def command(
        self, person: int, channel: int, path: str, options: Mapping[str, Any], target: int | None
    ) -> Interaction:
        """Run a command: "pair start" is a subcommand of `pair`. A context menu has a `target`."""
        name, *below = path.split(" ")
        known = [one for one in self.state.commands if one["name"] in (name, path)]
        if not known:
            raise LookupError(f"Discord knows no command {path!r}")
        told: Json = {"id": known[0]["id"], "name": known[0]["name"], "type": known[0].get("type", 1)}
        data, described = told, known[0]
        for part in [] if target is not None else below:
            described = next(one for one in described["options"] if one["name"] == part)
            below_it: Json = {"name": part, "type": described["type"]}
            data["options"] = [below_it]
            data = below_it
        types = {one["name"]: one["type"] for one in described.get("options", ())}
        given = [{"name": key, "type": types[key], "value": _value(value)} for key, value in options.items()]
        if given:
            data["options"] = given
        guild = self._guild(channel)
        users = [int(one["value"]) for one in given if one["type"] == _USER]
        if target is not None:
            told["target_id"] = str(target)
            users.append(target)
        channels = [int(one["value"]) for one in given if one["type"] == _CHANNEL]
        told |= self._resolved(guild, users, channels)
        return self._send(COMMAND, person, channel, told)

    def press(self, person: int, message: int, custom_id: str, values: Sequence[str]) -> Interaction:
        """Press a button, or choose `values` in a select. Raises LookupError if it isn't there."""
        found = self.state.find(message)
        if found is None or found.shown_to not in (None, person):
            raise LookupError(f"{person} sees no message {message}")
        pressed = [
            one
            for one in flattened(found.content.get("components") or ())
            if one.get("custom_id") == custom_id
        ]
        if not pressed or pressed[0].get("disabled"):
            raise LookupError(f"the message has no {custom_id!r} that can be pressed")
        kind = pressed[0]["type"]
        data: Json = {"custom_id": custom_id, "component_type": kind, "id": pressed[0].get("id", 1)}
        if kind != 2:
            data["values"] = [str(value) for value in values]
            users = [int(value) for value in values] if kind == _USER_SELECT else []
            channels = [int(value) for value in values] if kind == _CHANNEL_SELECT else []
            data |= self._resolved(self._guild(found.channel), users, channels)
        return self._send(PRESS, person, found.channel, data, found)

    def submit(self, opened_by: int, fields: Mapping[str, Any]) -> Interaction:
        """Send the form that the bot opened as its answer to an earlier interaction."""
        before = self.every[opened_by]
        if before.callback is None or before.callback["type"] != MODAL:
            raise LookupError("the bot did not open a form")
        form = before.callback["data"]
        components = [_filled(one, fields) for one in form["components"]]
        data = {"custom_id": form["custom_id"], "components": components, "resolved": {}}
        message = None if before.message is None else self.state.find(before.message)
        return self._send(FORM, before.person, before.channel, data, message)

    def _send(
        self, kind: int, person: int, channel: int, data: Json, message: Message | None = None
    ) -> Interaction:
        where = self.state.channels[channel]
        guild = self._guild(channel)
        now = self.state.clock.now()
        one = Interaction(self.state.snowflakes.new(), kind, person, where.guild, channel, now)
        who = self.state.people[person]
        told: Json = {
            "id": str(one.id), "application_id": "100", "type": kind, "token": one.token, "version": 1,
            "channel_id": str(channel), "channel": self._partial(where, who), "locale": who.locale,
            "attachment_size_limit": 10_485_760, "data": data, "entitlements": [],
            "app_permissions": str(EVERYTHING if guild is None else guild.permissions(100)),
        }  # fmt: skip
        if guild is None:
            told |= {"context": 1, "user": payloads.user(who), "authorizing_integration_owners": {"0": "0"}}
        else:
            member = payloads.member_with_user(self.state, guild, guild.members[person])
            told |= {
                "context": 0, "guild_id": str(guild.id), "guild_locale": guild.locale,
                "guild": {"id": str(guild.id), "locale": guild.locale, "features": [*guild.features]},
                "member": {**member, "permissions": str(guild.permissions(person))},
                "authorizing_integration_owners": {"0": str(guild.id)},
            }  # fmt: skip
        if message is not None:
            one.message = message.id
            told["message"] = payloads.message(self.state, message)
        self.every[one.id] = one
        while len(self.every) > KEPT:
            self.every.popitem(last=False)
        one.reached = self.gateway.dispatch("INTERACTION_CREATE", told, where.guild)
        return one

    def _guild(self, channel: int) -> Guild | None:
        guild = self.state.channels[channel].guild
        return None if guild is None else self.state.guilds[guild]

    def _partial(self, channel: Channel, who: Person) -> Json:
        told = payloads.channel(self.state, channel)
        told.pop("permission_overwrites", None)
        return told if channel.kind == DIRECT else {**told, "permissions": str(EVERYTHING)}

    def _resolved(self, guild: Guild | None, users: Sequence[int], channels: Sequence[int]) -> Json:
        """Return the accounts and channels that were chosen, as Discord adds them."""
        if not users and not channels:
            return {}
        found: Json = {}
        if users:
            found["users"] = {str(id): payloads.user(self.state.people[id]) for id in users}
            if guild is not None:
                found["members"] = {
                    str(id): {
                        **payloads.member(guild, guild.members[id]),
                        "permissions": str(guild.permissions(id)),
                    }
                    for id in users
                    if id in guild.members
                }
        if channels:
            every = [self.state.channels[id] for id in channels]
            found["channels"] = {
                str(one.id): {**payloads.channel(self.state, one), "permissions": str(EVERYTHING)}
                for one in every
            }
        return {"resolved": found}

    # -- how the bot answers --------------------------------------------------------------------

    def respond(self, id: int, token: str, body: Json) -> Json:
        """Take the first answer to an interaction; raise ApiError if it may not be given."""
        one = self.every.get(id)
        now = self.state.clock.now()
        late = (
            one is not None and self.answered_within is not None and now - one.made_at > self.answered_within
        )
        if one is None or one.dead or late or token != one.token:
            raise ApiError(404, 10062, "Unknown interaction")
        if one.acked_at is not None:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        kind = body["type"]
        if (one.kind == FORM and kind == MODAL) or (one.message is None and kind in (DEFERRED_EDIT, EDIT)):
            raise ApiError(400, 50035, "Invalid Form Body")
        one.acked_at, one.callback = now, body
        data = body.get("data") or {}
        message = self._first(one, kind, data)
        if kind in (MESSAGE, EDIT, MODAL):
            one.answered_at = now
        one.change()
        told: Json = {"id": str(id), "type": one.kind}
        if message is None:
            return {"interaction": told}
        ephemeral = bool(message.flags & EPHEMERAL)
        told |= {"response_message_id": str(message.id), "response_message_ephemeral": ephemeral}
        told["response_message_loading"] = kind == DEFERRED_MESSAGE
        return {
            "interaction": told,
            "resource": {"type": kind, "message": payloads.message(self.state, message)},
        }

    def _first(self, one: Interaction, kind: int, data: Json) -> Message | None:
        if kind in (MESSAGE, DEFERRED_MESSAGE):
            message = self._say(one, data)
            one.original = message.id
            return message
        if kind in (EDIT, DEFERRED_EDIT) and one.message is not None:
            one.original = one.message
            message = self._still_there(one.message)
            if kind == EDIT:
                self.state.edit(message, data)
            return message
        return None

    def of_token(self, token: str) -> Interaction:
        """Return the interaction whose token may still be used; raise ApiError if it has run out."""
        one = self.every.get(int(token.removeprefix("token-") or 0)) if token.startswith("token-") else None
        if one is None or one.dead:
            raise ApiError(404, 10015, "Unknown Webhook")
        if self.state.clock.now() - one.made_at > TOKENS_LAST:
            raise ApiError(401, 50027, "Invalid Webhook Token")
        return one

    def original(self, one: Interaction) -> Message:
        if one.original is None:
            raise ApiError(404, 10008, "Unknown Message")
        return self._still_there(one.original)

    def edit_original(self, one: Interaction, body: Json) -> Message:
        message = self.original(one)
        self.state.edit(message, body)
        one.edits += 1
        self._answered(one)
        return message

    def follow_up(self, one: Interaction, body: Json) -> Message:
        """Add a message. The first one after a deferred answer takes the place of that answer."""
        if one.acked_at is None:
            raise ApiError(404, 10015, "Unknown Webhook")
        waiting = (
            one.callback is not None and one.callback["type"] == DEFERRED_MESSAGE and one.answered_at is None
        )
        if waiting:
            return self.edit_original(one, body)
        message = self._say(one, body)
        one.followups.append(message.id)
        self._answered(one)
        return message

    def _answered(self, one: Interaction) -> None:
        one.answered_at = one.answered_at or self.state.clock.now()
        one.change()

    def _say(self, one: Interaction, data: Json) -> Message:
        flags = data.get("flags", 0)
        return self.state.post(
            self.state.channels[one.channel], 100, data, flags=flags,
            shown_to=one.person if flags & EPHEMERAL else None,
        )  # fmt: skip

    def _still_there(self, message: int) -> Message:
        found = self.state.find(message)
        if found is None:
            raise ApiError(404, 10008, "Unknown Message")
        return found


def _value(value: Any) -> Any:
    """Return an option's value: ids are written as text, and numbers and truth values as they are."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and value > 1 << 40 else value


def _filled(component: Json, fields: Mapping[str, Any]) -> Json:
    """Return a part of a form as Discord sends it back, with what was typed or chosen."""
    told: Json = {"type": component["type"], "id": component.get("id", 1)}
    if "component" in component:
        return {**told, "component": _filled(component["component"], fields)}
    if "components" in component:
        return {**told, "components": [_filled(one, fields) for one in component["components"]]}
    if component["type"] == _TEXT_DISPLAY:
        return told
    key = component["custom_id"]
    if component["type"] in _HAVING_VALUES:
        return {**told, "custom_id": key, "values": [str(value) for value in fields.get(key, ())]}
    return {**told, "custom_id": key, "value": fields.get(key, component.get("value") or "")}
