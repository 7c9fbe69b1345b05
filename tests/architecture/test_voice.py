"""The bot speaks as a person would: turns of phrase that read as if translated don't come back."""

import re

import pytest

from tests.architecture import voice
from tests.architecture.test_speech import spoken


def test_no_turn_of_phrase_comes_back() -> None:
    assert not [str(one) for place, text in spoken() for one in voice.turns(place, text)]


def test_each_honest_use_that_is_allowed_still_stands_there() -> None:
    found = {
        (place.partition(":")[0], words)
        for place, text in spoken()
        for turn in voice.TURNS
        for words in map(str.lower, re.findall(turn, text, re.IGNORECASE))
    }
    assert not voice.HONEST - found


def test_the_median_sentence_of_each_file_is_neither_a_stump_nor_a_snake() -> None:
    lengths = voice.medians()
    assert len(lengths) > 40
    assert not {file: n for file, n in lengths.items() if not voice.fits(file, n)}


@pytest.mark.parametrize(
    "text",
    [
        "They: the one who told you that they were hurt.",
        "Nobody was asked by this press, and what you wrote is kept.",
        "That version stands no more.",
        "Nothing here is a must.",
        "Everything answers you alone.",
        "Read what there is, and begin anew.",
        "The norms in force were ratified.",
        "You told us that this came late, and that was our fault.",
    ],
)
def test_sentences_of_version_0_1_are_found(text: str) -> None:
    assert list(voice.turns("cogs/x/strings.py:1", text))


@pytest.mark.parametrize(
    "text",
    [
        "Your friends only heard your side.",
        "This wasn't sent. What you wrote is still here.",
        "These norms have changed since, and you can read them below.",
        "There are no more than three people in an ask.",
    ],
)
def test_plain_sentences_are_left_alone(text: str) -> None:
    assert not list(voice.turns("cogs/x/strings.py:1", text))


def test_slipping_up_is_said_in_the_check_in_alone() -> None:
    """There it is an answer about a habit, and whether somebody was hurt is asked first."""
    assert not list(voice.turns("cogs/pair/check/strings.py:12", "Slipped up"))
    assert list(voice.turns("cogs/pair/strings.py:12", "Slipped up"))


def test_the_sentences_of_a_text_are_told_apart_and_labels_are_none() -> None:
    assert voice.sentences("Your friend\nThey said no. *It went on.*") == ["They said no.", "*It went on.*"]
