"""A minimal Discord on 127.0.0.1: a bot can log in, see a server and answer one command."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

from tests.patience import PATIENCE

TOKEN = "MTAw.loop.back"
ROBOT = {"id": "100", "username": "Plumbline", "discriminator": "0", "avatar": None, "bot": True}
OWNER = {"id": "200", "username": "owner", "discriminator": "0", "avatar": None}
APPLICATION = {
    "id": "100", "name": "Plumbline", "description": "", "icon": None, "bot_public": True, "flags": 0,
    "bot_require_code_grant": False, "verify_key": "00", "owner": OWNER,
}  # fmt: skip
HELLO, IDENTIFY, RESUME, HEARTBEAT, ACK = 10, 2, 6, 1, 11


class Loopback:
    """`requests` holds what the bot did (method, path and body); each login sets `ready`."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, Any]] = []
        self.ready = asyncio.Event()
        self.base = ""
        self._answered = asyncio.Event()
        self._socket: web.WebSocketResponse | None = None
        self._sequence = 0

    def count(self, method: str, end: str) -> int:
        return sum(one[0] == method and one[1].endswith(end) for one in self.requests)

    async def dispatch(self, event: str, data: dict[str, Any]) -> None:
        self._sequence += 1
        await self._say(0, data, t=event, s=self._sequence)

    async def command(self, name: str, user: dict[str, Any]) -> dict[str, Any]:
        """Run a command in the server. Return the bot's answer."""
        self._answered.clear()
        member = {
            "user": user, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False,
            "flags": 0, "permissions": "0",
        }  # fmt: skip
        interaction = {
            "id": str(9000 + self._sequence), "application_id": "100", "type": 2, "token": "tok",
            "guild_id": "300", "channel_id": "301", "locale": "en-GB", "attachment_size_limit": 1,
            "channel": {"id": "301", "type": 0, "name": "general", "position": 0, "flags": 0},
            "data": {"id": "700", "name": name, "type": 1}, "member": member, "context": 0, "version": 1,
            "entitlements": [], "authorizing_integration_owners": {"0": "300"},
        }  # fmt: skip
        await self.dispatch("INTERACTION_CREATE", interaction)
        await asyncio.wait_for(self._answered.wait(), PATIENCE)
        answer: dict[str, Any] = self.requests[-1][2]
        return answer

    # -- its web side ---------------------------------------------------------------------------

    async def rest(self, request: web.Request) -> web.Response:
        body = json.loads(await request.text() or "null")
        self.requests.append((request.method, request.path, body))
        if request.headers.get("Authorization") != f"Bot {TOKEN}" and "/interactions/" not in request.path:
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        match request.path.removeprefix("/api").split("/")[1:]:
            case ["users", "@me"]:
                return _json(ROBOT)
            case ["oauth2", "applications", "@me"]:
                return _json(APPLICATION)
            case ["gateway", "bot"]:
                limits = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
                gateway = self.base.replace("http", "ws").replace("/api", "/gateway")
                return _json({"url": gateway, "shards": 1, "session_start_limit": limits})
            case ["applications", "100", "commands"]:
                told = [
                    {"description": "", **one, "id": str(700 + at), "version": "1"}
                    for at, one in enumerate(body)
                ]
                return _json([{**one, "application_id": "100"} for one in told])
            case ["interactions", _, _, "callback"]:
                self._answered.set()
                return _json({"interaction": {"id": "1", "type": 2, "response_message_id": "800"}})
        return _json({"message": "404: Not Found", "code": 0}, status=404)

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        self._socket = socket = web.WebSocketResponse()
        await socket.prepare(request)
        await self._say(HELLO, {"heartbeat_interval": 40_000})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._heard(message.json())
        return socket

    async def _heard(self, told: dict[str, Any]) -> None:
        match told["op"]:
            case op if op in (IDENTIFY, RESUME):
                guild = {"id": "300", "unavailable": True}
                await self.dispatch(
                    "READY",
                    {
                        "v": 10, "user": ROBOT, "guilds": [guild], "session_id": "s", "shard": [0, 1],
                        "resume_gateway_url": self.base.replace("http", "ws").replace("/api", "/gateway"),
                        "application": {"id": "100", "flags": 0},
                    },
                )  # fmt: skip
                await self.dispatch("GUILD_CREATE", _server())
                self.ready.set()
            case op if op == HEARTBEAT:
                await self._say(ACK, None)

    async def _say(self, op: int, data: object, **more: object) -> None:
        if self._socket is not None:
            await self._socket.send_json({"op": op, "d": data, **more})


@asynccontextmanager
async def loopback() -> AsyncIterator[Loopback]:
    discord = Loopback()
    app = web.Application()
    app.router.add_get("/gateway/", discord.gateway)
    app.router.add_get("/gateway", discord.gateway)
    app.router.add_route("*", "/api/{rest:.*}", discord.rest)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    discord.base = f"http://127.0.0.1:{runner.addresses[0][1]}/api"
    try:
        yield discord
    finally:
        await runner.cleanup()


def _json(body: object, status: int = 200) -> web.Response:
    # If the type had a charset, discord.py would leave the body as text.
    return web.Response(
        body=json.dumps(body).encode(), status=status, headers={"content-type": "application/json"}
    )


def _server() -> dict[str, Any]:
    """A server whose names must not be in any log."""
    everyone = {
        "id": "300", "name": "@everyone", "permissions": "0", "position": 0, "color": 0, "hoist": False,
        "managed": False, "mentionable": False, "flags": 0, "colors": {"primary_color": 0},
    }  # fmt: skip
    general = {
        "id": "301", "type": 0, "name": "canary-channel", "position": 0, "permission_overwrites": [],
        "nsfw": False, "rate_limit_per_user": 0, "flags": 0,
    }  # fmt: skip
    return {
        "id": "300", "name": "canary-server", "owner_id": "200", "icon": None, "member_count": 2,
        "roles": [everyone], "emojis": [], "stickers": [], "features": [], "members": [],
        "channels": [general], "threads": [], "presences": [], "voice_states": [], "stage_instances": [],
        "soundboard_sounds": [], "guild_scheduled_events": [], "verification_level": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0, "default_message_notifications": 0, "afk_timeout": 0, "nsfw_level": 0,
        "premium_tier": 0,
        "preferred_locale": "en-GB", "system_channel_flags": 0, "large": False, "unavailable": False,
        "joined_at": "2026-01-01T00:00:00+00:00", "premium_progress_bar_enabled": False,
    }  # fmt: skip
