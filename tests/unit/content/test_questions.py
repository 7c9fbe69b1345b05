"""The questions of check-ins: the two kinds take turns, and none comes again before all were asked."""

import re
import shutil
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.content.library import Library, Unreadable, installed
from bot.content.models import FormName
from bot.content.texts import Questions
from tests.unit.content.test_texts import grade

LIBRARY = installed()
SUPPORT = LIBRARY.support_questions.questions
LIMIT = LIBRARY.limit_questions.questions
ALL = (*SUPPORT, *LIMIT)
TWENTY = tuple(f"Number {number}?" for number in range(20))


def questions(*asked: str) -> Questions:
    return Questions(sources=("A guide",), reviewed=False, questions=asked)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of the data that a test may damage."""
    return Path(shutil.copytree(str(files("data")), tmp_path / "data"))


def write(copied: Path, name: str, *asked: str, sources: str = '["A guide"]') -> None:
    listed = ",\n".join(f'"{question}"' for question in asked)
    text = f"sources = {sources}\nreviewed = false\nquestions = [\n{listed}\n]\n"
    (copied / "prompts" / f"{name}.toml").write_text(text, "utf-8")


def test_there_are_twenty_four_questions_of_each_kind() -> None:
    assert (len(SUPPORT), len(LIMIT)) == (24, 24)


def test_the_first_check_in_asks_what_would_help_and_the_second_what_you_stepped_back_from() -> None:
    assert LIBRARY.question(0) == SUPPORT[0]
    assert LIBRARY.question(1) == LIMIT[0]
    assert "easier" in LIBRARY.question(0)
    assert "step back" in LIBRARY.question(1)


def test_support_questions_and_limit_questions_take_turns() -> None:
    for number in range(4 * len(SUPPORT)):
        kind = LIMIT if number % 2 else SUPPORT
        assert LIBRARY.question(number) in kind


@pytest.mark.parametrize("more", [0, 3])
def test_no_question_comes_again_before_all_of_its_kind_were_asked(more: int) -> None:
    """This holds whether or not there are as many questions of one kind as of the other."""
    extra = tuple(f"One more, number {number}?" for number in range(more))
    library = replace(LIBRARY, limit_questions=questions(*LIMIT, *extra))
    for first, kind in enumerate((SUPPORT, (*LIMIT, *extra))):
        asked = [library.question(number) for number in range(first, 4 * len(kind), 2)]
        assert asked == [*kind, *kind]


def test_the_sources_are_credited_and_one_unreviewed_text_makes_the_library_unreviewed(copied: Path) -> None:
    sources = {*LIBRARY.support_questions.sources, *LIBRARY.limit_questions.sources, *LIBRARY.pair.sources}
    assert sources <= set(LIBRARY.sources())
    assert not LIBRARY.support_questions.reviewed
    for file in copied.rglob("*.toml"):
        file.write_text(file.read_text("utf-8").replace("reviewed = false", "reviewed = true"), "utf-8")
    library = Library.load(copied)
    assert library.reviewed
    for name in ("support_questions", "limit_questions", "pair"):
        assert not replace(library, **{name: getattr(LIBRARY, name)}).reviewed


@pytest.mark.parametrize("name", ["support", "limit"])
@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (TWENTY[1:], "19 questions, at least 20"),
        ((*TWENTY, ""), "1 to 160 characters, not 0"),
        ((*TWENTY, "   "), "1 to 160 characters, not 0"),
        ((*TWENTY, "?" * 161), "1 to 160 characters, not 161"),
        ((*TWENTY, TWENTY[3]), "two questions are the same"),
        ((*TWENTY, f" {TWENTY[3].upper()} "), "two questions are the same"),
    ],
)
def test_a_list_with_too_few_wrong_or_repeated_questions_is_refused(
    copied: Path, name: str, asked: tuple[str, ...], why: str
) -> None:
    write(copied, name, *asked)
    with pytest.raises(Unreadable, match=rf"prompts/{name}\.toml") as refused:
        Library.load(copied)
    assert why in str(refused.value)
    with pytest.raises(ValueError, match=why):
        questions(*asked)


def test_a_list_with_the_fewest_questions_and_the_longest_question_is_accepted(copied: Path) -> None:
    asked = (*TWENTY[1:], f"  {'?' * 160}  ")
    write(copied, "limit", *asked)
    assert Library.load(copied).limit_questions.questions == asked


def test_a_list_without_sources_is_refused(copied: Path) -> None:
    write(copied, "limit", *TWENTY, sources="[]")
    with pytest.raises(Unreadable, match=r"prompts/limit\.toml: .*its sources"):
        Library.load(copied)


def test_the_error_names_a_missing_list_with_its_folder(copied: Path) -> None:
    """Two folders have a `support.toml`, so the error must say in which of them it is missing."""
    (copied / "prompts" / "support.toml").unlink()
    with pytest.raises(Unreadable, match=r"^prompts/support\.toml is missing$"):
        Library.load(copied)


def test_an_unknown_key_is_refused(copied: Path) -> None:
    file = copied / "prompts" / "limit.toml"
    file.write_text(file.read_text("utf-8") + "\nkind = 1\n", "utf-8")
    with pytest.raises(Unreadable, match=r"prompts/limit\.toml: kind"):
        Library.load(copied)


@pytest.mark.parametrize("question", ALL)
def test_a_question_is_short_plain_and_asks_for_no_reason_and_no_name(question: str) -> None:
    assert question == question.strip()
    assert len(question) <= 160
    assert question.count("?") >= 1
    assert len(re.findall(r"[.?](?: |$)", question)) <= 2
    assert grade(question) <= 8
    assert re.search(r"\byou(r|rs|rself|'re|'d|'ve)?\b", question, re.IGNORECASE)
    assert not re.search(r"\b(why|who|whom|whose)\b|!", question, re.IGNORECASE)


def test_no_question_praises_blames_or_labels_anyone() -> None:
    heavy = re.compile(
        r"\b(slip\w*|relaps\w*|fail\w*|harm\w*|guilt\w*|shame\w*|blame\w*|trigger\w*|boundar\w*|toxic"
        r"|consent\w*|accountab\w*|well done|good job|great|kind of person|are you an?)\b",
        re.IGNORECASE,
    )
    assert [question for question in ALL if heavy.search(question)] == []


def test_no_question_asks_for_what_should_not_be_written_to_friends() -> None:
    """The note can be shared, so no question asks for what the checklist of `/ask` keeps from friends."""
    drawn_out = re.compile(
        r"\b(held back|pulled away|froze|said no|drunk|asleep|scared|sex\w*)\b", re.IGNORECASE
    )
    assert [question for question in ALL if drawn_out.search(question)] == []


def test_no_two_questions_share_more_than_half_of_their_words() -> None:
    def words(question: str) -> set[str]:
        return set(re.findall(r"[a-z']+", question.lower()))

    for one, other in combinations(ALL, 2):
        shared = words(one) & words(other)
        assert len(shared) <= len(words(one) | words(other)) / 2, (one, other)


def test_both_partners_read_what_a_pair_is_and_isnt_for_and_who_can_see_what() -> None:
    theirs, own = (LIBRARY.pair.before.body.split("\n\n"), LIBRARY.pair.before_own.body.split("\n\n"))
    assert theirs[1] == own[1]
    assert own[1].startswith("The other person can see an answer only if you share it.")
    assert "Whoever runs this bot could read your answers, if they set out to." in own[1]
    assert "I don't tell them when you miss one." in own[1]
    for text in (theirs[2], own[2]):
        assert text.startswith("Pairs aren't for couples or relatives, or for two people when one has hurt")


def test_only_the_person_who_is_asked_reads_about_no_thanks() -> None:
    """Whoever starts a pair chooses the partner. So the sentence about a no would make no sense to them."""
    assert "`No thanks`" in LIBRARY.pair.before.body
    assert "`No" not in LIBRARY.pair.before_own.body
    assert LIBRARY.pair.before_own.body.endswith("Choose somebody who could easily tell you no.")


def test_a_wish_to_talk_says_that_no_needs_no_reason_and_what_the_partner_sees() -> None:
    said = LIBRARY.pair.talk.filled(name="Ana").body
    assert said.startswith("Ana would like to talk about how it's going.")
    assert "you don't need a reason to say no" in said
    assert said.endswith("They only see which button you press.")


def test_the_card_says_that_not_being_sure_whether_somebody_was_hurt_counts_as_yes() -> None:
    said = LIBRARY.pair.hurt.body
    assert "If you're not sure, that counts as yes." in said
    assert "If you press yes, I store nothing and show you what you can do now." in said


def test_the_form_of_a_pair_says_who_reads_what_before_it_is_filled_in() -> None:
    form = LIBRARY.form(FormName.PAIR)
    assert form.title == "Your part of the pair"
    assert [field.label for field in form.fields] == [
        "What I'm working on",
        "What you might notice first",
        "What you can say to me then",
        "My time zone",
    ]
    assert "The other person will read your first three answers, and could copy them." in form.above
    assert "Please don't name real people" in form.above
    assert form.field("signs").description == (
        "What others can see in you before it goes wrong. Leave out things that happened."
    )
    assert "like Berlin or Auckland" in form.field("zone").description


def test_the_form_of_a_note_says_that_sharing_is_chosen_only_afterwards() -> None:
    form = LIBRARY.form(FormName.NOTE)
    assert (form.title, form.field("note").label) == ("A note", "A note")
    assert "Once you've sent it, you choose whether to share it." in form.above
    assert "Please don't name real people" in form.above
