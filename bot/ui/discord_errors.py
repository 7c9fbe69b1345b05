"""What errors of discord.py and of the network mean: which end the program, and what is logged of them."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

import aiohttp
import discord
from discord.gateway import ReconnectWebSocket

from bot.storage.unavailable import StorageUnavailable

_FIELD = re.compile(r"[A-Za-z0-9_]{1,40}")
_MOST_FIELDS = 10
_MOST_WALKED = 200
_ANSWERED_TOO_LATE = (10008, 10015, 10062, 40060, 50027)
"""The interaction or its answer is over: an answer came too late or twice, or somebody dismissed a card."""
TOKEN_REFUSED = 4004
"""The gateway's close code for a token that it doesn't accept."""
REJECTED_FOR_GOOD = (4010, 4011, 4012, 4013, 4014)
"""Close codes after which another try would end in the same way."""


class TokenRefused(Exception):
    """Discord doesn't accept this token."""


class Unreachable(Exception):
    """Discord doesn't answer, or says that it can't do so now."""


class TooManyRequests(Exception):
    """Discord takes no requests for a while. `seconds`: how long it said that this lasts, if it did."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Rejected(Exception):
    """Discord answered, and refused what it was asked for.

    `status` is the HTTP status, or None if the gateway refused it. `code` is Discord's own.
    """

    def __init__(self, status: int | None, code: int) -> None:
        super().__init__(status, code)
        self.status = status
        self.code = code


def ending(error: Exception) -> Exception | None:
    """Return what an error means for the start of the bot; None if it is a bug."""
    match error:
        case discord.LoginFailure():
            return TokenRefused()
        case discord.PrivilegedIntentsRequired():
            return Rejected(None, REJECTED_FOR_GOOD[-1])
        case discord.ConnectionClosed(code=code):
            return closed_for_good(code) or Unreachable()
        case discord.GatewayNotFound(__cause__=discord.HTTPException() as cause):
            return ending(cause)
        case discord.HTTPException(status=status, code=code) if 400 <= status < 500 and status != 429:
            return TokenRefused() if status == 401 else Rejected(status, code)
        case discord.RateLimited(retry_after=seconds):
            return TooManyRequests(seconds)
        case discord.HTTPException(status=429):
            return TooManyRequests(_seconds_named(error))
        case discord.HTTPException() | discord.GatewayNotFound():
            return Unreachable()
        case aiohttp.ClientError() | TimeoutError() | ConnectionError():
            return Unreachable()
    return None


def _seconds_named(error: discord.HTTPException) -> float | None:
    named = error.response.headers.get("Retry-After", "")
    return float(named) if named.isdecimal() else None


def closed_for_good(code: int) -> Exception | None:
    """Return what a close code of the gateway means; None if the bot should connect again."""
    if code == TOKEN_REFUSED:
        return TokenRefused()
    return Rejected(None, code) if code in REJECTED_FOR_GOOD else None


def expected(error: BaseException) -> Mapping[str, object] | None:
    """Return what to log of an error that is to be expected with Discord; None for any other one.

    Expected are lost connections, an outage of Discord, and an answer that came too late. A database that
    can't be used right now is one as well: `Database` has logged it already.
    """
    match error:
        case discord.HTTPException(status=status, code=code):
            return seen(error) if status >= 500 or status == 429 or code in _ANSWERED_TOO_LATE else None
        case discord.ConnectionClosed() | discord.GatewayNotFound() | discord.RateLimited():
            return seen(error)
        case aiohttp.ClientError() | TimeoutError() | ConnectionError():
            return seen(error)
        case ReconnectWebSocket():
            return seen(error)
        case StorageUnavailable(reason=why):
            return {"why": why.value}
    return None


def seen(error: BaseException) -> dict[str, object]:
    """Return what may be logged of an error beside its type: numbers, and the names of fields."""
    match error:
        case discord.HTTPException():
            return {"status": error.status, "code": error.code, "fields": fields(error)}
        case discord.ConnectionClosed():
            return {"why": "closed", "code": error.code}
        # discord.py's way to say that a connection must be opened again. It is none of its public types.
        case ReconnectWebSocket(resume=True):
            return {"why": "reconnect asked"}
        case ReconnectWebSocket():
            return {"why": "session ended"}
        case aiohttp.ClientResponseError():
            return {"status": error.status}
        case discord.GatewayNotFound(__cause__=discord.HTTPException() as cause):
            return seen(cause)
        case OSError(errno=int(number)):
            return {"errno": number}
    return {}


def fields(error: discord.HTTPException) -> str | None:
    """Return which fields of a request Discord refused: their paths, and never their values."""
    # Private, because discord.py shows them only in a message that also has what Discord says of the values.
    tree = getattr(error, "_errors", None)
    return " ".join(islice(_paths(tree), _MOST_FIELDS)) or None if isinstance(tree, dict) else None


def _paths(tree: Mapping[str, object]) -> Iterator[str]:
    left: list[tuple[str, Mapping[str, object]]] = [("", tree)]
    for _ in range(_MOST_WALKED):
        if not left:
            return
        path, node = left.pop()
        for key, inner in node.items():
            if key == "_errors":
                yield path or "."
            elif isinstance(inner, Mapping) and _FIELD.fullmatch(key):
                left.append((f"{path}.{key}" if path else key, inner))
