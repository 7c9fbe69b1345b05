"""The first `plumbline run`: ask for a token, try it, write it into `.env`, and say how to invite the bot."""

import asyncio
from pathlib import Path

import click
from dotenv import set_key

from bot import settings, strings
from bot.settings import Settings
from bot.startup_errors import ending
from bot.ui.discord_check import Application, application
from bot.ui.discord_errors import TokenRefused

ENV_FILE = Path(".env")


def ask(told: Settings) -> Settings:
    """Ask until Discord accepts the token, and return the settings with it. It is never shown.

    If Discord can't be asked now, the token is kept as it is. Raises click.Abort if nobody wants to answer.
    """
    click.echo(strings.FIRST_RUN)
    while True:
        token = "".join(click.prompt(strings.FIRST_RUN_TOKEN, hide_input=True).split())
        try:
            found: Application | None = asyncio.run(application(token))
        except TokenRefused:
            click.echo(strings.FIRST_RUN_REFUSED)
            continue
        except Exception as error:  # `ending` knows which are expected; all others are raised again
            ended = ending(error, told)
            if ended is None:
                raise
            click.echo(f"{ended.sentence} {strings.FIRST_RUN_NOT_TRIED}")
            found = None
        break
    _keep(token)
    click.echo(strings.FIRST_RUN_KEPT.format(path=ENV_FILE.absolute()))
    if found is not None:
        click.echo(strings.FIRST_RUN_INVITE.format(name=found.name, link=found.invite))
    return settings.load()


def _keep(token: str) -> None:
    """Write the token into the file. What else is in it stays, and only its owner may read it from now on."""
    ENV_FILE.touch(mode=0o600)
    ENV_FILE.chmod(0o600)
    set_key(ENV_FILE, f"{settings.PREFIX}TOKEN", token, quote_mode="never")
