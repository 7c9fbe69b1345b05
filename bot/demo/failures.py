"""Errors on the pretend server, except refusals."""

from simcord import Env

from bot.demo.simcord_internals import unseen_errors
from bot.errors import Refusal


def raise_troubles(env: Env) -> None:
    """Raise what nobody looked at; a Refusal is an answer, though discord.py carries it as an error."""
    raised = unseen_errors(env)
    troubles = [one for one in raised if not isinstance(getattr(one, "original", one), Refusal)]
    if troubles:
        raise BaseExceptionGroup(f"the bot raised {len(troubles)} error(s)", troubles)
