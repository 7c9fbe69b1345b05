"""Packs of norms: each fits its place, is said plainly, and is about what people do."""

import re
import shutil
from collections.abc import Callable
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import pytest
from msgspec.structs import astuple, replace

from bot.content.library import Library, Unreadable, installed
from bot.content.packs import Pack, PackNorm
from tests.unit.content.test_texts import grade

LIBRARY = installed()
NORMS = {f"{pack.code}: {norm.title}": norm for pack in LIBRARY.packs.values() for norm in pack.norms}
JARGON = re.compile(
    r"\b(respect\w*|be kind|toxic\w*|safe space|boundar\w*|consent\w*|accountab\w*|trigger\w*|problematic"
    r"|inappropriate\w*|harass\w*|abus\w*|zero tolerance|inclusive|(we|you|all) must|should never)\b",
    re.IGNORECASE,
)
FITTING = PackNorm("A title", "We ask first.", "It is easier.", '"Tea?" "No."', "When do we?")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of the data that a test may damage."""
    return Path(shutil.copytree(str(files("data")), tmp_path / "data"))


def pack(*norms: PackNorm) -> Pack:
    return Pack(
        sources=("A guide",), reviewed=False, code="choir", title="A choir", about="For singers.", norms=norms
    )


def six() -> list[PackNorm]:
    return [replace(FITTING, title=f"Title {number}") for number in range(6)]


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z']+", text.lower()))


def test_the_packs_are_listed_from_the_closest_group_to_the_widest() -> None:
    assert list(LIBRARY.packs) == ["friends", "parties", "gaming", "society", "house", "team"]
    assert [one.code for one in LIBRARY.packs.values()] == list(LIBRARY.packs)


def test_the_packs_are_not_yet_reviewed_and_their_sources_are_credited() -> None:
    for one in LIBRARY.packs.values():
        assert set(one.sources) <= set(LIBRARY.sources())
        assert not one.reviewed


@pytest.mark.parametrize("one", LIBRARY.packs.values(), ids=list(LIBRARY.packs))
def test_a_pack_says_for_whom_it_is_and_has_six_to_ten_norms(one: Pack) -> None:
    assert 6 <= len(one.norms) <= 10
    assert re.fullmatch(r"For [^.?]+\.", one.about)
    assert len(one.about) <= 200
    assert len(one.title) <= 50


@pytest.mark.parametrize("norm", NORMS.values(), ids=list(NORMS))
def test_a_norm_is_one_plain_sentence_that_fits(norm: PackNorm) -> None:
    assert len(norm.norm) <= 300
    assert re.fullmatch(r"[A-Z][^.?]+\.(\")?", norm.norm)
    assert len(norm.title) <= 50
    assert not norm.title.endswith(".")
    assert max(len(norm.why), len(norm.kept)) <= 400
    assert len(norm.question) <= 200
    assert norm.question.endswith("?")
    assert len("\n\n".join(astuple(norm))) < 1_500


@pytest.mark.parametrize("norm", NORMS.values(), ids=list(NORMS))
def test_a_norm_is_easy_to_read(norm: PackNorm) -> None:
    assert grade("\n".join(astuple(norm))) <= 8


def test_a_norm_uses_no_jargon() -> None:
    assert {
        name: found[0] for name, norm in NORMS.items() if (found := JARGON.search(" ".join(astuple(norm))))
    } == {}


def test_no_two_norms_share_a_title_or_more_than_half_of_their_words() -> None:
    assert len({norm.title.casefold() for norm in NORMS.values()}) == len(NORMS)
    for one, other in combinations(NORMS.values(), 2):
        shared = words(one.norm) & words(other.norm)
        assert len(shared) <= len(words(one.norm) | words(other.norm)) / 2, (one.norm, other.norm)


def test_every_pack_says_that_it_can_be_anyone() -> None:
    for one in LIBRARY.packs.values():
        said = " ".join(text for norm in one.norms for text in astuple(norm))
        assert re.search(r"\bit can be any(one| of us)\b", said, re.IGNORECASE), one.code


def test_no_norm_promises_a_way_back_and_the_person_who_was_hurt_may_say_no_for_good() -> None:
    promised = re.compile(r"\b(way back|welcome back|second chance|forgiv\w+|drunker)\b", re.IGNORECASE)
    texts = {name: " ".join(astuple(norm)) for name, norm in NORMS.items()}

    assert [name for name, text in texts.items() if promised.search(text)] == []
    for name in (
        "friends: If one of us has hurt another",
        "society: Before anyone gets a role back",
        "team: If we sent somebody off",
    ):
        assert "say no for good" in texts[name]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda norm: replace(norm, title="t" * 51), "the title has 51 characters, at most 50 fit"),
        (lambda norm: replace(norm, norm="n" * 301), "the norm has 301 characters, at most 300 fit"),
        (lambda norm: replace(norm, why="w" * 401), "why has 401 characters, at most 400 fit"),
        (
            lambda norm: replace(norm, kept="k" * 401),
            "keeping it looks like has 401 characters, at most 400 fit",
        ),
        (lambda norm: replace(norm, question="q" * 201), "the question has 201 characters, at most 200 fit"),
        (lambda norm: replace(norm, norm=" "), "the norm is empty"),
        (lambda norm: replace(norm, kept=""), "what keeping it looks like is empty"),
    ],
)
def test_a_norm_with_an_empty_or_too_long_text_is_refused(
    spoil: Callable[[PackNorm], PackNorm], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        spoil(FITTING)


def test_norms_of_the_greatest_length_and_a_pack_of_ten_norms_are_accepted() -> None:
    norm = PackNorm("t" * 50, "n" * 300, "w" * 400, "k" * 400, "q" * 200)
    assert len(pack(norm, *six()).norms) == 7
    assert len(pack(norm, *six(), *(replace(norm, title=name) for name in "abc")).norms) == 10


@pytest.mark.parametrize("count", [0, 5, 11])
def test_a_pack_with_fewer_than_six_or_more_than_ten_norms_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match=f"six to ten norms, not {count}"):
        pack(*(replace(FITTING, title=f"Title {number}") for number in range(count)))


def test_a_pack_in_which_two_norms_have_the_same_title_is_refused() -> None:
    with pytest.raises(ValueError, match="two norms have the same title"):
        pack(*six(), replace(FITTING, title="TITLE 3"))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('code = "house"', 'code = "home"', r"^norms/house\.toml: its code is 'home'$"),
        ('title = "A shared house"', 'title = "' + "A house " * 7 + '"', "title has 56 characters"),
        ('about = "', 'about = "' + "For people " * 20, "for whom it is has"),
        ('title = "Doors"', 'name = "Doors"', r"norms/house\.toml: norms\.0\."),
        ('title = "Doors"', 'title = ""', r"norms/house\.toml: norms\.0: .*the title is empty"),
        ("reviewed = false", "", r"norms/house\.toml: reviewed"),
        ("reviewed = false", "reviewed = false\nrules = 9", r"norms/house\.toml: rules"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(
    copied: Path, old: str, new: str, why: str
) -> None:
    file = copied / "norms" / "house.toml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(Unreadable, match=why):
        Library.load(copied)


def test_the_error_names_a_missing_pack(copied: Path) -> None:
    (copied / "norms" / "team.toml").unlink()
    with pytest.raises(Unreadable, match=r"^norms/team\.toml is missing$"):
        Library.load(copied)


def test_a_pack_without_sources_is_refused(copied: Path) -> None:
    file = copied / "norms" / "team.toml"
    text = re.sub(r"sources = \[.*?\n\]", "sources = []", file.read_text("utf-8"), flags=re.DOTALL)
    file.write_text(text, "utf-8")
    with pytest.raises(Unreadable, match=r"norms/team\.toml: .*its sources"):
        Library.load(copied)
