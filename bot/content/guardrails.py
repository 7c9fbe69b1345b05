"""The files of `data/guardrails/`: phrases after which more help is shown. They only ever add a card.

Neither a text nor what was found in it is stored, kept in memory or logged.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

from bot.content.models import Written
from bot.text import is_blank, normalized

PHRASE_MOST = 60
AGE, ANY = "{age}", "*"
_AGES = range(10, 18)
_TOKENS = re.compile(r"[^\W\d_]+|\d+|[.?!;؟؛]")
"""Matches a word, a number, or a mark that ends a sentence. No phrase is found across such a mark.

Other characters are ignored, such as those of Markdown.
"""
_IN_PHRASE = re.compile(rf"{re.escape(AGE)}|\*|{_TOKENS.pattern}")
_MARKS = re.compile("[\u00ad\u0300-\u036f\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
"""The accents, Arabic marks and invisible characters that are removed from a text."""
_WHOLE_PHRASES = str.maketrans("\ufdfa\ufdfb", "  ")
"""Blessings that are one character, and would be normalized to 18 and 8."""
_SAME = str.maketrans({"ı": "i", "ى": "ي", "ة": "ه", "ـ": None})
_UNMARKED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_APART = str.maketrans(dict.fromkeys("'’ʼ‘`´-‐‑", ""))
_WRITTEN_ON = ("و", "ف")
"""The Arabic words for "and" and "so", which are joined to the next word."""

Node = dict[str | None, Any]
"""A trie of words. The key None holds what a phrase that ends at this node is about."""


class Matter(StrEnum):
    """What a text may be about, in the order in which help for it is shown."""

    SUICIDE = "suicide"
    DANGER = "danger"
    MINOR = "minor"
    FORCE = "force"


class Phrases(Written, frozen=True):
    """The phrases of one language. `everyday`: longer, harmless phrases that contain one of the others."""

    language: str
    suicide: tuple[str, ...]
    danger: tuple[str, ...]
    minor: tuple[str, ...]
    force: tuple[str, ...]
    everyday: tuple[str, ...]

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        if is_blank(self.language):
            raise ValueError("a list says its language")
        seen: set[tuple[str, ...]] = set()
        for phrase in (*(one for matter in Matter for one in self.about(matter)), *self.everyday):
            spelt = _words(phrase)
            if not spelt or len(phrase) > PHRASE_MOST:
                raise ValueError(f"{phrase!r} is empty, or longer than {PHRASE_MOST} characters")
            if spelt in seen:
                raise ValueError(f"{phrase!r} stands twice")
            seen.add(spelt)
        if not all(self.about(matter) for matter in Matter):
            raise ValueError("each matter has its words")
        heard = [_words(one) for matter in Matter for one in self.about(matter)]
        for phrase in self.everyday:
            spelt = _words(phrase)
            words = {*spelt, ANY}
            # Nearly all phrases have a word that isn't there, and this is a faster way to find that out.
            if not any(words.issuperset(one) and _holds(spelt, one) for one in heard):
                raise ValueError(f"{phrase!r} would not be found anyway")

    def about(self, matter: Matter) -> tuple[str, ...]:
        phrases: tuple[str, ...] = getattr(self, matter)
        return phrases


class Guardrails:
    """Searches texts for the phrases of all languages, since nobody is asked which language they use."""

    def __init__(self, lists: Sequence[Phrases]) -> None:
        """Raises ValueError if one phrase means different things in two languages."""
        self.lists = tuple(lists)
        self._root: Node = {}
        for one in lists:
            for matter in Matter:
                for phrase in one.about(matter):
                    self._add(phrase, matter)
            for phrase in one.everyday:
                self._add(phrase, "")

    def heard(self, texts: Iterable[str]) -> tuple[Matter, ...]:
        """Return what these texts may be about, each matter once."""
        found = {matter for text in texts for matter in self._in(_TOKENS.findall(plain(text)))}
        return tuple(matter for matter in Matter if matter in found)

    def _add(self, phrase: str, about: str) -> None:
        for spelt in spellings(phrase):
            node = self._root
            for word in spelt:
                node = node.setdefault(word, {})
            if node.setdefault(None, about) != about:
                raise ValueError(f"{phrase!r} means two things")

    def _in(self, words: Sequence[str]) -> Iterator[str]:
        """Yield the matter of each phrase that is found, from left to right.

        At each place the longest one counts.
        """
        at = 0
        while at < len(words):
            word, length, about = words[at], 0, ""
            if word in self._root or word.isdecimal():
                length, about = _longest(self._root, words, at)
            elif word.startswith(_WRITTEN_ON):
                length, about = _longest(self._root, (word[1:], *words[at + 1 : at + 8]), 0)
            if about:
                yield about
            at += length or 1


def plain(text: str) -> str:
    """Return the text in small letters, without accents and invisible characters."""
    if not text.isascii():
        text = normalized("NFKC", text.translate(_WHOLE_PHRASES))
    text = text.casefold().translate(_SAME)
    return text if text.isascii() else _MARKS.sub("", normalized("NFD", text))


def spellings(phrase: str) -> set[tuple[str, ...]]:
    """Return the spellings people use: with or without apostrophes and hyphens, `ä` as `ae` or `a`."""
    folded = normalized("NFKC", phrase).casefold()
    accents = {folded, folded.translate(_UNMARKED)}
    return {_words(one) for one in accents.union(text.translate(_APART) for text in accents)}


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(_IN_PHRASE.findall(plain(phrase)))


def _holds(whole: Sequence[str], part: Sequence[str]) -> bool:
    """Whether `part` occurs in `whole`. A wildcard in it stands for any word."""
    starts = range(len(whole) - len(part) + 1)
    return any(all(own in (word, ANY) for word, own in zip(whole[at:], part, strict=False)) for at in starts)


def _longest(node: Node, words: Sequence[str], at: int, length: int = 0) -> tuple[int, str]:
    """Return the number of words of the longest phrase from `at` on, and its matter; 0 if there is none."""
    best = (length, node[None]) if None in node else (0, "")
    if at < len(words):
        for follows in (node.get(key) for key in _keys(words[at])):
            if follows is not None:
                further = _longest(follows, words, at + 1, length + 1)
                best = further if further[0] > best[0] else best
    return best


def _keys(word: str) -> tuple[str, ...]:
    """Return the trie keys to try for a word.

    The word itself comes first, so that an exact phrase wins over an equally long one with a wildcard.
    """
    if word.isdecimal():
        return (word, AGE) if len(word) < 4 and int(word) in _AGES else (word,)
    return (word, ANY) if word.isalpha() else (word,)
