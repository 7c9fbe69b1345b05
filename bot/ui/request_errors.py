"""What an error of a request to Discord means, whichever library raised it."""

from datetime import timedelta

import aiohttp
import discord

from bot.delivery import error_codes
from bot.delivery.outcome import Retry, Trouble, Uncertain

TROUBLE = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, TimeoutError, OSError)
"""What a request may raise although nothing is wrong with our code."""


def outcome_of(error: Exception) -> Trouble:
    """Return the outcome that one of TROUBLE stands for. No answer at all is uncertain."""
    match error:
        case discord.RateLimited():
            return Retry(timedelta(seconds=error.retry_after), 429)
        case discord.HTTPException():
            return error_codes.outcome_of(error.status, error.code)
        case _:
            return Uncertain()


def code_of(error: Exception) -> int | None:
    """Return Discord's error code, or the HTTP status if it gave none; None if there was no answer."""
    return outcome_of(error).code
