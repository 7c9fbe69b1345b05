"""The DM gateway on Discord: a few sentences, and one button."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

import discord

from bot.delivery.error_codes import MISSING_ACCESS, UNKNOWN_CHANNEL
from bot.delivery.outbox_message import OutboxMessage
from bot.delivery.outcome import Delivered, Failure, Missing, Outcome, Refused, Retry, SearchPage, Uncertain
from bot.ids import PersonId, ServerId
from bot.ui import labels, strings
from bot.ui.components import Button, Card
from bot.ui.custom_id import to
from bot.ui.message_search import search
from bot.ui.rendering import laid
from bot.ui.request_errors import REQUEST_ERRORS, lets_others_go_on, outcome_of

_CHANNEL_UNUSABLE = {UNKNOWN_CHANNEL, MISSING_ACCESS}
"""The DM channel that was opened once can't be used any more. Another one can be opened."""
_OLDEST = timedelta(days=1)
"""How long before its first try a message is looked for: this machine's clock may be wrong."""


class Whisper(Enum):
    """The four sentences that a new direct message can consist of. Two of them name somebody."""

    ASKED = strings.DM_ASKED
    READY = strings.DM_READY
    CHANGED = strings.DM_CHANGED
    HAND = strings.DM_HAND
    """Only during a night, to somebody who agreed to look out for the person whom it names."""


_UNNAMED = {Whisper.ASKED: strings.DM_ASKED_UNNAMED, Whisper.HAND: strings.DM_HAND_UNNAMED}
"""Those that name somebody, with what they say if nobody knows the name."""


class DmAddress(Protocol):
    """A Discord account, and its DM channel if one was opened before."""

    @property
    def discord_id(self) -> int: ...
    @property
    def channel_id(self) -> int | None: ...


class AddressBook(Protocol):
    """Finds people's accounts (None for a person who has not used the bot) and their labels."""

    async def address(self, person: PersonId) -> DmAddress | None: ...
    async def keep_channel(self, person: PersonId, channel_id: int) -> None: ...
    async def forget_channel(self, person: PersonId) -> None: ...
    async def called(
        self, reader: PersonId, server: ServerId, person: PersonId, at: datetime | None
    ) -> str | None: ...


class DiscordDmGateway:
    """Sends, finds and edits direct messages. Cogs register a sentence for each kind when they load."""

    def __init__(self, bot: discord.Client, addresses: AddressBook) -> None:
        self._bot = bot
        self._addresses = addresses
        self._whispers: dict[str, Whisper] = {}

    def renders(self, kind: str, whisper: Whisper) -> None:
        """Register the sentence of a kind. Raises ValueError if the kind has one already."""
        if kind in self._whispers:
            raise ValueError(f"{kind} has a sentence already")
        self._whispers[kind] = whisper

    def unrendered(self, kinds: Iterable[str]) -> set[str]:
        """Return the kinds that have no sentence. The bot must not start if there are any."""
        return set(kinds) - self._whispers.keys()

    # -- as a DmGateway -------------------------------------------------------------------------

    async def reaches(self, person: PersonId) -> bool:
        address = await self._addresses.address(person)
        return address is not None and address.channel_id is not None

    @lets_others_go_on
    async def open(self, person: PersonId) -> Refused | Missing | Retry | None:
        address = await self._addresses.address(person)
        if address is None:
            return Missing()
        try:
            channel = await self._bot.create_dm(discord.Object(address.discord_id))
        except REQUEST_ERRORS as error:
            meant = outcome_of(error)
            # Opening a channel twice does no harm, so an uncertain outcome can simply be tried again.
            return Retry(code=meant.code) if isinstance(meant, Uncertain) else meant
        await self._addresses.keep_channel(person, channel.id)
        return None

    @lets_others_go_on
    async def whisper(self, message: OutboxMessage) -> Outcome:
        channel = await self._channel(message)
        if channel is None:
            # Another message to them was refused meanwhile, so that their channel was forgotten.
            known = await self._addresses.address(message.person)
            return Missing() if known is None else Retry(unsent=True)
        card = _whispered(await self._sentence(message), _custom_id(message))
        try:
            sent = await channel.send(
                view=laid(card), nonce=message.nonce, allowed_mentions=discord.AllowedMentions.none()
            )
        except REQUEST_ERRORS as error:
            meant = outcome_of(error)
            if meant.code in _CHANNEL_UNUSABLE:
                await self._addresses.forget_channel(message.person)
            return meant
        return Delivered(sent.id)

    @lets_others_go_on
    async def hand(self, to_whom: DmAddress, label: str, custom_id: str, nonce: str) -> Outcome:
        """Say that somebody needs a hand, without the database: about it nothing is looked up or stored.

        With the same nonce it comes once, however often it is sent within some minutes.
        """
        sentence = _named(Whisper.HAND, label)
        try:
            channel = self._bot.get_partial_messageable(
                to_whom.channel_id or (await self._bot.create_dm(discord.Object(to_whom.discord_id))).id,
                type=discord.ChannelType.private,
            )
            sent = await channel.send(
                view=laid(_whispered(sentence, custom_id)),
                nonce=nonce,
                allowed_mentions=discord.AllowedMentions.none(),
            )
        except REQUEST_ERRORS as error:
            meant = outcome_of(error)
            return Missing(meant.code) if meant.code in _CHANNEL_UNUSABLE else meant
        return Delivered(sent.id)

    @lets_others_go_on
    async def find(
        self, message: OutboxMessage, before: int | None = None
    ) -> Delivered | SearchPage | Failure:
        channel = await self._channel(message)
        if channel is None or message.tried_at is None:
            return Retry()
        try:
            return await search(
                channel, _custom_id(message), message.tried_at - _OLDEST, before, self._bot.user
            )
        except REQUEST_ERRORS as error:
            meant = outcome_of(error)
            if meant.code in _CHANNEL_UNUSABLE:
                await self._addresses.forget_channel(message.person)
            return meant

    @lets_others_go_on
    async def close(self, message: OutboxMessage) -> Outcome:
        channel = await self._channel(message)
        if channel is None or message.message_id is None:
            return Missing()
        sent = channel.get_partial_message(message.message_id)
        try:
            closed = laid(Card("", strings.DM_CLOSED, support=False))
            await sent.edit(view=closed, allowed_mentions=discord.AllowedMentions.none())
        except REQUEST_ERRORS as error:
            meant = outcome_of(error)
            return Missing(meant.code) if meant.code in _CHANNEL_UNUSABLE else meant
        return Delivered(message.message_id)

    # -- inside ---------------------------------------------------------------------------------

    async def _channel(self, message: OutboxMessage) -> discord.PartialMessageable | None:
        address = await self._addresses.address(message.person)
        if address is None or address.channel_id is None:
            return None
        return self._bot.get_partial_messageable(address.channel_id, type=discord.ChannelType.private)

    async def _sentence(self, message: OutboxMessage) -> str:
        whisper = self._whispers[message.kind]
        if whisper not in _UNNAMED:
            return str(whisper.value)
        label = None
        if message.server is not None and message.other is not None:
            person, other = message.person, message.other
            label = await self._addresses.called(person, message.server, other, message.made_at)
        return _named(whisper, label or "")


def _named(whisper: Whisper, label: str) -> str:
    return str(whisper.value).format(name=labels.name(label)) if label else _UNNAMED[whisper]


def _whispered(sentence: str, custom_id: str) -> Card:
    return Card("", sentence, rows=[[Button(strings.OPEN, custom_id)]], support=False)


def _custom_id(message: OutboxMessage) -> str:
    return to("inbox.open", message.id)
