"""Show what people typed as they typed it, without mentions, links, hidden text or formatting."""

import re

from bot.text import one_line

_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])
_MARKS = re.compile(r"([\\*_~`|<>\[\]()#])")
_LINE_START = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))", re.MULTILINE)
_NAME_LENGTH = 40


def escaped(text: str) -> str:
    """Escape Markdown, mentions, timestamps, commands and links, for a card."""
    text = _MARKS.sub(r"\\\1", text.translate(_BIDI))
    text = _LINE_START.sub(_plain_start, text)
    return text.replace("://", ":\\//").replace("@", "@\u200b")


def _plain_start(found: re.Match[str]) -> str:
    space, mark = found.groups()
    return f"{space}{mark}\\" if mark[0].isdigit() else f"{space}\\{mark}"


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
    while len(escaped(text[:cut])) > room:
        cut -= max(1, (len(escaped(text[:cut])) - room) // 2)
    if cut < len(text):
        blank = max(text.rfind("\n", 0, cut), text.rfind(" ", 0, cut))
        cut = blank + 1 if blank > cut // 2 else cut
    return cut
