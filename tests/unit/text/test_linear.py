"""Twice as long a text takes twice as long, whatever somebody types: no text can hold up everybody else."""

import ast
import time
from collections.abc import Callable, Collection, Iterator

import pytest

from bot import log_redaction
from bot.content import guardrails
from bot.content.library import installed
from bot.pairs.errors import NoSuchSchedule
from bot.people import labels
from bot.people.labels import Name
from bot.text import is_blank, look, normalized, one_line, storable
from bot.ui import plain
from bot.ui.components import PAGE, pages
from cogs.pair import wording
from cogs.shared import zones
from tests.architecture.tree import sources, walked

SHORT, TIMES = 4_000, 8
"""The short text already needs two cards."""
AT_MOST = 2.5 * TIMES
"""A function that takes four times as long for a text of twice the length would need 64 times as long."""
LEAST_SECONDS = 0.0005
"""Less than this is not worth a comparison."""
TURNS = 3
AGAIN = 2

HOSTILE = {
    "empty lines": "\n",
    "blanks and empty lines": " \n",
    "blanks": " ",
    "backslashes": "\\",
    "marks": "*_~`|<>[]()#",
    "lines that begin a list": "\n- ",
    "numbers of a list": "\n1.",
    "digits": "1",
    "quotes": "> ",
    "returns": "\r",
    "characters without width": "\u200b",
    "direction marks": "\u202e",
    "accents in the wrong order": "\u0300\u0316",
    "Hebrew points in the wrong order": "\u05b0\u0591",
    "marks that look like letters": "\uff9e\u0316",
    "letters with an accent": "e\u0301",
    "emoji": "\U0001f600",
    "families of emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "one word": "a",
    "many words": "kill ",
    "nested mentions": "<@<@&",
    "links": "https://[a](",
    "addresses": "a@",
    "a blessing in one character": "\ufdfa",
    "Arabic words": "\u0648 ",
    "parts of Korean syllables": "\u1100\u1161",
    "letters that fold to three": "\u0390",
}


def _clock(typed: str) -> None:
    with pytest.raises(NoSuchSchedule):
        wording.meant_clock(typed + "x")


GUARDRAILS = installed().guardrails
TYPED: dict[str, Callable[[str], object]] = {
    "bot/text.py: is_blank": is_blank,
    "bot/text.py: one_line": lambda text: one_line(text, 40),
    "bot/text.py: look": look,
    "bot/text.py: storable": storable,
    "bot/text.py: normalized": lambda text: normalized("NFD", text),
    "bot/text.py: _few_marks": lambda text: normalized("NFC", text),
    "bot/text.py: _has_ink": is_blank,
    "bot/ui/plain.py: escaped": plain.escaped,
    "bot/ui/plain.py: length": plain.length,
    "bot/ui/plain.py: split": lambda text: plain.split(text, PAGE),
    "bot/ui/plain.py: _longest": lambda text: pages([("heading", text)]),
    "bot/content/guardrails.py: plain": guardrails.plain,
    "bot/content/guardrails.py: heard": lambda text: GUARDRAILS.heard([text]),
    "bot/content/guardrails.py: _in": lambda text: GUARDRAILS.heard([text]),
    "bot/log_redaction.py: value": lambda text: log_redaction.value("why", text),
    "bot/log_redaction.py: argument": log_redaction.argument,
    "bot/log_redaction.py: warning": log_redaction.warning,
    "bot/log_redaction.py: line": log_redaction.line,
    "bot/people/labels.py: _label": lambda text: labels.alone(Name(text, text)),
    "cogs/pair/wording.py: meant_clock": _clock,
    "cogs/shared/zones.py: meant": zones.meant,
    "cogs/shared/zones.py: matching": zones.matching,
}
"""Every function that goes over what somebody typed, or over a name that somebody gave themselves."""

OTHERS = {
    "bot/backups/age.py: _identity": "the file with the operator's private key",
    "bot/backups/rotation.py: read": "what the operator writes after --keep",
    "bot/ids.py: is_id": "an id, by one class of characters and at most 32 of them",
    "bot/content/guardrails.py: spellings": "phrases of data/, of 60 characters at most",
    "bot/content/guardrails.py: _words": "phrases of data/, of 60 characters at most",
    "bot/content/models.py: placeholders": "texts of data/",
    "bot/content/models.py: _fill": "texts of data/",
    "bot/content/models.py: steady": "keys of data/",
    "bot/content/reading.py: _first": "what msgspec says of a file of data/",
    "bot/vault/deletion_file.py: _write": "bytes of the deletion log",
    "bot/ui/discord_errors.py: _paths": "names of fields in an answer of Discord",
    "cogs/manage/log/handlers.py: begin": "a part of a custom_id, of 100 characters at most",
}
"""Every other function with a regular expression and the like, and what it goes over instead."""


def going_over_texts() -> Iterator[str]:
    """Yield every function that could take long for a long text.

    These are the functions with regular expressions, tables of characters, forms of Unicode, or a loop that
    cuts a text into pieces.
    """
    for source in sources("bot", "cogs"):
        if source.path.startswith(("bot/demo/", "bot/storage/")):
            continue
        patterns = {
            target.id
            for node in source.tree().body
            if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("re.compile(")
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in walked(source.tree()):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _goes_over(node, patterns):
                yield f"{source.path}: {node.name}"


def _goes_over(function: ast.FunctionDef | ast.AsyncFunctionDef, patterns: set[str]) -> bool:
    for node in walked(function):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.partition(".")[0] in {"re", "unicodedata", "normalized", *patterns}:
                return True
            if called.endswith(".translate") or called == "normalized":
                return True
        if isinstance(node, ast.While) and any(isinstance(one, ast.Slice) for one in walked(node)):
            return True
    return False


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return the time that this takes on the processor: the least of a few turns."""
    turns = []
    for _ in range(TURNS):
        began = time.thread_time()
        work(text)
        turns.append(time.thread_time() - began)
    return min(turns)


@pytest.mark.slow
@pytest.mark.uncounted
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_no_function_takes_more_than_in_proportion_for_a_longer_text(hostile: str) -> None:
    slow = _slow(hostile, TYPED)
    # On a busy machine a measurement can be wrong. What takes too long takes too long each time.
    for _ in range(AGAIN):
        slow = _slow(hostile, slow)
    assert not slow


def _slow(hostile: str, names: Collection[str]) -> dict[str, tuple[float, float]]:
    slow = {}
    for name in names:
        short, long = (seconds(TYPED[name], (hostile * length)[:length]) for length in (SHORT, SHORT * TIMES))
        if long > AT_MOST * max(short, LEAST_SECONDS / TIMES):
            slow[name] = (short, long)
    return slow


@pytest.mark.slow
def test_every_function_that_goes_over_texts_is_tried_or_gets_none_that_was_typed() -> None:
    found = {*going_over_texts()}
    assert found - TYPED.keys() - OTHERS.keys() == set(), (
        "new ones belong in TYPED, or in OTHERS with a reason"
    )
    assert OTHERS.keys() - found == set()
    assert not TYPED.keys() & OTHERS.keys()
