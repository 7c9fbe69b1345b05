"""What a text looks like to a reader: whether there is anything to see, and which texts look the same.

Also which characters can't be stored.
"""

import re
import unicodedata
from typing import Any, Literal

_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0\U0001d159")
"""Letters and symbols that are drawn as an empty space."""
_MARKS_WITHOUT_INK = frozenset(
    map(
        chr,
        (0x034F, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)),
    )
)
"""Combining marks that are never drawn, such as variation selectors."""
_RESERVED = (range(0x2065, 0x2066), range(0xFFF0, 0xFFF9), range(0xE0000, 0xE1000))
"""Where Unicode promises that characters of the future will be invisible too."""
_WITHOUT_INK = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_MARKS = frozenset({"Mn", "Me", "Mc"})
BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])
"""The marks that change the direction of a text, for `str.translate`, which removes them."""
_ALSO_MARKS = frozenset("\u0f73\u0f75\u0f81\uff9e\uff9f")
"""Characters that become combining marks when a text is normalized."""
_MARKS_IN_A_ROW = 30
"""As in Unicode's Stream-Safe Text Format (unicode.org/reports/tr15). No language needs so many."""


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL's text has no NUL, and half of a pair of surrogates can't be written as UTF-8."""


def storable(text: str) -> str:
    """Return the text without characters that no database stores. Nobody sees them."""
    return _UNSTORABLE.sub("", text)


def all_storable(data: Any) -> Any:
    """Return a copy of decoded JSON in which every text is storable, the keys of objects included."""
    match data:
        case str():
            return storable(data)
        case list():
            return [all_storable(one) for one in data]
        case dict():
            return {storable(key): all_storable(value) for key, value in data.items()}
    return data


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing: no characters, or only spaces, controls and others without ink.

    Combining marks alone are nothing either, because they have no letter to stand on.
    """
    return not any(_has_ink(one) and unicodedata.category(one) not in _MARKS for one in text)


def one_line(text: str, most: int) -> str:
    """Return the text on one line, without direction marks, of at most `most` characters; empty if blank."""
    plain = "".join(one for one in text.translate(BIDI) if unicodedata.category(one) != "Cc")
    line = " ".join(plain.split())
    if is_blank(line):
        return ""
    return line if len(line) <= most else line[: most - 1] + "…"


def normalized(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """Return the text in this form of Unicode, without combining marks beyond the thirtieth in a row.

    Marks in a row are sorted, which takes four times as long for twice as many.
    """
    return text if text.isascii() else unicodedata.normalize(form, _few_marks(text))


def _few_marks(text: str) -> str:
    kept, in_a_row = [], 0
    for one in text:
        in_a_row = in_a_row + 1 if unicodedata.combining(one) or one in _ALSO_MARKS else 0
        if in_a_row <= _MARKS_IN_A_ROW:
            kept.append(one)
    return "".join(kept)


def look(text: str) -> str:
    """Return the same for all texts that a reader can't tell apart at a glance.

    Case, compatibility forms and characters without ink make no difference.
    """
    folded = normalized("NFKC", normalized("NFKC", text).casefold())
    return " ".join("".join(_inked(one) for one in folded).split())


def _inked(character: str) -> str:
    if _has_ink(character):
        return character
    return " " if character in _FILLERS or character.isspace() else ""


def _has_ink(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cn":
        return not any(ord(character) in reserved for reserved in _RESERVED)
    return not (category in _WITHOUT_INK or character in _FILLERS or character in _MARKS_WITHOUT_INK)
