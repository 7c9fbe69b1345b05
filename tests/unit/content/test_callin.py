"""The words of `/callin`: each occasion has some, and they are short, plain and about what was done."""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from statistics import fmean

import pytest
from msgspec.structs import replace

from bot.content.callin import CallinSetting, CallinVoice, Does, Occasion, Setting, Voice, Way, What
from bot.content.library import Library, Unreadable, installed
from tests.unit.content.test_texts import grade

LIBRARY = installed()
SETS = {
    f"{what}-{setting}-{voice}": occasion.moment(setting).said(voice)
    for what, occasion in LIBRARY.callin.items()
    for setting in Setting
    for voice in Voice
}
WHAT_SOMEONE_IS = re.compile(
    r"\b(you('re| are) (a|an|so|such|just|always|never)\b|you (always|never)\b|creep\w*|pervert\w*|pig"
    r"|jerk|idiot|toxic|predator\w*|harass\w*|assault\w*|abus\w*|consent\w*|boundar\w*|problematic|inappropriate)",
    re.IGNORECASE,
)
HARD_ON_THEM = {What.NO, What.DRUNK, What.FOLLOWED, What.TOLD, What.WARNING}
"""The occasions on which somebody may be in danger."""


def words() -> Iterator[str]:
    for said in SETS.values():
        yield from (way.words for way in said.ways)
        yield said.brushed_off


def test_each_occasion_has_words_for_every_setting_and_voice() -> None:
    assert list(LIBRARY.callin) == list(What)
    assert len(SETS) == 8 * 3 * 2
    assert all(2 <= len(said.ways) <= 3 for said in SETS.values())


def test_no_wording_appears_twice() -> None:
    assert {text for text, count in Counter(words()).items() if count > 1} == set()


def test_while_it_happens_the_ways_are_to_distract_then_to_delegate_then_to_say_it() -> None:
    for what in What:
        for voice in Voice:
            ways = LIBRARY.callin[what].now.said(voice).ways
            assert [way.does for way in ways] == [Does.DISTRACT, Does.DELEGATE, Does.SAY]


@pytest.mark.parametrize("said", SETS.values(), ids=list(SETS))
def test_the_words_for_a_setting_and_voice_are_short_and_easy_to_read(said: CallinVoice) -> None:
    told = [way.words for way in said.ways]
    assert grade("\n".join([*told, said.brushed_off])) <= 6
    assert all(len(text.split()) <= 36 for text in told)
    assert len(said.brushed_off.split()) <= 18


def test_straight_words_are_shorter_on_average_than_gentle_words() -> None:
    told = {voice: [way.words for name, said in SETS.items() if name.endswith(voice) for way in said.ways]
            for voice in Voice}  # fmt: skip
    assert fmean(map(len, told[Voice.STRAIGHT])) < fmean(map(len, told[Voice.GENTLE]))


def test_words_are_about_what_was_done_and_never_about_what_somebody_is() -> None:
    assert {text for text in words() if WHAT_SOMEONE_IS.search(text)} == set()


def test_the_words_name_no_person() -> None:
    large = re.compile(r"(?<![.?] )(?<!^)\b(?!I\b|I'|Friday|Saturday|Thursday)[A-Z]")
    assert {text for text in words() if large.search(text)} == set()


def test_where_somebody_may_be_in_danger_their_safety_comes_before_the_words() -> None:
    for setting in Setting:
        moments = {what: occasion.moment(setting) for what, occasion in LIBRARY.callin.items()}
        assert {what for what, moment in moments.items() if moment.gives_a_number} == HARD_ON_THEM
        for what in HARD_ON_THEM:
            assert "call 111" in moments[what].comes_first("111")
        for what in (What.DRUNK, What.FOLLOWED):
            assert moments[what].first.startswith("**Look after them first.**")


def test_the_texts_for_a_rumour_and_for_an_earlier_no_point_to_told() -> None:
    rumour, no = LIBRARY.callin[What.RUMOUR], LIBRARY.callin[What.NO]
    assert all("`/told`" in rumour.moment(setting).first for setting in Setting)
    for later in (no.later.first, no.chat.first):
        assert "What happens next is up to the person who said no, and `/told` is for you." in later


def test_a_warning_is_no_rumour_and_has_words_of_its_own() -> None:
    rumour, warning = LIBRARY.callin[What.RUMOUR], LIBRARY.callin[What.WARNING]
    for setting in Setting:
        assert "**They aren't for a warning.**" in rumour.moment(setting).first
        assert f"`{warning.label}`" in rumour.moment(setting).first
    danger = "If somebody is in danger now, call {emergency}. "
    assert warning.now.first.startswith(f"{danger}A warning about somebody's safety isn't a rumour.")
    assert "leave out what happened" in warning.later.first
    assert "don't delete it as gossip" in warning.chat.better_not


def test_what_somebody_was_told_is_said_only_with_their_yes_and_never_who_told() -> None:
    told = LIBRARY.callin[What.TOLD]
    for moment in (told.later, told.chat):
        assert moment.first.startswith(
            "If somebody is in danger now, call {emergency}. Ask the person who told"
        )
        assert "ask if they're afraid of what your friend would do" in moment.first
        assert "`/told`" in moment.first
    assert "I won't say who told me." in [way.words for way in told.later.straight.ways][1]


HINTS = re.compile(r"I (can't|won't) (tell|say|explain) (you|it|why|more)|tell you why", re.IGNORECASE)


def test_words_for_a_third_person_never_hint_at_what_happened_and_never_name_both() -> None:
    """Saying that you can't say why tells it to everyone who sees the two people together."""
    told = LIBRARY.callin[What.TOLD]
    assert "Say nothing that shows you know" in told.now.first
    for setting in (Setting.NOW, Setting.CHAT):
        for voice in Voice:
            said = told.moment(setting).said(voice)
            for text in (said.brushed_off, *(way.words for way in said.ways)):
                assert not re.search(r"\b(those two|the two|them|they)\b", text), text
    assert not [text for text in words() if HINTS.search(text)]


def test_a_warning_is_passed_on_only_after_the_person_who_gave_it_was_asked() -> None:
    warning = LIBRARY.callin[What.WARNING]
    assert "Ask the person who warned before you tell anybody else" in warning.now.first
    for voice in Voice:
        [host] = [way for way in warning.now.said(voice).ways if way.does is Does.DELEGATE]
        assert host.lead == "To the host, once they said yes"


def test_before_any_talk_with_a_friend_who_did_it_comes_the_question_whether_somebody_is_afraid() -> None:
    for what in (What.NO, What.FOLLOWED, What.TOLD):
        for moment in (LIBRARY.callin[what].later, LIBRARY.callin[what].chat):
            assert "if they're afraid" in moment.first, what


def test_nobody_is_told_to_look_at_support_together_with_the_person_who_follows() -> None:
    followed = LIBRARY.callin[What.FOLLOWED]
    for moment in (followed.later, followed.chat):
        assert "look at `Support` with the person who is followed." in moment.first


def test_following_somebody_is_never_called_chance_and_going_on_it_is_called_stalking() -> None:
    followed = LIBRARY.callin[What.FOLLOWED]
    for setting in Setting:
        for voice in Voice:
            said = followed.moment(setting).said(voice)
            assert not re.search(
                r"chance|coincidence", " ".join([said.brushed_off, *(w.words for w in said.ways)])
            )
    assert "that is stalking" in followed.later.first
    assert "that is stalking" in followed.chat.first


def test_the_words_are_not_yet_reviewed_and_their_sources_are_credited() -> None:
    for occasion in LIBRARY.callin.values():
        assert not occasion.reviewed
        assert set(occasion.sources) <= set(LIBRARY.sources())


# -- invalid words are refused --------------------------------------------------------------------

WAY = Way(Does.SAY, "To them", "Please stop.")
FIRST = (replace(WAY, does=Does.DISTRACT), replace(WAY, does=Does.DELEGATE))
WORDING = CallinVoice((WAY, WAY), "All right.")
MOMENT = CallinSetting("Don't shout.", WORDING, WORDING)
NOW = CallinSetting("Don't shout.", CallinVoice(FIRST, "All right."), CallinVoice(FIRST, "All right."))
OCCASION = Occasion(("A guide",), False, "A joke", "A joke", NOW, MOMENT, MOMENT)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda: replace(WAY, words="w" * 201), "the words has 201 characters"),
        (lambda: replace(WAY, words="One.\nTwo."), "one plain line"),
        (lambda: replace(WAY, words="See `/told`"), "one plain line"),
        (lambda: replace(WAY, words="Stop, {name}."), "one plain line"),
        (lambda: replace(WAY, lead=" "), "is empty"),
        (lambda: replace(WORDING, ways=(WAY,)), "two or three ways to say it, not 1"),
        (lambda: replace(WORDING, ways=(WAY,) * 4), "two or three ways to say it, not 4"),
        (lambda: replace(WORDING, brushed_off=""), "is empty"),
        (lambda: replace(MOMENT, better_not="n" * 301), "what not to do has 301"),
        (lambda: replace(OCCASION, now=MOMENT), "distract comes first and delegate second"),
        (lambda: replace(MOMENT, first="f" * 421), "what comes first has 421"),
        (lambda: replace(MOMENT, first="Call {name}."), r"nothing fills \['name'\]"),
        (lambda: replace(OCCASION, label="l" * 81), "the label has 81"),
        (lambda: replace(OCCASION, title=""), "the title is empty"),
        (lambda: replace(OCCASION, sources=()), "names its sources"),
    ],
)
def test_invalid_words_raise_an_error_that_says_why(spoil: Callable[[], object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        spoil()


def test_where_nobody_may_be_in_danger_no_number_is_given() -> None:
    assert not MOMENT.gives_a_number
    assert MOMENT.comes_first("111") == ""


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('does = "distract"', 'does = "document"', r"callin/joke\.toml: now\.gentle\.ways\.0\.does"),
        ("better_not", "avoid", r"callin/joke\.toml: now\."),
        ("brushed_off", "shrugged_off", r"callin/joke\.toml: now\.gentle\."),
        ("label = ", "name = ", r"callin/joke\.toml"),
    ],
)
def test_the_error_names_the_file_that_cannot_be_used(tmp_path: Path, old: str, new: str, why: str) -> None:
    data = Path(shutil.copytree(str(files("data")), tmp_path / "data"))
    file = data / "callin" / "joke.toml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(Unreadable, match=why):
        Library.load(data)


def test_the_error_names_a_missing_file(tmp_path: Path) -> None:
    data = Path(shutil.copytree(str(files("data")), tmp_path / "data"))
    (data / "callin" / "no.toml").unlink()
    with pytest.raises(Unreadable, match=r"^callin/no\.toml is missing$"):
        Library.load(data)
