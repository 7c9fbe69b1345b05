"""The courier's Discord end: four sentences and one button, and what Discord's answers mean."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from enum import Enum
from typing import Any, Protocol

import aiohttp
import discord

from bot.delivery.message import OutboxMessage
from bot.delivery.outcome import Delivered, Missing, Outcome, Refused, Retry, Uncertain
from bot.ids import PersonId, ServerId
from bot.ui import plain, strings
from bot.ui.components import Button, Card
from bot.ui.custom_id import to
from bot.ui.rendering import laid

_CLOSED_DMS = {50007, 50278}
_OPENING_TOO_MANY = 40003
_NOBODY_THERE = {10003, 10013}
_MESSAGE_GONE = {10003, 10008}
_REST_FROM_OPENING = timedelta(minutes=10)
SKEW = timedelta(days=1)
"""How far this machine's clock may be off: history is read from so long before the first try."""


class Whisper(Enum):
    """The three sentences that a direct message can begin as."""

    ASKED = strings.DM_ASKED
    READY = strings.DM_READY
    CHANGED = strings.DM_CHANGED


class Address(Protocol):
    """An account, and the channel to it if one was opened before."""

    @property
    def discord_id(self) -> int: ...
    @property
    def channel_id(self) -> int | None: ...


class Addresses(Protocol):
    """Where to write to people, None for whoever has not used the bot; and what they are called."""

    async def address(self, person: PersonId) -> Address | None: ...
    async def keep_channel(self, person: PersonId, channel_id: int) -> None: ...
    async def called(self, server: ServerId, person: PersonId) -> str | None: ...


class DiscordDmGateway:
    """Speaks for the courier. Cogs say at load which sentence each kind of line gets."""

    def __init__(self, bot: discord.Client, addresses: Addresses) -> None:
        self._bot = bot
        self._addresses = addresses
        self._whispers: dict[str, Whisper] = {}

    def renders(self, kind: str, whisper: Whisper) -> None:
        """Say which sentence lines of a kind get; one each, else ValueError."""
        if kind in self._whispers:
            raise ValueError(f"{kind} has its sentence already")
        self._whispers[kind] = whisper

    def unrendered(self, kinds: Iterable[str]) -> set[str]:
        """Those kinds that nobody gave a sentence: the bot must not start with any."""
        return set(kinds) - self._whispers.keys()

    # -- as a carrier ---------------------------------------------------------------------------

    async def reaches(self, person: PersonId) -> bool:
        address = await self._addresses.address(person)
        return address is not None and address.channel_id is not None

    async def open(self, person: PersonId) -> Refused | Missing | Retry | None:
        address = await self._addresses.address(person)
        if address is None:
            return Missing()
        try:
            channel = await self._bot.create_dm(discord.Object(address.discord_id))
        except TROUBLE as error:
            meant = meaning(error)
            # Opening twice is opening once: nothing is uncertain here.
            return Retry(timedelta(0)) if isinstance(meant, Delivered | Uncertain) else meant
        await self._addresses.keep_channel(person, channel.id)
        return None

    async def whisper(self, line: OutboxMessage) -> Outcome:
        channel = await self._channel(line)
        if channel is None:
            return Missing()
        sentence = await self._sentence(line)
        card = Card("", sentence, rows=[[Button(strings.OPEN, _leads(line))]], support=False)
        try:
            message = await channel.send(
                view=laid(card), nonce=line.nonce, allowed_mentions=discord.AllowedMentions.none()
            )
        except TROUBLE as error:
            return meaning(error)
        return Delivered(message.id)

    async def find(self, line: OutboxMessage) -> Delivered | Uncertain | None:
        channel = await self._channel(line)
        if channel is None or line.tried_at is None:
            return None
        try:
            async for message in channel.history(after=line.tried_at - SKEW, limit=None, oldest_first=True):
                if message.author == self._bot.user and _leads(line) in custom_ids(message.components):
                    return Delivered(message.id)
        except TROUBLE as error:
            return None if isinstance(meaning(error), Missing) else Uncertain()
        return None

    async def close(self, line: OutboxMessage) -> Outcome:
        channel = await self._channel(line)
        if channel is None or line.message_id is None:
            return Missing()
        message = channel.get_partial_message(line.message_id)
        try:
            await message.edit(view=laid(Card("", strings.DM_CLOSED, support=False)))
        except TROUBLE as error:
            return Missing() if getattr(error, "code", None) in _MESSAGE_GONE else meaning(error)
        return Delivered(line.message_id)

    # -- inside ---------------------------------------------------------------------------------

    async def _channel(self, line: OutboxMessage) -> discord.PartialMessageable | None:
        address = await self._addresses.address(line.person)
        if address is None or address.channel_id is None:
            return None
        return self._bot.get_partial_messageable(address.channel_id, type=discord.ChannelType.private)

    async def _sentence(self, line: OutboxMessage) -> str:
        whisper = self._whispers[line.kind]
        if whisper is not Whisper.ASKED:
            return str(whisper.value)
        name = None
        if line.server is not None and line.other is not None:
            name = await self._addresses.called(line.server, line.other)
        return strings.DM_ASKED_UNNAMED if name is None else strings.DM_ASKED.format(name=plain.name(name))


TROUBLE = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, TimeoutError, OSError)


def meaning(error: Exception) -> Outcome:
    """What an error on the way to Discord says about the message."""
    match error:
        case discord.RateLimited():
            return Retry(timedelta(seconds=error.retry_after))
        case discord.HTTPException() if error.code in _CLOSED_DMS:
            return Refused()
        case discord.HTTPException() if error.code in _NOBODY_THERE:
            return Missing()
        case discord.HTTPException() if error.code == _OPENING_TOO_MANY:
            return Retry(_REST_FROM_OPENING)
        case discord.HTTPException() if error.status < 500:
            return Retry(timedelta(0))
        case _:
            return Uncertain()


def _leads(line: OutboxMessage) -> str:
    return to("inbox.open", line.id)


def custom_ids(components: Iterable[Any]) -> Iterator[str]:
    for component in components:
        if getattr(component, "custom_id", None) is not None:
            yield component.custom_id
        yield from custom_ids(getattr(component, "children", ()))
