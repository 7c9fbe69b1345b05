"""What each REST route that the bot uses does, and how Discord refuses it."""

from typing import Any

from aiohttp import web

from tests.wire import payloads
from tests.wire.errors import ApiError
from tests.wire.gateway import Gateway
from tests.wire.interactions import CHOICES, MODAL, Interactions
from tests.wire.rest import Call, Rest
from tests.wire.state import (
    BOT,
    DIRECT,
    WRITTEN_IN,
    Channel,
    DiscordState,
    Guild,
    Json,
    Message,
)

_EDITABLE = ("content", "embeds", "components", "attachments")
_MESSAGES = "/channels/{channel}/messages"
_ONE = _MESSAGES + "/{message}"
_COMMANDS = "/applications/{application}/commands"
_ORIGINAL = "/webhooks/{application}/{token}/messages/@original"
_EVENTS = "/guilds/{guild}/scheduled-events"


class Routes:
    """Each method is the effect of one route."""

    def __init__(self, state: DiscordState, gateway: Gateway, interactions: Interactions) -> None:
        self.state = state
        self.gateway = gateway
        self.interactions = interactions

    def table(self, rest: Rest) -> list[web.RouteDef]:
        return [
            rest.route(method, template, effect)
            for method, template, effect in (
                ("GET", "/users/@me", lambda _: payloads.user(self.state.people[BOT])),
                ("GET", "/oauth2/applications/@me", lambda _: payloads.application(self.state)),
                ("GET", "/applications/@me", lambda _: payloads.application(self.state)),
                ("GET", "/gateway", lambda _: {"url": self.gateway.url}),
                ("GET", "/gateway/bot", self.gateway_bot),
                ("GET", _COMMANDS, lambda _: self.state.commands),
                ("PUT", _COMMANDS, self.put_commands),
                ("POST", "/users/@me/channels", self.open_dm),
                ("GET", "/users/{user}", lambda call: payloads.user(self._person(call.id("user")))),
                ("GET", "/channels/{channel}", self.channel),
                ("POST", _MESSAGES, self.send),
                ("GET", _MESSAGES, self.history),
                ("GET", _ONE, lambda call: payloads.message(self.state, self._message(call))),
                ("PATCH", _ONE, self.edit),
                ("DELETE", _ONE, self.delete),
                ("GET", "/guilds/{guild}", lambda call: payloads.guild(self.state, self._guild(call))),
                ("GET", "/guilds/{guild}/members/{user}", self.member),
                ("GET", _EVENTS, lambda call: [*self._guild(call).events.values()]),
                ("GET", _EVENTS + "/{event}", self.event),
                ("POST", "/interactions/{interaction}/{token}/callback", self.respond),
                ("POST", "/webhooks/{application}/{token}", self.follow_up),
                ("GET", _ORIGINAL, lambda call: payloads.message(self.state, self._original(call))),
                ("PATCH", _ORIGINAL, self.edit_original),
                ("DELETE", _ORIGINAL, self.delete_original),
                ("*", "/{rest:.*}", _unknown),
            )
        ]

    # -- the bot itself -------------------------------------------------------------------------

    def gateway_bot(self, _call: Call) -> Json:
        limits = {
            "total": 1000, "remaining": max(0, self.gateway.starts_left), "reset_after": 86_400_000,
            "max_concurrency": self.gateway.max_concurrency,
        }  # fmt: skip
        return {"url": self.gateway.url, "shards": self.gateway.shards, "session_start_limit": limits}

    def put_commands(self, call: Call) -> list[Json]:
        told = {"application_id": str(BOT), "version": "1"}
        self.state.commands = [
            {"description": "", "type": 1, **one, **told, "id": str(700 + at)}
            for at, one in enumerate(call.body)
        ]
        return self.state.commands

    # -- channels and messages ------------------------------------------------------------------

    def open_dm(self, call: Call) -> Json:
        person = self._person(int(call.body["recipient_id"]))
        return payloads.channel(self.state, self.state.dm_channel(person))

    def channel(self, call: Call) -> Json:
        return payloads.channel(self.state, self._readable(call))

    def send(self, call: Call) -> Json:
        channel = self._readable(call)
        self._may_write(channel)
        body = call.body or {}
        nonce = None if body.get("nonce") is None else str(body["nonce"])
        if nonce is not None and len(nonce) > 25:
            raise ApiError(400, 50035, "Invalid Form Body")
        if nonce is not None and body.get("enforce_nonce"):
            found = self.state.same_nonce(channel.id, BOT, nonce)
            if found is not None:
                return payloads.message(self.state, found)
        content = self._content(call, body)
        if not any(content.values()):
            raise ApiError(400, 50006, "Cannot send an empty message")
        message = self.state.post(channel, BOT, content, nonce=nonce, flags=body.get("flags", 0))
        # The bot has no intent for messages, so the gateway says nothing of them, not even of its own.
        return payloads.message(self.state, message)

    def history(self, call: Call) -> list[Json]:
        channel = self._readable(call)
        if channel.kind not in WRITTEN_IN:
            raise ApiError(400, 50008, "Cannot execute action on this channel type")
        return [payloads.message(self.state, one) for one in self.state.history(channel, call.query)]

    def edit(self, call: Call) -> Json:
        message = self._message(call)
        if message.author != BOT:
            raise ApiError(403, 50005, "Cannot edit a message authored by another user")
        self.state.edit(message, self._content(call, call.body) | _flags(call.body))
        return payloads.message(self.state, message)

    def delete(self, call: Call) -> None:
        message = self._message(call)
        if message.author != BOT:
            raise ApiError(403, 50013, "Missing Permissions")
        self.state.delete(message)

    # -- servers --------------------------------------------------------------------------------

    def member(self, call: Call) -> Json:
        guild, person = self._guild(call), self._person(call.id("user"))
        if person.id not in guild.members:
            raise ApiError(404, 10007, "Unknown Member")
        return payloads.member_with_user(self.state, guild, guild.members[person.id])

    def event(self, call: Call) -> Json:
        events = self._guild(call).events
        if call.id("event") not in events:
            raise ApiError(404, 10070, "Unknown Guild Scheduled Event")
        return events[call.id("event")]

    # -- answers to interactions ----------------------------------------------------------------

    def respond(self, call: Call) -> Json | None:
        body = call.body
        if body.get("data") is not None and body["type"] not in (CHOICES, MODAL):
            body = {**body, "data": self._content(call, body["data"]) | _flags(body["data"])}
        told = self.interactions.respond(call.id("interaction"), call.parts["token"], body)
        return told if call.query.get("with_response") in ("1", "true") else None

    def edit_original(self, call: Call) -> Json:
        one = self.interactions.of_token(call.parts["token"])
        message = self.interactions.edit_original(one, self._content(call, call.body) | _flags(call.body))
        return payloads.message(self.state, message)

    def delete_original(self, call: Call) -> None:
        self.interactions.delete_original(self.interactions.of_token(call.parts["token"]))

    def follow_up(self, call: Call) -> Json:
        one = self.interactions.of_token(call.parts["token"])
        content = self._content(call, call.body) | _flags(call.body)
        return payloads.message(self.state, self.interactions.follow_up(one, content))

    def _original(self, call: Call) -> Message:
        return self.interactions.original(self.interactions.of_token(call.parts["token"]))

    # -- what is refused ------------------------------------------------------------------------

    def _person(self, id: int) -> Any:
        person = self.state.people.get(id)
        if person is None or person.deleted:
            raise ApiError(404, 10013, "Unknown User")
        return person

    def _guild(self, call: Call) -> Guild:
        guild = self.state.guilds.get(call.id("guild"))
        if guild is None or not guild.present:
            raise ApiError(404, 10004, "Unknown Guild")
        if not guild.available:
            raise ApiError(403, 50001, "Missing Access")
        return guild

    def _readable(self, call: Call) -> Channel:
        channel = self.state.channels.get(call.id("channel"))
        if channel is None:
            raise ApiError(404, 10003, "Unknown Channel")
        if channel.guild is not None:
            guild = self.state.guilds[channel.guild]
            if channel.hidden or not guild.present or not guild.available:
                raise ApiError(403, 50001, "Missing Access")
        return channel

    def _may_write(self, channel: Channel) -> None:
        if channel.kind not in WRITTEN_IN:
            raise ApiError(400, 50008, "Cannot execute action on this channel type")
        if channel.guild is not None:
            until = self.state.guilds[channel.guild].members[BOT].timed_out_until
            if until is not None and until > self.state.clock.now():
                raise ApiError(403, 50013, "Missing Permissions")
        if channel.kind == DIRECT and channel.recipient is not None:
            person = self.state.people[channel.recipient]
            if person.dms_closed or person.deleted:
                raise ApiError(403, 50007, "Cannot send messages to this user")
            if not self.state.meet(person.id):
                raise ApiError(403, 50278, "Cannot send messages to this user due to having no mutual guilds")

    def _message(self, call: Call) -> Message:
        channel = self._readable(call)
        message = self.state.messages.get(call.id("message"))
        if message is None or message.channel != channel.id:
            raise ApiError(404, 10008, "Unknown Message")
        return message

    def _content(self, call: Call, body: Json) -> Json:
        """Return the parts of a body that a message keeps, with its files as attachments."""
        content = {key: body[key] for key in _EDITABLE if key in body}
        if call.files:
            content["attachments"] = [
                {
                    "id": str(self.state.snowflakes.new()), "filename": name, "size": size,
                    "url": f"https://cdn.invalid/{name}", "proxy_url": f"https://cdn.invalid/{name}",
                }
                for name, size in call.files.items()
            ]  # fmt: skip
        elif content.get("attachments"):
            content["attachments"] = [one for one in content["attachments"] if "filename" in one]
        return content


def _flags(body: Json) -> Json:
    return {"flags": body.get("flags", 0)}


def _unknown(_call: Call) -> Json:
    raise ApiError(404, 0, "404: Not Found")
