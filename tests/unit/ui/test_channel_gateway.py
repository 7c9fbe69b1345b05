"""What counts as talk in a channel, read through discord.py from a channel that answers as Discord does."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord
import pytest

from bot.delivery.channel_gateway import TalkPage
from bot.delivery.channel_post import ChannelPost
from bot.delivery.outcome import Missing, Retry
from bot.ids import ServerId
from bot.ui.channel_gateway import DiscordChannelGateway

NOW = datetime(2026, 1, 9, 18, tzinfo=UTC)
CHANNEL, LAST = 6, 1_000
DEFAULT, PINNED, JOINED, BOOSTED, THREAD, REPLY, COMMAND = 0, 6, 7, 8, 18, 19, 20


@dataclass
class Channel:
    """Answers for the messages of one channel like Discord's own API, whichever of its parameters is used.

    It returns at most `limit` messages, the newest first. With `after` they are the oldest ones after it.
    """

    messages: list[dict[str, Any]] = field(default_factory=list)
    requests: int = 0
    gone: bool = False

    async def logs_from(
        self, _channel: int, limit: int, before: int | None = None, after: int | None = None
    ) -> list[dict[str, Any]]:
        self.requests += 1
        if self.gone:
            response = type("Response", (), {"status": 404, "reason": "no"})()
            raise discord.NotFound(response, {"code": 10003, "message": "Unknown Channel"})
        there = [
            one
            for one in self.messages
            if (before is None or int(one["id"]) < before) and (after is None or int(one["id"]) > after)
        ]
        return there[:limit][::-1] if after is not None else there[::-1][:limit]

    def write(self, count: int = 1, kind: int = DEFAULT, *, bot: bool = False, webhook: bool = False) -> None:
        for _ in range(count):
            author = {"id": "7", "username": "ana", "discriminator": "0", "avatar": None, "bot": bot}
            self.messages.append(
                {
                    "id": str(LAST + 1 + len(self.messages)), "channel_id": str(CHANNEL), "author": author,
                    "type": kind, "content": "", "timestamp": "2026-01-09T18:00:00+00:00",
                    "edited_timestamp": None, "tts": False, "mention_everyone": False, "mentions": [],
                    "mention_roles": [], "attachments": [], "embeds": [], "pinned": False,
                    **({"webhook_id": "8"} if webhook else {}),
                }
            )  # fmt: skip


@pytest.fixture
def channel() -> Channel:
    return Channel()


@pytest.fixture
async def gateway(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> DiscordChannelGateway:
    bot = discord.Client(intents=discord.Intents.none())
    monkeypatch.setattr(bot.http, "logs_from", channel.logs_from)
    return DiscordChannelGateway(bot, lambda: NOW)


def post(replaces: int = LAST) -> ChannelPost:

    return ChannelPost.to(ServerId(1), CHANNEL, "a kind", "a subject", NOW, at_least=20, replaces=replaces)


async def counted(gateway: DiscordChannelGateway) -> list[int]:
    """Read every page since the last post. Return how many messages people wrote on each, newest first."""
    found, page = [], await gateway.spoken(post())
    while isinstance(page, TalkPage):
        found.append(page.spoken)
        if page.older is None:
            return found
        page = await gateway.spoken(post(), page.older)
    raise AssertionError(page)


async def test_what_people_write_behind_a_hundred_messages_of_bots_counts(
    gateway: DiscordChannelGateway, channel: Channel
) -> None:
    channel.write(100, bot=True)
    channel.write(40)
    assert await gateway.spoken(post()) == TalkPage(40, LAST + 41)
    assert await counted(gateway) == [40, 0]


async def test_each_page_is_one_request_and_together_they_hold_every_message_once(
    gateway: DiscordChannelGateway, channel: Channel
) -> None:
    for _ in range(50):
        channel.write(3)
        channel.write(4, bot=True)
    assert sum(await counted(gateway)) == 150
    assert channel.requests == 4


@pytest.mark.parametrize("count", [0, 99, 100, 101, 200])
async def test_reading_stops_at_the_last_post(
    gateway: DiscordChannelGateway, channel: Channel, count: int
) -> None:
    """What stands before it isn't counted, even if it is on the same page."""
    channel.write(150)
    until = post(int(channel.messages[-1]["id"]))
    channel.write(count)
    page, spoken = await gateway.spoken(until), 0
    while isinstance(page, TalkPage):
        spoken += page.spoken
        if page.older is None:
            break
        page = await gateway.spoken(until, page.older)
    assert spoken == count
    assert channel.requests == count // 100 + 1


async def test_only_what_people_write_counts(gateway: DiscordChannelGateway, channel: Channel) -> None:
    for kind in (DEFAULT, REPLY, THREAD):
        channel.write(kind=kind)
    for kind in (PINNED, JOINED, BOOSTED, 9, 12, 46, 63):
        channel.write(kind=kind)
    channel.write(kind=COMMAND, bot=True)
    channel.write(bot=True)
    channel.write(webhook=True)
    assert await counted(gateway) == [3]


async def test_an_error_of_discord_is_passed_on(gateway: DiscordChannelGateway, channel: Channel) -> None:
    channel.gone = True
    page = await gateway.spoken(post())
    assert isinstance(page, Retry | Missing)
    assert page.code == 10003
