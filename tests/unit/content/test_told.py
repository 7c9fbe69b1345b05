"""`/told`: its four entries, its short cards, its words to ask the person first, and its advice."""

import re
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from bot.content.library import Library, Unreadable, installed
from bot.content.models import CardText
from tests.unit.content.test_texts import grade

TOLD = installed().told
CARDS = {f"{topic.key}-{tab.key}": tab.card for topic in TOLD.topics for tab in topic.tabs}
TABS = ["Now", "This week", "Yourself"]
COPIED = re.compile(r"^```\n(.+?)\n```$", re.MULTILINE)


def body(place: str) -> str:
    return " ".join(CARDS[place].body.split())


def copied() -> Iterator[tuple[str, str]]:
    for place, card in CARDS.items():
        for words in COPIED.findall(card.body):
            yield place, words


def test_the_entries_and_tabs_are_as_specified() -> None:
    assert [topic.label for topic in TOLD.topics] == [
        "Someone told me they were hurt",
        "It was a friend of mine who did it",
        "Someone told me what they did",
        "I run this group",
    ]
    for topic in TOLD.topics:
        labels = [tab.label for tab in topic.tabs]
        friend = topic.key == "friend"
        assert labels == (["Now", "The meantime", "The talk", "Yourself"] if friend else TABS)


@pytest.mark.parametrize("card", CARDS.values(), ids=list(CARDS))
def test_a_card_fits_a_phone_and_is_easy_to_read(card: CardText) -> None:
    assert len(card.body) <= 1_000
    assert len(card.body.splitlines()) <= 26
    assert grade(card.body) <= 6


def test_the_tab_yourself_gives_words_that_may_always_be_said_then_words_to_ask_then_support() -> None:
    """Nobody is told never to speak of it. To say more, they ask the person whose story it is."""
    for topic in TOLD.topics:
        said = topic.tab("self").card.body
        always, asked = COPIED.findall(said)
        assert "may always say this" in said[: said.index("```")]
        assert "isn't mine to tell" in always or "can't talk about" in always
        assert "`Support`" in said[said.rindex("```") :]
        if topic.key != "did":
            assert "first:" in said[: said.index(asked)]
            assert asked.count("?") == 1


def test_somebody_who_did_harm_cannot_forbid_others_to_get_support() -> None:
    said = body("did-self")
    assert "Your friend can't ask you to carry it alone." in said
    assert "?" not in COPIED.findall(CARDS["did-self"].body)[1]


def test_each_door_begins_with_a_line_for_a_reader_who_was_hurt() -> None:
    first = [body(f"{topic.key}-now").split(". ")[0] for topic in TOLD.topics]
    assert all(line.startswith("If ") for line in first)
    assert all(re.search(r"done to you|hurt you|were hurt", line) for line in first)
    assert len({*first}) == len(first)


def test_no_card_suggests_asking_a_pod_about_it() -> None:
    for place, card in CARDS.items():
        assert not re.search(r"/ask\b|\bpod\b|/pod\b", card.title + card.body), place


@pytest.mark.parametrize(("place", "words"), list(copied()))
def test_words_to_copy_are_short_and_contain_no_command_or_code_mark(place: str, words: str) -> None:
    assert "`" not in words
    assert "/" not in words
    assert len(words) <= 200
    assert grade(words) <= 6


def test_every_block_to_copy_is_closed() -> None:
    for place, card in CARDS.items():
        assert card.body.count("```") == 2 * len(COPIED.findall(card.body)), place


@pytest.mark.parametrize(
    ("place", "phrase"),
    [
        ("hurt-now", "Believe them."),
        ("hurt-now", "Use the words that they use."),
        ("hurt-now", "Don't ask why"),
        ("hurt-now", "Ask what they want."),
        ("hurt-now", "who should not know."),
        ("hurt-now", "some help is urgent. It's under `Support`, `Someone told me`, `Your body`."),
        (
            "hurt-now",
            "they may be thinking about suicide, ask them just that. Asking doesn't make it likelier.",
        ),
        ("hurt-week", "No group chat"),
        ("hurt-week", "Unless they ask you to, don't confront the person who did it"),
        ("hurt-week", "No detective work"),
        ("hurt-self", "You may be shocked, angry or sad"),
        ("friend-now", "You can care about both."),
        ("friend-now", "You may be shocked, angry, or grieving"),
        ("friend-now", "Loyalty can mean asking your friend to face it."),
        ("friend-now", "Don't let your friend know that you know."),
        ("friend-week", "**Drinks:**"),
        ("friend-week", "**Getting home:**"),
        ("friend-week", "**Others:**"),
        ("friend-week", "To warn others, ask the person who was hurt, if they told you:"),
        ("friend-talk", "**If they deny it:**"),
        ("friend-talk", "**If they cry:**"),
        ("friend-talk", "**If they ask who told you:**"),
        ("friend-self", "You don't have to stop caring about either of them."),
        ("did-now", "I'm glad you said it. What did you do or say? What might it have been like for them?"),
        ("did-now", '"You\'re fine."'),
        ("did-now", "\"They'd have told you if they didn't want it.\""),
        ("did-now", '"You\'re a monster."'),
        ("did-week", "Agree on one next step, and on a day when you will ask about it."),
        ("did-week", "Don't raise it with the other person, their friends, or the group."),
        ("did-week", "A sorry ends nothing, so ask what is different now."),
        ("group-now", "What would you like to happen here, and who may know? Who is there for you?"),
        ("group-now", "Before you warn others, ask the person who was hurt."),
        ("group-week", "Are you afraid of them?"),
        ("group-now", "Announce nothing"),
        ("group-now", "Don't investigate"),
        ("group-now", "If you're close to either of them, ask the person who told you who takes over"),
        ("group-week", "it's the other person who stays away from events and calls"),
        ("group-week", "Write down what you decided and until when, not what you heard."),
        ("group-week", "Pause all for a month"),
    ],
)
def test_the_cards_contain_the_specified_advice(place: str, phrase: str) -> None:
    assert phrase in body(place)


def test_the_words_that_ask_permission_come_before_the_words_for_the_other_person() -> None:
    """The person who told it decides whether anything is said to the other person."""
    talk = CARDS["friend-talk"].body
    assert talk.startswith("Do this only if the person who was hurt told you and wants it. Ask them:")
    afraid, asked = talk.index("Are you afraid of what our friend"), talk.index("Should I talk to our friend")
    assert afraid < talk.index("don't talk yet. A helpline can help.") < asked
    assert asked < talk.index("I heard that you hurt someone")
    week = CARDS["group-week"].body
    assert week.index("First ask the person who was hurt:") < week.index("Please stay away from our events")


def test_moderators_who_only_heard_of_it_are_told_not_to_go_to_the_person_it_happened_to() -> None:
    assert "If you heard it from others, don't go to the person it happened to.** A" in body("group-now")


def test_the_cards_say_that_nobody_needs_permission_to_get_help() -> None:
    for place in ("hurt-week", "did-self"):
        assert re.search(r"without asking\s+anyone", body(place)), place


def test_asking_for_an_entry_or_tab_that_does_not_exist_is_an_error() -> None:
    assert TOLD.topic("did").tab("week").label == "This week"
    with pytest.raises(KeyError):
        TOLD.topic("all")
    with pytest.raises(KeyError):
        TOLD.topic("did").tab("talk")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('key = "did"', 'key = "done"', "the topics are"),
        ('key = "week"', 'key = "month"', "the tabs of hurt are"),
        ('label = "I run this group"', 'label = ""', "the label is empty"),
        ("{emergency}", "{number}", "nothing fills"),
        ("reviewed = false", "", "reviewed"),
    ],
)
def test_the_error_names_the_file_that_cannot_be_used_and_says_why(
    tmp_path: Path, old: str, new: str, why: str
) -> None:
    data = Path(shutil.copytree(str(files("data")), tmp_path / "data"))
    file = data / "guidance" / "told.toml"
    text = file.read_text("utf-8")
    # Only the text below the head is changed, because the comments there name the placeholder too.
    head = text.index("sources =")
    file.write_text(text[:head] + text[head:].replace(old, new, 1), "utf-8")
    with pytest.raises(Unreadable, match=r"guidance/told\.toml") as refused:
        Library.load(data)
    assert why in str(refused.value)
