"""Show what people typed as they typed it, without mentions, links, hidden text or formatting."""

import re

from bot.text import BIDI, one_line

_ESCAPES: dict[int, str | None] = {**BIDI, **{ord(mark): f"\\{mark}" for mark in r"\*_~`|<>[]()#"}}
# Nothing is tried twice (`*+`, `++`), and blanks end with their line: empty lines take no longer than others.
_LINE_START = re.compile(r"^([^\S\n]*+)([-+]|\d++(?=[.)]))", re.MULTILINE)
_NAME_LENGTH = 40
_FENCE, _NO_FENCE = "```", "'''"


def escaped(text: str) -> str:
    """Escape Markdown, mentions, timestamps, commands and links, for a card."""
    text = _LINE_START.sub(_plain_start, text.translate(_ESCAPES))
    return text.replace("://", ":\\//").replace("@", "@\u200b")


def length(text: str) -> int:
    """Return how long `escaped` makes the text. It is faster than to escape it, and is asked many times."""
    plain = text.translate(_ESCAPES)
    return len(plain) + len(_LINE_START.findall(plain)) + plain.count("://") + plain.count("@")


def _plain_start(found: re.Match[str]) -> str:
    space, mark = found.groups()
    return f"{space}{mark}\\" if mark[0].isdigit() else f"{space}\\{mark}"


def block(text: str) -> str:
    """Show a text in a block of code, to be copied as it is. `in_block` reads it again.

    The fence of a block inside it would end it, so it is written with other marks.
    """
    return f"```\n{text.replace(_FENCE, _NO_FENCE)}\n```"


def in_block(shown: str) -> str:
    """Return the text of the first block in what a card shows; empty if there is none."""
    _, begins, rest = shown.partition("```\n")
    text, ends, _ = rest.partition("\n```")
    return text if begins and ends else ""


def option(text: str, instead: str, most: int = _NAME_LENGTH) -> str:
    """Return the name of a thing for an option or a label: one line, cut to `most` characters.

    If there is nothing to see in it, return `instead`, because Discord refuses an option without a label.
    The names of people are shown by `bot/ui/labels.py`.
    """
    return one_line(text, most) or instead


def name(text: str, instead: str, most: int = _NAME_LENGTH) -> str:
    """Return the name of a thing for a card's text, escaped and isolated; `instead` if it is blank."""
    line = one_line(text, most)
    return f"\u2068{escaped(line)}\u2069" if line else instead


def split(text: str, room: int) -> list[str]:
    """Escape `text` and split it into pieces of at most `room` characters, at a blank if there is one."""
    pieces = []
    while text:
        cut = _longest(text, room)
        pieces.append(escaped(text[:cut]).strip("\n"))
        text = text[cut:]
    return pieces or [""]


def _longest(text: str, room: int) -> int:
    cut = min(len(text), room)
    while (excess := length(text[:cut]) - room) > 0:
        cut -= max(1, excess // 2)
    if cut < len(text):
        blank = max(text.rfind("\n", 0, cut), text.rfind(" ", 0, cut))
        cut = blank + 1 if blank > cut // 2 else cut
    return cut
