"""Cards: everything fits, nothing is cut, and help is on each."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.ui.components import PAGE, Button, Card, Choice, Option, pages
from bot.ui.components import said as said_
from bot.ui.custom_id import CustomId, to
from bot.ui.rendering import ROOM, laid

SPOKEN = st.lists(
    st.tuples(st.sampled_from(["What I did", "What I'm asking"]), st.text(max_size=1200)), max_size=4
)


def parts(card: Card) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def walk(component: dict[str, Any]) -> None:
        found.append(component)
        for child in component.get("components", ()):
            walk(child)

    for component in laid(card).to_components():  # type: ignore[no-untyped-call] # discord.py leaves it so
        walk(component)
    return found


@given(SPOKEN)
def test_no_page_is_longer_than_a_message(spoken: list[tuple[str, str]]) -> None:
    for page in pages(spoken):
        assert sum(len(said.text) for said in page) <= PAGE
        shown = parts(Card("A title", "Ours", said=page, after="x" * 1200, small="small"))
        assert sum(len(part.get("content", "")) for part in shown) <= ROOM
        assert len(shown) <= 40


@given(
    st.lists(st.text(alphabet="\\a@*\u0300", max_size=9000), min_size=1, max_size=4), st.text(max_size=600)
)
def test_a_card_that_is_too_long_for_discord_is_cut_in_peoples_words(said: list[str], ours: str) -> None:
    card = Card("A title", ours, [said_("What I did", text) for text in said], small="small")
    contents = [part.get("content", "") for part in parts(card)]
    assert sum(map(len, contents)) <= ROOM
    assert not ours or any(ours.strip("\n") in text for text in contents)
    assert "-# small" in contents


def test_a_card_that_fits_stays_as_it_is() -> None:
    card = Card("A title", "Ours", [said_("What I did", "x" * 3900)])
    assert any("x" * 3900 in part.get("content", "") for part in parts(card))


@given(SPOKEN)
def test_every_letter_that_people_wrote_is_on_some_page(spoken: list[tuple[str, str]]) -> None:
    shown = "".join(said.text for page in pages(spoken) for said in page)
    assert all(letter in shown for _, text in spoken for letter in text if letter.isalnum())


def test_texts_full_of_formatting_marks_take_more_pages_and_lose_nothing() -> None:
    laid_out = pages(
        [("What I did", "*" * 1200), ("What they said", "_" * 800), ("What I'm asking", "`" * 500)]
    )
    assert len(laid_out) > 1
    text = "".join(said.text for page in laid_out for said in page)
    assert (text.count("*"), text.count("_"), text.count("`")) == (1200, 800, 500)


def test_support_is_the_last_button_of_every_card() -> None:
    five = [Button(str(n), to("a.b", str(n))) for n in range(5)]
    choice = Choice("Which?", to("a.c"), [Option("One", "1")])
    for rows in ((), (five,), (five[:2],), (choice,), (choice, five[:1])):
        buttons = [part for part in parts(Card("A title", rows=rows)) if part["type"] == 2]
        assert buttons[-1]["label"] == "Support"
        assert buttons[-1]["custom_id"] == "v1:support.open:"


def test_only_buttons_that_lead_to_help_carry_the_country() -> None:
    row = [
        Button("Should I check on them?", to("contact.open")),
        Button("Think it through", to("think.open")),
    ]
    known = Card("A title", rows=(row,)).within("nz")
    led = [part["custom_id"] for part in parts(known) if part["type"] == 2]
    assert led == ["v1:contact.open:nz", "v1:think.open:", "v1:support.open:nz"]
    assert parts(known.within(None)) == parts(Card("A title", rows=(row,)))


def test_close_follows_support_where_a_card_has_it() -> None:
    five = [Button(str(n), to("a.b", str(n))) for n in range(5)]
    for rows in ((), (five,), (five[:3],), (five[:4],)):
        shown = [part for part in parts(Card("A title", rows=rows, close=True)) if part["type"] == 2]
        assert [one["label"] for one in shown[-2:]] == ["Support", "Close"]
    alone = [part for part in parts(Card("A title", support=False, close=True)) if part["type"] == 2]
    assert [one["custom_id"] for one in alone] == ["v1:cards.close:"]


def test_a_card_can_be_made_without_the_support_button() -> None:
    assert not [part for part in parts(Card("A title", support=False)) if part["type"] == 2]


def test_a_custom_id_is_parsed_as_it_was_built() -> None:
    assert CustomId.read(to("asks.write", "abc_-1", "pushed")) == CustomId("asks.write", "abc_-1", "pushed")
    assert CustomId.read(to("support.open")) == CustomId("support.open")


def test_a_custom_id_that_is_not_ours_is_not_parsed() -> None:
    for custom_id in ("", "x", "v1", "v1:", "v1:asks:", "v2:asks.write:x", "asks.write:x", "v1:asks.write"):
        assert CustomId.read(custom_id) is None
