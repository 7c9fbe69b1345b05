"""What errors of discord.py mean, and what of them may be logged."""

from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands

from bot.ui.discord_errors import (
    Rejected,
    TokenRefused,
    TooManyRequests,
    Unreachable,
    ending,
    expected,
    fields,
    seen,
)

CANARY = "canary"
REFUSED = {
    "0": {
        "name": {"_errors": [{"code": "BASE_TYPE_BAD_LENGTH", "message": CANARY}]},
        "options": {"1": {"_errors": [{"code": "X", "message": CANARY}]}, CANARY * 20: {"_errors": []}},
    }
}


def http_error(status: int, code: int = 0, errors: object = None) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="so", headers={"Retry-After": "90"})
    return discord.HTTPException(response, {"code": code, "message": CANARY, "errors": errors})


def test_the_fields_that_discord_refused_are_named_without_their_values() -> None:
    error = http_error(400, 50035, REFUSED)

    assert sorted((fields(error) or "").split()) == ["0.name", "0.options.1"]
    assert seen(app_commands.CommandSyncFailure(error, [])) == seen(error)
    assert CANARY not in str(seen(error))


def test_fields_of_any_depth_and_number_are_few() -> None:
    deep: dict[str, Any] = {"_errors": []}
    for _ in range(5000):
        deep = {"a": deep}
    wide: dict[str, Any] = {str(at): {"_errors": []} for at in range(5000)}

    assert fields(http_error(400, 50035)) is None
    error = http_error(400, 50035)
    error._errors = deep
    assert fields(error) is None
    error._errors = wide
    assert len((fields(error) or "").split()) == 10


@pytest.mark.parametrize(
    ("error", "meant"),
    [
        (http_error(401), TokenRefused),
        (http_error(404, 10002), Rejected),
        (http_error(429), TooManyRequests),
        (http_error(502), Unreachable),
        (discord.RateLimited(60), TooManyRequests),
        (aiohttp.ClientPayloadError(), Unreachable),
        (ConnectionResetError(), Unreachable),
        (discord.PrivilegedIntentsRequired(None), Rejected),
        (ValueError(), type(None)),
        (OSError(), type(None)),
    ],
)
def test_what_an_error_at_the_start_means(error: Exception, meant: type) -> None:
    assert type(ending(error)) is meant


def test_how_long_discord_takes_no_requests_is_told() -> None:
    for error in (http_error(429), discord.RateLimited(90)):
        meant = ending(error)
        assert isinstance(meant, TooManyRequests)
        assert meant.seconds == 90


def test_a_gateway_that_was_not_found_means_what_discord_answered() -> None:
    def not_found(cause: Exception) -> Exception:
        error: Exception = discord.GatewayNotFound()  # type: ignore[no-untyped-call] # it has no types
        error.__cause__ = cause
        return error

    assert type(ending(not_found(http_error(403)))) is Rejected
    assert type(ending(not_found(http_error(500)))) is Unreachable
    assert expected(not_found(http_error(500)))


@pytest.mark.parametrize(
    ("error", "is_expected"),
    [
        (http_error(500), True),
        (http_error(404, 10062), True),
        (http_error(400, 40060), True),
        (http_error(400, 50035), False),
        (ConnectionResetError(), True),
        (KeyError(), False),
        (FileNotFoundError(), False),
    ],
)
def test_which_errors_are_to_be_expected(error: Exception, is_expected: bool) -> None:
    assert (expected(error) is not None) is is_expected
