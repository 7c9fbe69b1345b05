"""The real `plumbline`, with Discord at the address that stands before the command."""

import sys

from discord.http import Route

from bot.cli import main

if __name__ == "__main__":
    Route.BASE = sys.argv.pop(1)
    main()
