"""Short stories: they are about what the bot is for, fit a card, and leave the talking to the readers."""

import re
import shutil
from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.content.library import Library, Unreadable, installed
from bot.content.packs import Stories, Story
from tests.unit.content.test_texts import grade

LIBRARY = installed()
STORIES = LIBRARY.stories
FITTING = Story(
    "tea",
    "A cup of tea",
    "Ana made tea. Bo left it.",
    ("What was it for?", "Who was it for?"),
    "Who drinks it?",
)
SHE, HE, THEY = (
    re.compile(rf"\b({words})\b", re.I) for words in ("she|her", "he|him|his", "they|them|their")
)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of the data that a test may damage."""
    return Path(shutil.copytree(str(files("data")), tmp_path / "data"))


def test_there_is_a_story_for_most_weeks_of_a_year() -> None:
    assert len(STORIES) >= 36
    assert sum(len(theme.stories) for theme in LIBRARY.vignettes) == len(STORIES)


def test_the_order_of_stories_does_not_depend_on_the_order_of_files_on_disk(copied: Path) -> None:
    home = copied / "vignettes" / "home.toml"
    shutil.copy(home, copied / "kept.toml")
    home.unlink()
    shutil.move(copied / "kept.toml", home)
    assert list(Library.load(copied).stories) == list(STORIES)
    first, last = LIBRARY.vignettes[0], LIBRARY.vignettes[-1]
    assert next(iter(STORIES)) == first.stories[0].key
    assert list(STORIES)[-1] == last.stories[-1].key


def test_a_story_is_found_by_its_key() -> None:
    assert all(STORIES[key].key == key for key in STORIES)
    assert STORIES["lift_home"].topic == "The last one in the car"
    with pytest.raises(KeyError):
        STORIES["confession"]


def test_the_stories_are_not_yet_reviewed_and_their_sources_are_credited() -> None:
    for theme in LIBRARY.vignettes:
        assert set(theme.sources) <= set(LIBRARY.sources())
        assert not theme.reviewed


@pytest.mark.parametrize("story", STORIES.values(), ids=list(STORIES))
def test_a_story_fits_a_card_and_is_easy_to_read(story: Story) -> None:
    assert 200 <= len(story.story) <= 900
    assert 2 <= len(story.consider) <= 3
    assert max(len(thought) for thought in story.consider) <= 200
    assert grade("\n".join((story.story, *story.consider, story.question))) <= 8


@pytest.mark.parametrize("story", STORIES.values(), ids=list(STORIES))
def test_a_title_contains_no_heavy_word_and_a_question_to_talk_about_stands_with_it(story: Story) -> None:
    """A channel shows both to everybody, also to somebody it happened to."""
    assert re.fullmatch(r"[A-Z][A-Za-zé', ]+\??", story.topic)
    assert len(story.topic) <= 60
    heavy = r"\b(drunk|sex|rape|assault|grop|stalk|harass|hurt|afraid|scared|violen|consent)"
    assert not re.search(heavy, story.topic)
    assert story.question.endswith("?")
    assert not re.search(r"\b(sex|rape|assault|grop|stalk|harass|violen|consent)", story.question)


def test_at_most_one_story_in_six_is_a_false_alarm() -> None:
    """Stories in which stepping in was a mistake would teach people not to step in."""
    false_alarms = [story.key for story in STORIES.values() if story.false_alarm]

    assert false_alarms
    assert len(false_alarms) <= len(STORIES) / 6


@pytest.mark.parametrize("story", STORIES.values(), ids=list(STORIES))
def test_the_things_to_consider_are_open_questions_and_do_not_repeat_the_card(story: Story) -> None:
    said = " ".join(story.consider)
    assert said.count("?") >= len(story.consider)
    assert "felt" not in words(said)
    assert not re.search(r"\b(should|wrong|right answer|obviously|clearly|of course|the point is)\b", said)


def test_she_he_and_they_each_appear_in_at_least_twelve_stories() -> None:
    told = Counter(
        kind
        for story in STORIES.values()
        for kind, pronoun in (("she", SHE), ("he", HE), ("they", THEY))
        if pronoun.search(story.story)
    )
    assert min(told.values()) >= 12


def test_no_name_appears_in_two_stories() -> None:
    """Otherwise readers could think that a later story is about the same person."""
    twice = Counter(name for story in STORIES.values() for name in names(story))
    assert {name for name, count in twice.items() if count > 1} == set()


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda story: replace(story, key="A cup"), "the key 'A cup' must be short"),
        (lambda story: replace(story, key="t" * 21), "must be short"),
        (lambda story: replace(story, topic="t" * 61), "the topic has 61 characters, at most 60 fit"),
        (lambda story: replace(story, topic=" "), "the topic is empty"),
        (lambda story: replace(story, story="s" * 901), "the story has 901 characters, at most 900 fit"),
        (lambda story: replace(story, consider=("One?",)), "two or three things to consider, not 1"),
        (lambda story: replace(story, consider=("One?",) * 4), "two or three things to consider, not 4"),
        (
            lambda story: replace(story, consider=("One?", "c" * 201)),
            "consider has 201 characters, at most 200",
        ),
        (lambda story: replace(story, question="q" * 201), "the question has 201 characters"),
        (lambda story: replace(story, question=" "), "the question is empty"),
        (lambda story: replace(story, consider=("One?", "")), "a thing to consider is empty"),
    ],
)
def test_an_invalid_story_is_refused(spoil: Callable[[Story], Story], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        spoil(FITTING)


def test_a_story_of_the_greatest_length_is_accepted() -> None:
    story = Story("k" * 20, "t" * 60, "s" * 900, ("c" * 200,) * 3, "q" * 200)
    assert Stories(sources=("A guide",), reviewed=False, stories=(story,)).stories == (story,)


def test_a_file_without_stories_or_without_sources_is_refused() -> None:
    with pytest.raises(ValueError, match="a story at least"):
        Stories(sources=("A guide",), reviewed=False, stories=())
    with pytest.raises(ValueError, match="its sources"):
        Stories(sources=(), reviewed=False, stories=(FITTING,))


@pytest.mark.parametrize(
    ("name", "old", "new", "why"),
    [
        (
            "home",
            'key = "thin_wall"',
            'key = "lift_home"',
            r"parties\.toml: the key 'lift_home' stands twice",
        ),
        ("home", 'key = "towel"', 'key = "spare_key"', r"home\.toml: the key 'spare_key' stands twice"),
        (
            "home",
            'topic = "A spare key"',
            'topic = "the last one in the Car"',
            r"parties\.toml: the topic 'the last one",
        ),
        ("home", "consider = [", "thoughts = [", r"vignettes/home\.toml: stories\.0\."),
        ("jokes", "reviewed = false", "", r"vignettes/jokes\.toml: reviewed"),
        (
            "jokes",
            'key = "minutes"',
            'key = "min-utes"',
            r"vignettes/jokes\.toml: stories\.0: .*small letters",
        ),
    ],
)
def test_the_error_names_the_file_that_cannot_be_used(
    copied: Path, name: str, old: str, new: str, why: str
) -> None:
    file = copied / "vignettes" / f"{name}.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(Unreadable, match=why):
        Library.load(copied)


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z']+", text.lower()))


def names(story: Story) -> set[str]:
    """Return the words of a story that are always capitalised, apart from days and months: its names."""
    large = set(re.findall(r"\b[A-ZÀ-Þ][a-zà-ÿ-]+\b(?!['’]t)", story.story))
    return large - {word.capitalize() for word in words(EVERYTHING)} - CALENDAR


EVERYTHING = "\n".join(re.sub(r"\b[A-ZÀ-Þ][\w-]+", "", story.story) for story in STORIES.values())
CALENDAR = {
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "March",
    "April",
    "May",
    "June",
}
