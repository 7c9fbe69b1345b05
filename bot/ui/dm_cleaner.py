"""The requests that delete the bot's direct messages."""

import discord

from bot.delivery.dm_deletions import OwnMessages
from bot.delivery.outcome import Delivered, Failure, Outcome
from bot.ui.message_search import PAGE
from bot.ui.request_errors import REQUEST_ERRORS, lets_others_go_on, outcome_of


class DiscordDmCleaner:
    """Finds and deletes what the bot has sent in a DM channel."""

    def __init__(self, bot: discord.Client) -> None:
        self._bot = bot

    @lets_others_go_on
    async def delete(self, channel: int, message: int) -> Outcome:
        try:
            await self._in(channel).get_partial_message(message).delete()
        except REQUEST_ERRORS as error:
            return outcome_of(error)
        return Delivered(message)

    @lets_others_go_on
    async def own_messages(self, channel: int, before: int) -> OwnMessages | Failure:
        ids: list[int] = []
        oldest, read = 0, 0
        try:
            async for message in self._in(channel).history(limit=PAGE, before=discord.Object(before)):
                oldest, read = message.id, read + 1
                if message.author == self._bot.user:
                    ids.append(message.id)
        except REQUEST_ERRORS as error:
            return outcome_of(error)
        return OwnMessages(ids, oldest if read == PAGE else None)

    def _in(self, channel: int) -> discord.PartialMessageable:
        return self._bot.get_partial_messageable(channel, type=discord.ChannelType.private)
