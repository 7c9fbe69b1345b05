"""How the bot speaks: turns of phrase that nobody would say, and how long its sentences are.

Run as `python -m tests.architecture.voice [cogs/ask ...]` to see, for each file, what it finds there.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from tests.architecture.test_speech import spoken

TURNS = {
    # What it would be in plain English is beside each.
    r"\bthe one(?:s)? (?:who|that|whom)\b|\bthe one it\b": "a name, they, your friend, the person who",
    r"\bthe other one\b|\bthat one\b(?! (?:thing|time))": "a name, or the noun again",
    r"\bwhoever (?:it|was|were|has|had|did|hurt|wrote|asked|told|set|harmed)\b": "the person, or a name",
    r"\bwhom\b": "who",
    r"\banew\b": "again, start over",
    r"\bno more\b(?! than| often)": "no longer, not any more",
    r"\bwhat there is\b|\bwho there is\b": "say what it is",
    r"\ba must\b": "you don't have to",
    r"\bby this press\b|\bthis press\b|\bwith this press\b": "leave it out",
    r"\btakes? nothing\b|\bit takes no\b": "there's nothing left to do",
    r"\b(?:what|all that) (?:came|has come|had come|comes)\b": "the answers",
    r"\banswers? you alone\b|\byou alone\b": "only you",
    r"\bfor your time\b": "has a question for you",
    r"\bin force\b|\bratif\w+\b|\bput to the (?:members|group)\b|\bstands? no\b": "agreed on, the norms",
    r"\bnothing of the kind\b|\bof that kind\b|\bof the kind\b": "say what it is",
    r"\bcame to an end\b|\bcomes to an end\b|\btakes? the place of\b": "ended, replaces",
    r"\bsee to (?:that|it)\b": "can you take care of it",
    r"\bin this telling\b|\bsort of telling\b": "say it plainly",
    r"\blistens? to just\b|\blistens? to only\b": "say what the helpline is for",
    r"\bhas it from\b|\bhave it from\b": "heard it from",
    r"\bit (?:was|is|has been) (?:said|told|written) (?:here|that|by)\b": "you told me",
    r"\byou(?:['’]ve)? told us\b|\bon our side\b|\bour fault\b|\bwe(?:['’]ve)? noted\b": "the bot says I",
    r"\bcomes? along\b": "say what happens",
    r"\bwho left without\b": "somebody who",
    r"\bwhat (?:may|can|could) be (?:asked|said|done|read|shown)\b": "what you can do",
    r"\b(?:can|may) be (?:read|seen|asked|told) by\b": "say who can read it",
    r"\bunfortunately\b|\bplease note\b|\bkindly\b": "leave it out",
    r"\bnobody will (?:know|find out|learn)\b": "say what we do",
    r"\bthe person it is about\b": "the person you hurt, the other person, or a name",
    r"\bto be asked\b(?=.*\bagreed\b)": "who said you can ask them",
    r"\bslipped\b": "I slipped up, for habits alone",
    r"\bmuch drunker\b|\bdrunker than\b": "too drunk to choose",
    r"\bthere is a way back\b|\bthe way back\b|\ba way back\b": "no promise of a return",
    r"\bthis has closed\b": "This is closed.",
    r"\bnamed (?:as|to)\b(?= (?:a|an|the) (?:suspect|culprit))": "say what happened",
    r"\bhours that count\b": "what is urgent, and until when",
    r"\bnot a word\b|\bwithout a word\b": "say what happens",
    r"\b(?:is|are|was|were) not to be\b": "say who does what",
    r"\bas long as it (?:takes|stands)\b": "say how long",
    r"\bwhat (?:you|they) wrote is kept\b": "What you wrote is still here.",
    r"\bfor it to (?:be|count)\b|\bso as to\b|\bin order to\b|\bthereby\b|\bhereby\b|\bupon\b": "plain words",
}
"""Turns of phrase, and what somebody would rather say."""
HONEST = frozenset(
    {
        # The name of a form's field, by which what is typed into it is stored.
        ("data/forms/local.toml", "whom"),
        # The label of a button. Those who have read some of the answers know what has come.
        ("cogs/ask/strings.py", "what has come"),
        # "I slipped up", the answer of somebody who works on a habit.
        ("cogs/pair/check/strings.py", "slipped"),
    }
)
"""Where such a turn is what somebody would say: the file, and the words found there."""
_SENTENCE = re.compile(r"(?<=[.?!:])[\"”*_)]*\s+|\n+")
_TURNS = [(re.compile(turn, re.IGNORECASE), instead) for turn, instead in TURNS.items()]
SHORTEST, LONGEST = 8, 16
"""The bounds of the median sentence of a file, in words."""
AT_NIGHT = (
    "cogs/night/strings.py",
    "data/night/after.toml",
    "data/night/during.toml",
    "data/night/quick.toml",
)
"""What somebody reads who may be drunk, or running. Its sentences are shorter."""
SHORTEST_AT_NIGHT, LONGEST_AT_NIGHT = 3, 9
ENOUGH = 12
"""How many sentences a file has at least before their median says anything."""


@dataclass(frozen=True, slots=True)
class Found:
    """A turn of phrase in a text."""

    place: str
    words: str
    instead: str

    def __str__(self) -> str:
        return f"{self.place}: {self.words!r}; rather: {self.instead}"


def turns(place: str, text: str) -> Iterator[Found]:
    """Yield the turns of phrase in a text that are not allowed there."""
    for turn, instead in _TURNS:
        for match in turn.finditer(text):
            if (_file(place), match.group().lower()) not in HONEST:
                yield Found(place, match.group(), instead)


def sentences(text: str) -> list[str]:
    """Return the whole sentences of a text: no labels, no titles, no items of lists without a stop."""
    parts = [part.strip() for part in _SENTENCE.split(text)]
    return [part for part in parts if re.search(r"[.?][\"”*_)]*$", part) and len(part.split()) > 1]


def fits(file: str, length: float) -> bool:
    """Whether the median sentence of a file has as many words as it should."""
    if file in AT_NIGHT:
        return SHORTEST_AT_NIGHT <= length <= LONGEST_AT_NIGHT
    return SHORTEST <= length <= LONGEST


def medians() -> dict[str, float]:
    """Return the median length of the sentences of each file that has enough of them, in words."""
    found = {}
    for file, texts in _by_file():
        lengths = [len(one.split()) for _, text in texts for one in sentences(text)]
        if len(lengths) >= ENOUGH:
            found[file] = median(lengths)
    return found


def _by_file() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for file, texts in groupby(spoken(), key=lambda one: _file(one[0])):
        yield file, list(texts)


def _file(place: str) -> str:
    return place.partition(":")[0]


def main(places: list[str]) -> None:
    lengths = medians()
    for file, texts in _by_file():
        if places and not file.startswith(tuple(places)):
            continue
        found = [str(one) for place, text in texts for one in turns(place, text)]
        length = lengths.get(file)
        wrong = length is not None and not fits(file, length)
        if found or wrong:
            sys.stdout.write("\n".join([f"{file}: median sentence {length} words", *found, ""]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
