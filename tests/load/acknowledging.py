"""A bot of discord.py alone, which acknowledges every interaction and does nothing else.

Run as `python -m tests.load.acknowledging <address>`.
"""

import asyncio
import sys

import discord
from discord.ext import commands

from tests.wire.launch import point_at, stay_inside
from tests.wire.state import TOKEN


class AcknowledgingBot(commands.AutoShardedBot):
    """Has the intents and the caches of Plumbline, and none of its commands."""

    def __init__(self) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True, guild_scheduled_events=True),
            max_messages=None,
        )
        # The command tree would log an error for each command that it doesn't know.
        self._connection._command_tree = None

    async def on_interaction(self, interaction: "discord.Interaction[AcknowledgingBot]") -> None:
        await interaction.response.defer(ephemeral=True)


async def main(address: str) -> None:
    stay_inside(address)
    point_at(address)
    async with AcknowledgingBot() as bot:
        await bot.start(TOKEN)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
