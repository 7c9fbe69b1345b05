"""Text that people read is only in `strings.py` and `data/`, and keeps to the style of the product."""

import ast
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.architecture.tree import DATA, ROOT, Source, sources

SPOKEN = {"label", "description", "placeholder", "title", "content", "help", "brief"}
"""Arguments whose text Discord shows, however short it is."""
SENTENCE = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?[,;:]? [^\W\d_]+(?:['’][^\W\d_]+)?[,;:]? [^\W\d_]+")
BANNED = re.compile(
    r"\b(confess(?:ion|ions|ed|ing)?|verdicts?|scor(?:e|es|ed|ing)|streaks?|offenders?|victims?)\b", re.I
)
PROMISE = re.compile(
    r"\b(?:is|are|stays?|remains?|be|kept|keeps? (?:it|this|you|them))"
    r"\s+(?:\w+ly\s+)?(?:confidential|anonymous|safe)\b",
    re.I,
)
NOT_PROMISED = re.compile(r"\b(?:not|no|nothing|never|nobody|cannot|if|whether)\b|n['’]t\b|\?\s*$", re.I)
UNMARKED = re.compile(r"(?<![`/\w.])/[a-z]+\b")
"""A command's name without code marks around it."""
TO_COPY = {
    "We're planning a night out with Plumbline. If you're in, type /inbox in our server. "
    "It's fine to say no.",
    "I'm picking a few people to check things with now and then, and I'd like you to be one of them. "
    "If you're up for it, type /pod in our server.",
    "Would you check in with me for a while? We'd each work on something of our own. If you'd like to, "
    "run /pair show. It's fine to say no.",
    "I'm working on something I did, and I'm looking for a few people who'd stay with it and tell me no when "
    "it's needed. If you'd read what that means, type /inbox in our server. It's fine to say no.",
    "I've asked you something in our server, with Plumbline. If you have a quiet minute, type /inbox. "
    "It's fine to say no.",
}
"""Sentences that somebody copies from a code block and sends to a friend: marks would be sent too."""
NAMES_OF_OTHERS = {"sources", "source", "name", "page", "seen_in", "seen_on", "place", "url"}
"""Keys of data files whose values are names that others chose."""


def test_no_sentence_for_people_stands_in_the_code() -> None:
    assert not [
        line for one in sources("cogs", "bot/ui") if one.name != "strings.py" for line in said_in_code(one)
    ]


def test_no_text_for_people_breaks_the_style_of_the_product() -> None:
    assert not [f"{place}: {text}" for place, text in spoken() if misspoken(text)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Sent!", True),
        ("This is your confession.", True),
        ("What you write stays confidential.", True),
        ("This is completely anonymous.", True),
        ("Not confidential in law; it can be screenshotted.", False),
        ("They will explain their own confidentiality at the start.", False),
        ("Are you safe?", False),
        ("Safe to talk", False),
        ("underscore", False),
    ],
)
def test_the_check_tells_bad_wording_from_good_wording(text: str, wrong: bool) -> None:
    assert misspoken(text) is wrong


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('await send("This is closed now.")', True),
        ('Button(label="Go")', True),
        ('f"{name} has a question for you"', True),
        ('"""What this means, for those who read code."""', False),
        ('log.info("A line was sent twice")', False),
        ('raise ValueError("there is no such kind")', False),
        ('Button(label=words.GO, custom_id="v1:asks.open:x")', False),
        ('@commands.command(name="ask")\ndef ask(): ...', False),
    ],
)
def test_the_check_finds_sentences_in_code_that_people_would_read(code: str, found: bool) -> None:
    assert bool(list(said_in_code(Source("x.py", code)))) is found


def test_every_text_names_commands_in_code_marks() -> None:
    # `bot/strings.py` is for the terminal, where Markdown marks are ordinary characters.
    elsewhere = "bot/strings.py"
    assert not [
        f"{place}: {text}"
        for place, text in spoken()
        if UNMARKED.search(text) and text not in TO_COPY and not place.startswith(elsewhere)
    ]


def misspoken(text: str) -> bool:
    """Return whether a text praises, labels people by what they did, or promises what cannot be kept."""
    promises = any(
        PROMISE.search(sentence) and not NOT_PROMISED.search(sentence)
        for sentence in re.split(r"(?<=[.?])\s+|\n", text)
    )
    return "!" in text or BANNED.search(text) is not None or promises


def said_in_code(source: Source) -> Iterator[str]:
    """Yield strings of three words or more, and any text given as a label or a similar argument."""
    tree = source.tree()
    silent = {id(part) for node in ast.walk(tree) for part in _for_readers_of_code(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            if SENTENCE.search(node.value):
                yield f"{source.path}:{node.lineno} {node.value!r}"
        elif isinstance(node, ast.keyword) and node.arg in SPOKEN and _text(node.value).strip():
            yield f"{source.path}:{node.value.lineno} {node.arg}={_text(node.value)!r}"


def spoken() -> Iterator[tuple[str, str]]:
    """Yield every text of `strings.py` files and of `data/`, with its place. Keys of a dict are no texts."""
    for one in sources("bot", "cogs"):
        if one.name == "strings.py":
            nodes = list(ast.walk(one.tree()))
            keys = {id(key) for node in nodes if isinstance(node, ast.Dict) for key in node.keys}
            for node in nodes:
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in keys:
                    yield f"{one.path}:{node.lineno}", node.value
    for path in sorted(DATA.rglob("*.toml")):
        for text in _strings(tomllib.loads(path.read_text("utf-8"))):
            yield path.relative_to(ROOT).as_posix(), text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in NAMES_OF_OTHERS:
                yield from _strings(part)


def _for_readers_of_code(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the strings in this node that no user reads: docstrings, log lines, errors, assertions."""
    match node:
        case ast.Expr(value=ast.Constant()):
            yield node.value
        case ast.Call(func=ast.Attribute(value=ast.Name(id="log" | "logger"))) | ast.Raise() | ast.Assert():
            yield from ast.walk(node)


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
