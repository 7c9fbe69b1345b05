"""Errors that the bot raised on the pretend server. A refusal is none."""

from simcord import Env

from bot.demo.simcord_internals import unseen_errors
from bot.errors import Refusal


def raise_troubles(env: Env) -> None:
    """Raise the errors that nobody has read.

    A Refusal is an answer, although discord.py reports it as an error.
    """
    raised = unseen_errors(env)
    troubles = [one for one in raised if not isinstance(getattr(one, "original", one), Refusal)]
    if troubles:
        raise BaseExceptionGroup(f"the bot raised {len(troubles)} error(s)", troubles)
