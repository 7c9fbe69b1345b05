"""The log says what happened and where, and contains nothing that anybody wrote."""

import asyncio
import json
import logging
import re
import sys
import threading
import warnings
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import discord
import pytest

from bot import logs
from bot.ui import discord_errors

CANARY = "canary-3141"
OURS = logging.getLogger("bot.somewhere")


Said = Callable[[], str]


def fail(text: str) -> None:
    raise ValueError(text)


def deep() -> None:
    try:
        fail(CANARY)
    except ValueError as error:
        try:
            raise KeyError(CANARY) from error
        except KeyError as again:
            raise ExceptionGroup(CANARY, [again, TypeError(CANARY)]) from again


@pytest.mark.parametrize("format", ["text", "json"])
def test_an_exception_is_logged_with_its_type_and_frames_but_without_its_message(
    said: Said, format: str
) -> None:
    logs.begin("DEBUG", format)

    try:
        deep()
    except ExceptionGroup as error:
        OURS.exception("It failed: %s", error)
        OURS.error(error)

    told = said()
    assert CANARY not in told
    assert all(name in told for name in ("ExceptionGroup", "KeyError", "ValueError", "TypeError", "in fail"))


def test_json_logs_have_one_object_per_line(said: Said) -> None:
    logs.begin("INFO", "json")

    OURS.info("two\nlines %d", 5)
    try:
        fail(CANARY)
    except ValueError:
        OURS.exception("failed")

    first, second = (json.loads(line) for line in said().splitlines())
    assert first["message"] == "two\nlines 5"
    assert (first["level"], first["logger"]) == ("info", "bot.somewhere")
    assert "traceback" not in first
    assert second["traceback"].endswith("ValueError")


PERSON, PLACE = 410000000000000001, 29000000000000000001
RATE_LIMITED = "We are being rate limited. %s %s responded with 429. Retrying in %.2f seconds."


@pytest.mark.parametrize("format", ["text", "json"])
def test_discord_ids_are_left_out_of_the_log(said: Said, format: str) -> None:
    """An id can come in a rate limit of discord.py, as a number, or in an object that prints it."""
    logs.begin("INFO", format)

    http = logging.getLogger("discord.http")
    url = f"https://discord.com/api/v10/guilds/{PLACE}/members/{PERSON}"
    http.warning(RATE_LIMITED, "GET", url, 1.25)
    http.warning(f"a bucket of {PERSON}")
    OURS.warning("one %d, another %s, in %s", PERSON, SimpleNamespace(id=PERSON), {"at": PLACE})
    try:
        fail(str(PERSON))
    except ValueError:
        OURS.exception("%d", PLACE)

    told = said()
    assert not re.search(r"[0-9]{15}", told)
    assert "/guilds/…/members/… responded with 429. Retrying in 1.25 seconds." in told
    assert [json.loads(line) for line in told.splitlines()] if format == "json" else told.count("…") > 5


@pytest.mark.parametrize("format", ["text", "json"])
def test_variable_values_are_logged_as_named_fields_after_the_sentence(said: Said, format: str) -> None:
    logs.begin("INFO", format)

    logs.get_logger("bot.somewhere").error(
        "A timer failed", kind="pairs.ask", error=ValueError(CANARY), id=PERSON
    )

    told = said()
    assert CANARY not in told
    if format == "json":
        line = json.loads(told)
        assert (line["message"], line["kind"], line["error"]) == ("A timer failed", "pairs.ask", "ValueError")
        assert line["id"] != PERSON
    else:
        assert told.endswith("ERROR bot.somewhere: A timer failed kind=pairs.ask error=ValueError id=…\n")


def test_at_debug_the_loggers_of_other_packages_stay_at_info_or_above(said: Said) -> None:
    logs.begin("DEBUG", "text")

    OURS.debug("ours")
    for name in ("discord.http", "discord.gateway", "aiosqlite", "asyncio", "sqlalchemy.engine", "strange"):
        logging.getLogger(name).debug(CANARY)
    for name in ("sqlalchemy.engine.Engine", "alembic.runtime.plugins"):
        logging.getLogger(name).info(CANARY)
    logging.getLogger("discord.client").info("connected")

    told = said()
    assert CANARY not in told
    assert "ours" in told
    assert "connected" in told


def test_at_error_no_logger_writes_warnings(said: Said) -> None:
    logs.begin("ERROR", "text")

    for name in ("bot.x", "discord.http", "sqlalchemy", "strange"):
        logging.getLogger(name).warning("softly")

    assert said() == ""


def test_an_uncaught_error_is_logged_without_its_message(said: Said) -> None:
    logs.begin("INFO", "text")

    try:
        fail(CANARY)
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
        sys.unraisablehook(cast("Any", SimpleNamespace(exc_value=error)))
    thread = threading.Thread(target=fail, args=(CANARY,))
    thread.start()
    thread.join()

    told = said()
    assert told.count("Nobody caught an error error=ValueError") == 3
    assert CANARY not in told


def test_ctrl_c_is_not_logged(said: Said) -> None:
    logs.begin("INFO", "text")

    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert said() == ""


async def test_the_error_of_a_task_that_nobody_awaited_is_logged_without_its_message(said: Said) -> None:
    logs.begin("DEBUG", "text")
    asyncio.get_running_loop().set_exception_handler(logs.on_loop_error)

    async def failing() -> None:
        fail(CANARY)

    task = asyncio.create_task(failing(), name=CANARY)
    await asyncio.wait([task])
    del task
    asyncio.get_running_loop().call_exception_handler({"message": CANARY})

    told = said()
    assert "ValueError" in told
    assert "trouble" in told
    assert CANARY not in told


def test_a_warning_is_logged(said: Said) -> None:
    logs.begin("INFO", "text")

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old ways", DeprecationWarning, stacklevel=1)

    assert "py.warnings" in said()


def gone() -> discord.NotFound:
    """The error of an interaction that was answered too late."""
    response: Any = SimpleNamespace(status=404, reason="gone")
    return discord.NotFound(response, {"code": 10062, "message": CANARY})


@pytest.mark.parametrize("format", ["text", "json"])
@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ConnectionResetError(104, CANARY), {"error": "ConnectionResetError", "errno": 104}),
        (TimeoutError(CANARY), {"error": "TimeoutError"}),
        (aiohttp.ServerDisconnectedError(CANARY), {"error": "ServerDisconnectedError"}),
        (gone(), {"error": "NotFound", "status": 404, "code": 10062}),
    ],
)
def test_an_error_that_is_to_be_expected_is_one_line_at_info(
    said: Said, format: str, error: Exception, told: dict[str, object]
) -> None:
    logs.begin("INFO", format, discord_errors.expected)

    try:
        raise error
    except Exception:
        logging.getLogger("discord.client").exception("Ignoring exception in %s", "on_interaction")
    logs.get_logger("bot.somewhere").failure("An interaction failed", error, error_id="ab")

    theirs, ours = said().splitlines()
    assert CANARY not in theirs + ours
    if format == "json":
        assert json.loads(theirs).items() >= {"level": "info", **told}.items()
        assert json.loads(ours).items() >= {"level": "info", "error_id": "ab", **told}.items()
    else:
        values = " ".join(f"{key}={value}" for key, value in told.items())
        assert theirs.endswith(f" INFO discord.client: Ignoring exception in on_interaction {values}")
        assert " INFO bot.somewhere: An interaction failed error_id=ab " in ours


def test_at_warning_an_expected_error_of_another_library_is_not_written(said: Said) -> None:
    logs.begin("WARNING", "text")

    try:
        raise ConnectionResetError
    except ConnectionResetError:
        logging.getLogger("asyncio").exception("lost")

    assert said() == ""


def test_an_unexpected_error_keeps_its_frames(said: Said) -> None:
    logs.begin("INFO", "text", discord_errors.expected)

    try:
        fail(CANARY)
    except ValueError as error:
        logging.getLogger("discord.client").exception("Ignoring exception")
        logs.get_logger("bot.somewhere").failure("An interaction failed", error)

    told = said()
    assert told.count("in fail") == 2
    assert told.count(" ERROR ") == 2
    assert CANARY not in told


def recurse() -> None:
    recurse()


def chained(length: int) -> Exception:
    """Return an error with so many causes, one behind the other."""
    error: Exception = KeyError("first")
    for _ in range(length):
        later = ValueError()
        later.__cause__ = error
        error = later
    return error


def test_the_frames_of_an_endless_recursion_are_few(said: Said) -> None:
    logs.begin("INFO", "text")

    try:
        recurse()
    except RecursionError:
        OURS.exception("It failed")

    assert len(said().splitlines()) < 60


def test_a_long_chain_of_causes_is_shown_by_its_first_and_last_errors() -> None:
    told = logs.where(chained(900))

    assert told.startswith("KeyError\n")
    assert len(told.splitlines()) <= 12
    assert "..." in told


def test_a_chain_that_leads_back_to_itself_is_shown_once() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__context__ = second, first

    assert logs.where(first) == "KeyError\nValueError"


def test_an_error_whose_frames_cannot_be_read_is_shown_by_its_type() -> None:
    class Odd(Exception):
        @property
        def __traceback__(self) -> Any:  # type: ignore[override] # it fails where frames are read
            raise RuntimeError

    assert logs.where(Odd()) == "Odd"


def test_a_record_that_cannot_be_read_does_not_break_what_logs_it(said: Said) -> None:
    class Odd:
        def __str__(self) -> str:
            raise RuntimeError(CANARY)

    logs.begin("INFO", "text")

    logging.getLogger("discord.x").error("%s", Odd())
    logging.getLogger("discord.x").error("%d of %d", 1)

    told = said()
    assert told.count("A log record could not be read") == 1, "the second is counted"
    assert CANARY not in told


def test_a_very_long_line_is_cut(said: Said) -> None:
    logs.begin("INFO", "text")

    logging.getLogger("discord.x").error("long %s", "x" * 100_000)

    assert len(said()) < 5_000


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ("%(error)s", ({"error": ValueError(CANARY)},)),
        ("%s", ([ValueError(CANARY)],)),
        ("%s", ({"deep": [(ValueError(CANARY),)]},)),
    ],
)
def test_no_message_of_an_error_inside_of_something_else_is_logged(
    message: str, arguments: tuple[Any, ...]
) -> None:
    record = logging.LogRecord("discord", logging.ERROR, __file__, 1, message, arguments, None)
    logs.without_messages(record)

    assert CANARY not in record.getMessage()
    assert "ValueError" in record.getMessage()
