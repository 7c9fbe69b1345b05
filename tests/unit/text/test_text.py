"""What a reader sees of a text: nothing at all, one line, or the same as of another text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import all_storable, is_blank, look, one_line, storable

BLANK = [
    "",
    " \n\t\r",
    "\u00a0\u2003\u3000",
    "\u200b",
    "\u3164\u3164",
    "\u2800",
    "\u115f\u1160\uffa0",
    "\u200e\u200f\u202e\u2066\u2069",
    "\x00\x7f\x85",
    "\u00ad\ufeff\u2060",
    "\u0301\u0489",
    "\ufe0f\ufe0e\U000e0100",
    "\U000e0067\U000e0062\U000e007f",
    "\u034f\u17b5",
    "\u2065\ufff0",
    "\U0001d159",
    "\ud800",
]
VISIBLE = [
    "a",
    ".",
    "!?",
    "—",
    "🌿",
    "❤\ufe0f",
    "👩\u200d👧",
    "🏴\U000e0067\U000e0062\U000e007f",
    "דניאל",
    "ไ",
    "e\u0301",
    "\u3164Ana\u200b",
    "\U0001fae9",
]


@pytest.mark.parametrize("text", BLANK, ids=ascii)
def test_a_text_in_which_nothing_can_be_seen_is_blank(text: str) -> None:
    assert is_blank(text)
    assert one_line(text, 40) == ""


@pytest.mark.parametrize("text", [one for one in BLANK if "\u0301" not in one], ids=ascii)
def test_what_cannot_be_seen_does_not_change_the_look_of_a_text(text: str) -> None:
    assert look(f"Ana{text}") == look(f"{text}ana") == look("Ana")


@pytest.mark.parametrize("text", VISIBLE, ids=ascii)
def test_a_text_with_anything_to_see_is_not_blank(text: str) -> None:
    assert not is_blank(text)
    assert one_line(text, 40)


@given(st.text(), st.sampled_from(BLANK))
def test_blank_parts_do_not_make_a_text_blank_or_visible(text: str, blank: str) -> None:
    assert is_blank(text + blank) == is_blank(text) == is_blank(blank + text)


@pytest.mark.parametrize(
    "other",
    ["ANA", "\uff21na", "An\u200ba", "Ana\u3164", " Ana ", "\u2066Ana\u2069", "An\u00ada", "Ana\ufe0f"],
)
def test_texts_that_cannot_be_told_apart_look_the_same(other: str) -> None:
    assert look(other) == look("Ana")


@pytest.mark.parametrize("other", ["A na", "An\u00e1", "Ana.", "Ana 🌿", ""])
def test_texts_that_can_be_told_apart_look_different(other: str) -> None:
    assert look(other) != look("Ana")


def test_a_long_text_is_cut() -> None:
    assert one_line("x" * 50, 40) == "x" * 39 + "…"
    assert one_line("a\n b\u202e", 40) == "a b"


@given(st.text(alphabet=st.characters(codec=None)))
def test_what_is_storable_is_valid_utf_8_without_nul(text: str) -> None:
    kept = storable(text)

    assert b"\x00" not in kept.encode()
    assert storable(kept) == kept
    assert kept == "".join(one for one in text if one != "\x00" and not "\ud800" <= one <= "\udfff")


def test_every_text_in_decoded_json_becomes_storable() -> None:
    told = {"a\x00": ["\ud83d", {"b": "\x00\udc00c"}, 1, None, True], "d": "\U0001f600"}

    assert all_storable(told) == {"a": ["", {"b": "c"}, 1, None, True], "d": "\U0001f600"}
