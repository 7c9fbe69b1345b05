"""What looks like a secret, a name or a text is not written, even where the code lets it through."""

import json
import logging
import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot import log_redaction, logs
from tests.patience import PATIENCE

Said = Callable[[], str]

CANARY = "canary-1618"
WORDS = f"what I did to her {CANARY}"
PERSON = 410000000000000001
TOKEN = "MTQxMDAwMDAwMDAwMDAwMDAx.GhYz1x.abcdefghijklmnopqrstuvwxyz0123456789AB"
INTERACTION = "aW50ZXJhY3Rpb246MTQxMDAwMDAwMDAwMDAwMDAxOm" + "Zm9vYmFy" * 20
SECRETS = [TOKEN, INTERACTION, "ana.secret@example.org", str(PERSON)]
PAYLOAD = {"content": WORDS, "nonce": PERSON, WORDS: [WORDS.encode()]}


class Shown:
    """An object that shows a name, as discord.py's members and servers do."""

    def __repr__(self) -> str:
        return f"<Member id={PERSON} name={CANARY!r}>"


@pytest.fixture(params=["text", "json"])
def format(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


@pytest.mark.parametrize(
    "given",
    [WORDS, CANARY, WORDS.encode(), bytearray(WORDS, "utf-8"), PAYLOAD, [WORDS], (CANARY,), {CANARY}, Shown(),
     Path(CANARY), memoryview(WORDS.encode())],
    ids=lambda given: type(given).__name__,
)  # fmt: skip
def test_a_value_that_is_not_known_to_be_harmless_is_not_written(
    said: Said, format: str, given: object
) -> None:
    logs.begin("DEBUG", format)

    logs.get_logger("bot.somewhere").error("It failed", draft=given, tries=3)

    told = said()
    assert "tries" in told
    assert CANARY not in told
    assert WORDS.encode().hex() not in told


@pytest.mark.parametrize("name", sorted(log_redaction.KEYS_OF_TEXT - {"at", "level", "logger", "message"}))
def test_no_value_holds_bytes_or_objects(said: Said, format: str, name: str) -> None:
    logs.begin("DEBUG", format)

    for given in (WORDS.encode(), PAYLOAD, Shown()):
        logs.get_logger("bot.somewhere").error("It failed", **{name: given})

    assert CANARY not in said()


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "around", ["{}", "a {} b", "https://discord.com/api/v10/webhooks/1234/{}/messages/@original",
               "https://discord.com/api/v10/interactions/1234/{}/callback"],
)  # fmt: skip
def test_secrets_are_cut_out_of_every_value_and_sentence(
    said: Said, format: str, secret: str, around: str
) -> None:
    logs.begin("DEBUG", format)

    text = around.format(secret)
    logs.get_logger("bot.somewhere").error("It failed", why=text, error_id="ab12cd34")
    logging.getLogger("discord.http").warning("%s and " + text, text)

    told = said()
    assert secret not in told
    assert "ab12cd34" in told
    assert all(len(part) < 60 for part in re.findall(r"[\w=-]+", told))


BY_LIBRARIES: list[tuple[str, int, str, tuple[Any, ...]]] = [
    ("discord.http", logging.DEBUG, "%s %s with %s has returned %s", ("POST", "/channels", PAYLOAD, 200)),
    ("discord.http", logging.WARNING, "%s has received %s", ("/channels", json.dumps(PAYLOAD, default=str))),
    ("discord.gateway", logging.DEBUG, "For Shard ID %s: WebSocket Event: %s", (0, PAYLOAD)),
    ("discord.gateway", logging.INFO, "Session ID: %s", (CANARY,)),
    ("discord.state", logging.WARNING, "GUILD %s", (Shown(),)),
    ("discord.client", logging.DEBUG, WORDS, ()),
    ("aiosqlite", logging.DEBUG, "executing %s", (f"functools.partial(<built-in>, {WORDS!r})",)),
    ("aiosqlite.core", logging.WARNING, "operation %s completed", ([WORDS],)),
    ("sqlalchemy.engine.Engine", logging.INFO, "[generated in 0.1s] %r", ((WORDS,),)),
    ("sqlalchemy.pool.impl", logging.WARNING, "%r", (WORDS.encode(),)),
    ("asyncio", logging.DEBUG, "Executing %s took %.3f seconds", (f"<Handle {WORDS}>", 0.2)),
    ("asyncio", logging.ERROR, f"Task exception was never retrieved\nfuture: ValueError({WORDS!r})", ()),
    ("aiohttp.client", logging.DEBUG, "%r", (WORDS,)),
    ("aiohttp.server", logging.ERROR, "Error handling request from %s", ({WORDS: {WORDS}},)),
    ("strange", logging.INFO, "%(what)s", ({"what": WORDS, WORDS: 1},)),
    ("strange", logging.INFO, "%s", (Decimal(PERSON),)),
]  # fmt: skip


@pytest.mark.parametrize("record", BY_LIBRARIES, ids=[f"{one[0]} {one[2][:30]!r}" for one in BY_LIBRARIES])
def test_what_libraries_log_of_their_payloads_is_not_written_even_if_they_are_told_to(
    said: Said, format: str, record: tuple[str, int, str, tuple[Any, ...]], caplog: pytest.LogCaptureFixture
) -> None:
    name, level, sentence, arguments = record
    logs.begin("DEBUG", format)
    with caplog.at_level(logging.DEBUG, name), caplog.at_level(logging.DEBUG):
        logging.getLogger(name).log(level, sentence, *arguments)
        logging.getLogger(name).error("said %s", "on_interaction")

    told = said()
    assert "said on_interaction" in told
    assert CANARY not in told
    assert str(PERSON) not in told


def test_what_a_library_says_of_its_requests_can_still_be_read(said: Said) -> None:
    logs.begin("INFO", "text")

    url = "https://discord.com/api/v10/gateway/bot"
    logging.getLogger("discord.http").warning("%s %s responded with %s after %.2f s", "GET", url, 429, 1.5)
    logging.getLogger("discord.client").info("Ignoring exception in %s", "on_interaction")

    told = said()
    assert f"GET {url} responded with 429 after 1.50 s" in told
    assert "Ignoring exception in on_interaction" in told


@pytest.mark.parametrize("kind", [DeprecationWarning, RuntimeWarning, UserWarning])
def test_of_a_warning_only_its_type_and_its_place_are_written(said: Said, kind: type[Warning]) -> None:
    logs.begin("INFO", "text")

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(WORDS, kind, stacklevel=1)

    told = said()
    assert re.search(rf"test_log_redaction\.py:\d+: {kind.__name__}$", told, re.MULTILINE)
    assert CANARY not in told


def test_no_value_can_begin_another_line_or_command_a_terminal(said: Said) -> None:
    logs.begin("INFO", "text")

    logs.get_logger("bot.somewhere").error("It failed", why="a\nINFO bot: fine\x1b[2J\u202e\r")
    logging.getLogger("bot.somewhere").error("two\nlines")

    told = said()
    assert len(told.splitlines()) == 2
    assert not set(told) & {"\x1b", "\u202e", "\r"}


def test_a_fraction_with_many_digits_stays_a_number(said: Said) -> None:
    logs.begin("INFO", "json")

    logs.get_logger("bot.somewhere").error("It failed", seconds=1 / 3, count=7)

    line = json.loads(said())
    assert (line["seconds"], line["count"]) == (0.333, 7)


CRASHES = {
    "main": "raise ValueError(WORDS)",
    "thread": "import threading; one = threading.Thread(target=fail); one.start(); one.join()",
    "unraisable": "type('Odd', (), {'__del__': lambda self: fail()})()",
}


@pytest.mark.parametrize("crash", CRASHES.values(), ids=CRASHES)
def test_a_command_that_crashes_writes_frames_and_no_message(crash: str) -> None:
    program = (
        f"from bot import cli\nWORDS = {WORDS!r}\ndef fail(): raise ValueError(WORDS)\n"
        f"def app(**_):\n    {crash}\ncli.app = app\ncli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert "ValueError" in done.stderr
    assert "line " in done.stderr
    assert CANARY not in done.stdout + done.stderr
