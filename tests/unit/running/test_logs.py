"""The log says what happened and where, and contains nothing that anybody wrote."""

import asyncio
import json
import logging
import re
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot import logs

CANARY = "canary-3141"
OURS = logging.getLogger("bot.somewhere")


Said = Callable[[], str]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Said]:
    """Yield a function that returns what was written to stderr; then undo what `logs.begin` has set."""
    for module, hook in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, hook, getattr(module, hook))
    names = ["", *logs.OURS, *logs._NEVER_BELOW]
    before = {name: logging.getLogger(name).level for name in names}
    handlers = logging.getLogger().handlers[:]
    yield lambda: capsys.readouterr().err
    logging.captureWarnings(False)
    logging.getLogger().handlers[:] = handlers
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


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
    for name in ("sqlalchemy.engine.Engine", "apscheduler.scheduler"):
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
