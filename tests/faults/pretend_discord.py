"""A pretend Discord in a process of its own: it keeps messages, forgets nonces, and drops answers.

A message may take effect seconds after it was sent; by then its sender may have been replaced.

Run as `python -m tests.faults.pretend_discord`; prints the port that it listens on.
"""

import asyncio
import contextlib
import random
import signal
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

EPOCH = 1420070400.0
NONCES_LAST = 180.0
SLOW = 3.0
"""How many seconds a few requests take: more than a new process needs to start."""
ME = {"id": "1", "username": "plumbline", "discriminator": "0", "avatar": None, "bot": True}
CHANNELS_FROM = 1_000_000


@dataclass
class PretendDiscord:
    """What Discord would store. Its clock can be moved; at random it accepts messages without an answer."""

    chance: random.Random = field(default_factory=lambda: random.Random(7))
    ahead: float = 0.0
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    last_id: int = 0
    found: int = 0
    """How often a channel was read that had a message."""

    @property
    def now(self) -> float:
        return time.monotonic() - STARTED + BEGAN + self.ahead

    def new_id(self) -> int:
        self.last_id = max(self.last_id + 1, int((self.now - EPOCH) * 1000) << 22)
        return self.last_id

    async def post(self, request: web.Request) -> web.StreamResponse:
        channel, body = int(request.match_info["channel"]), await request.json()
        await asyncio.sleep(self.chance.uniform(0.0, 0.05) if self.chance.random() > 0.03 else SLOW)
        fate = self.chance.random()
        if fate < 0.03:
            return await self._hang_up(request)
        message = self._same_nonce(channel, body["nonce"]) or self._take(channel, body)
        if fate < 0.06:
            return await self._hang_up(request)
        if fate < 0.08:
            return web.json_response({"code": 0, "message": "trouble"}, status=503)
        return _json(message)

    def _same_nonce(self, channel: int, nonce: str) -> dict[str, Any] | None:
        for message in self.messages.values():
            fresh = self.now - message["_at"] < NONCES_LAST
            if message["channel_id"] == str(channel) and message["nonce"] == nonce and fresh:
                return message
        return None

    def _take(self, channel: int, body: dict[str, Any]) -> dict[str, Any]:
        message = {
            "id": str(self.new_id()),
            "_at": self.now,
            "channel_id": str(channel),
            "nonce": body["nonce"],
            "author": ME,
            "content": body.get("content") or "",
            "components": body["components"],
            "flags": body.get("flags", 0),
            "timestamp": "2026-01-01T00:00:00+00:00",
            "edited_timestamp": None,
            "type": 0,
            "tts": False,
            "pinned": False,
            "mention_everyone": False,
            **{name: [] for name in ("mentions", "mention_roles", "attachments", "embeds")},
        }
        self.messages[int(message["id"])] = message
        return message

    @staticmethod
    async def _hang_up(request: web.Request) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.close()
        return web.Response()

    async def history(self, request: web.Request) -> web.Response:
        channel, after = request.match_info["channel"], int(request.query.get("after", 0))
        found = [m for m in self.messages.values() if m["channel_id"] == channel and int(m["id"]) > after]
        self.found += bool(found)
        return _json(sorted(found, key=lambda m: -int(m["id"]))[-100:])

    async def edit(self, request: web.Request) -> web.Response:
        message = self.messages[int(request.match_info["message"])]
        message["components"] = (await request.json())["components"]
        return _json(message)

    async def open(self, request: web.Request) -> web.Response:
        account = int((await request.json())["recipient_id"])
        recipient = {**ME, "id": str(account), "username": f"user{account}", "bot": False}
        return _json({"id": str(CHANNELS_FROM + account), "type": 1, "recipients": [recipient]})

    async def move_on(self, request: web.Request) -> web.Response:
        self.ahead += float(request.query["seconds"])
        return _json({})

    async def everything(self, _request: web.Request) -> web.Response:
        buttons = [_button(message) for message in self.messages.values()]
        return _json({"buttons": buttons, "found": self.found})


# The real clock: the dispatcher asks for messages newer than its try, by the clock of its process.
BEGAN, STARTED = time.time(), time.monotonic()  # noqa: TID251 - the wall clock, as the process under test reads it


def _button(message: dict[str, Any]) -> str | None:
    queue = [*message["components"]]
    while queue:
        component = queue.pop()
        if "custom_id" in component:
            return str(component["custom_id"])
        queue.extend(component.get("components", []))
    return None


def _json(held: Any) -> web.Response:
    # discord.py reads the body as JSON only if its type has no charset.
    return web.Response(body=web.json_response(held).body, headers={"content-type": "application/json"})


async def me(_request: web.Request) -> web.Response:
    return _json(ME)


async def application(_request: web.Request) -> web.Response:
    described = {"id": "1", "name": "plumbline", "icon": None, "description": "", "summary": ""}
    flags = {"bot_public": True, "bot_require_code_grant": False, "verify_key": "", "flags": 0}
    return _json({**described, **flags, "owner": ME})


async def main() -> None:
    pretend_discord = PretendDiscord()
    app = web.Application()
    app.add_routes(
        [
            web.get("/users/@me", me),
            web.get("/oauth2/applications/@me", application),
            web.post("/users/@me/channels", pretend_discord.open),
            web.post("/channels/{channel}/messages", pretend_discord.post),
            web.get("/channels/{channel}/messages", pretend_discord.history),
            web.patch("/channels/{channel}/messages/{message}", pretend_discord.edit),
            web.post("/move-on", pretend_discord.move_on),
            web.get("/everything", pretend_discord.everything),
        ]
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()
    await runner.cleanup()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
