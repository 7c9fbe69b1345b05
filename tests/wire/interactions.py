"""What people do: commands, presses, choices and forms, as Discord sends them; and how the bot answers."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
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

COMMAND, PRESS, COMPLETION, FORM = 2, 3, 4, 5
MESSAGE, DEFERRED_MESSAGE, DEFERRED_EDIT, EDIT, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
TOKENS_LAST = 900.0
KEPT = 5_000
_USER, _CHANNEL = 6, 7
_USER_MENU, _MESSAGE_MENU = 2, 3
_STRING_SELECT, _USER_SELECT, _CHANNEL_SELECT, _TEXT_DISPLAY = 3, 5, 8, 10
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
        self, person: int, channel: int, path: str, options: Mapping[str, Any],
        target: int | None = None, focused: str | None = None,
    ) -> Interaction:  # fmt: skip
        """Run a command: "pair start" is a subcommand of `pair`. A menu has a `target`.

        With `focused`, the name of an option, nothing is run: Discord asks what may be typed there.
        """
        name, *below = path.split(" ")
        by_name = {one["name"]: one for one in self.state.commands}
        described, below = (by_name[path], []) if path in by_name else (by_name.get(name), below)
        if described is None:
            raise LookupError(f"Discord knows no command {path!r}")
        guild, kind = self._guild(channel), described.get("type", 1)
        told: Json = {"id": described["id"], "name": described["name"], "type": kind}
        if target is not None:
            told["target_id"] = str(target)
        data = told
        for part in below:
            described = next(one for one in described["options"] if one["name"] == part)
            data["options"] = [{"name": part, "type": described["type"]}]
            data = data["options"][0]
        given = _given(described, options, focused)
        if given:
            data["options"] = given
        users = [int(one["value"]) for one in given if one["type"] == _USER]
        users += [target] if target is not None and kind == _USER_MENU else []
        channels = [int(one["value"]) for one in given if one["type"] == _CHANNEL]
        told |= self._resolved(guild, users, channels)
        if target is not None and kind == _MESSAGE_MENU:
            message = payloads.message(self.state, self.state.messages[target])
            told["resolved"] = {"messages": {str(target): message}}
        return self._send(COMMAND if focused is None else COMPLETION, person, channel, told)

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
            offered = {one["value"] for one in pressed[0].get("options", ())}
            if kind == _STRING_SELECT and not offered.issuperset(data["values"]):
                raise LookupError(f"the select offers {sorted(offered)}")
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
        if unknown := fields.keys() - {*_fields(form["components"])}:
            raise LookupError(f"the form has no {sorted(unknown)}")
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
        if kind in (MESSAGE, EDIT, CHOICES, MODAL):
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

    def delete_original(self, one: Interaction) -> None:
        """Delete the message, which is an answer too: nothing more comes after it."""
        self.state.delete(self.original(one))
        self._answered(one)

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


def _given(described: Json, options: Mapping[str, Any], focused: str | None) -> list[Json]:
    """Return the options of a command as Discord sends them, each with the type that the command declares."""
    types = {one["name"]: one["type"] for one in described.get("options", ())}
    given: list[Json] = []
    for key, value in options.items():
        one = {"name": key, "type": types[key], "value": _value(value)}
        given.append(one if key != focused else {**one, "focused": True})
    return given


def _value(value: Any) -> Any:
    """Return an option's value: ids are written as text, and numbers and truth values as they are."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and value > 1 << 40 else value


def _filled(component: Json, fields: Mapping[str, Any]) -> Json:
    """Return a part of a form as Discord sends it back, with what was typed or chosen."""
    told: Json = {"type": component["type"], "id": component.get("id", 1)}
    if "component" in component:
        below = component["component"]
        if component["label"] in fields:
            fields = {below["custom_id"]: fields[component["label"]]}
        return {**told, "component": _filled(below, fields)}
    if "components" in component:
        return {**told, "components": [_filled(one, fields) for one in component["components"]]}
    if component["type"] == _TEXT_DISPLAY:
        return told
    key = component["custom_id"]
    if component["type"] in _HAVING_VALUES:
        return {**told, "custom_id": key, "values": [str(value) for value in fields.get(key, ())]}
    typed = fields.get(key, component.get("value") or "")
    if isinstance(typed, str) and not len(typed) <= component.get("max_length", 4000):
        raise LookupError(f"{key} takes at most {component['max_length']} characters")
    if component.get("required", True) and typed == "":
        raise LookupError(f"{key} must be filled in")
    return {**told, "custom_id": key, "value": typed}


def _fields(components: Sequence[Json]) -> Iterator[str]:
    """Yield what the fields of a form can be called: their custom_ids, and the labels above them."""
    for component in flattened(components):
        yield from (str(component[key]) for key in ("custom_id", "label") if key in component)
