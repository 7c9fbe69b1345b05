"""What people typed is shown as they typed it, without formatting, links or mentions."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui import plain

TEXTS = st.text(max_size=600)
RISKY = st.text(alphabet="*_~`|<>[]()#@:/\\-+1. \n\u202e\u2066a&", max_size=400)


@pytest.mark.parametrize(
    "typed",
    [
        "@everyone",
        "@here",
        "<@123>",
        "<@!123>",
        "<@&123>",
        "<#123>",
        "<t:1700000000:R>",
        "</ask:123>",
        "https://example.org/x",
        "[click](https://example.org)",
        "**bold** __under__ ~~gone~~ ||hidden||",
        "`code` ```block```",
        "# big\n-# small\n> quote\n- item\n+ item\n1. one\n12) twelve",
    ],
)
def test_nothing_in_an_escaped_text_is_a_mention_a_link_or_formatting(typed: str) -> None:
    shown = plain.escaped(typed)
    assert "@everyone" not in shown
    assert "@here" not in shown
    assert "://" not in shown
    assert not re.search(r"(?<!\\)[<>\[\]()*_~`|#]", shown)
    assert not re.search(r"^\s*(?:[-+]|\d+[.)])", shown, re.MULTILINE)


@given(RISKY | TEXTS)
def test_every_formatting_mark_is_escaped(typed: str) -> None:
    shown = plain.escaped(typed)
    unescaped = re.sub(r"\\.", "", shown, flags=re.DOTALL)
    assert not re.search(r"[<>\[\]()*_~`|#\\]", unescaped)


@given(RISKY | TEXTS)
def test_the_length_of_an_escaped_text_is_known_without_escaping_it(typed: str) -> None:
    assert plain.length(typed) == len(plain.escaped(typed))


@given(RISKY | TEXTS)
def test_no_mark_of_text_direction_is_left(typed: str) -> None:
    assert not set(plain.escaped(typed)) & {chr(code) for code in range(0x202A, 0x202F)}


@given(RISKY | TEXTS, st.integers(min_value=20, max_value=200))
def test_a_text_that_is_split_into_pieces_keeps_every_word(typed: str, room: int) -> None:
    pieces = plain.split(typed, room)
    assert all(len(piece) <= room for piece in pieces)
    whole = "".join(plain.escaped(typed).split())
    assert "".join("".join(pieces).split()).replace("\\", "") == whole.replace("\\", "")


def test_a_name_cannot_break_its_line_or_change_the_text_direction() -> None:
    assert plain.option("Ana\u202e\n\x00 Maria", "A server") == "Ana Maria"
    assert plain.option("x" * 300, "A server").endswith("…")
    assert len(plain.option("x" * 300, "A server")) == 40
    assert plain.name("דניאל*", "A server") == "\u2068דניאל\\*\u2069"


@given(st.text(alphabet=st.sampled_from(["`", "\n", "a", "@", "<", "'", " "]), max_size=40))
def test_what_is_typed_cannot_end_the_block_in_which_it_is_shown(text: str) -> None:
    shown = plain.block(text)
    assert shown.count("```") == 2
    assert shown.startswith("```\n")
    assert shown.endswith("\n```")
