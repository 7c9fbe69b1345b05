"""What an error of a request to Discord means, whichever library raised it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import aiohttp
import discord

from bot.delivery import error_codes
from bot.delivery.outcome import Failure, Retry, Uncertain

REQUEST_ERRORS = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, TimeoutError, OSError)
"""What a request may raise although nothing is wrong with our code."""


def outcome_of(error: Exception) -> Failure:
    """Return the outcome that one of REQUEST_ERRORS stands for. No answer at all is uncertain."""
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


P = ParamSpec("P")
T = TypeVar("T")


def lets_others_go_on(
    method: Callable[Concatenate[Any, P], Awaitable[T]],
) -> Callable[Concatenate[Any, P], Coroutine[Any, Any, T]]:
    """Decorate a method that makes requests with `self._bot`, so that it can be cancelled.

    When Discord asks the bot to wait with everything, discord.py holds every request back until the one that
    was told so goes on. One that is cancelled meanwhile never does.
    """

    @wraps(method)
    async def guarded(self: Any, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await method(self, *args, **kwargs)
        except asyncio.CancelledError:
            # Private, because discord.py has no public way to say it.
            self._bot.http._global_over.set()
            raise

    return guarded
