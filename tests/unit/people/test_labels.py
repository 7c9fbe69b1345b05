"""Labels: what people are called, and how two of one name are told apart."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ids import PersonId, ServerId
from bot.people.labels import LONGEST, Name, in_full, labels
from bot.people.models import DiscordUser
from bot.text import is_blank, look
from bot.ui import labels as shown
from bot.ui.components import Card
from bot.ui.rendering import laid
from cogs.pod import cards as pod_cards
from tests.database_file import open_file
from tests.unit.pods.fixtures import HERE, Harness

ELSEWHERE = ServerId(78)
ONE, TWO, THREE = PersonId("one"), PersonId("two"), PersonId("three")
INVISIBLE = [
    "",
    "\u3164",
    "\u200b",
    "\u2800",
    "\u202e\u2066",
    "\x00",
    "   ",
    "\u0301",
    "\ufe0f",
    "\U000e0067",
]
NAMES = st.text(alphabet=st.sampled_from("aA@() .…\u3164\u200b\u2800א🌿_*"), max_size=50)


def called(names: Mapping[PersonId, Name]) -> list[str]:
    return list(labels(names).values())


def test_only_names_that_look_the_same_have_the_username() -> None:
    assert called({ONE: Name("Ana", "ana.k"), TWO: Name("Bo", "bo")}) == ["Ana", "Bo"]
    found = called({ONE: Name("Ana", "ana.k"), TWO: Name("ana\u200b", "other"), THREE: Name("Bo", "bo")})
    assert found == ["Ana (@ana.k)", "ana\u200b (@other)", "Bo"]


def test_long_names_that_are_cut_to_the_same_beginning_are_told_apart() -> None:
    one, two = called({ONE: Name("x" * 60 + "1", "one"), TWO: Name("x" * 60 + "2", "two")})
    assert one.endswith("… (@one)")
    assert two.endswith("… (@two)")
    assert len(one) <= LONGEST


def test_somebody_in_view_elsewhere_is_told_apart_too_but_not_from_themselves() -> None:
    ana = {ONE: Name("Ana", "ana.k")}
    assert labels(ana, [(TWO, Name("Ana", "other"))]) == {ONE: "Ana (@ana.k)"}
    assert labels(ana, [(ONE, Name("Ana", "ana.k"))]) == {ONE: "Ana"}


@pytest.mark.parametrize("invisible", INVISIBLE, ids=ascii)
def test_an_invisible_name_becomes_the_username_or_one_sentence(invisible: str) -> None:
    assert called({ONE: Name(invisible, "ana.k")}) == ["@ana.k"]
    assert called({ONE: Name(invisible)}) == [""]
    assert shown.option("") == shown.option(invisible) == "Someone whose name is gone"
    assert shown.name("") == shown.within(invisible) == shown.cell(invisible) == "someone whose name is gone"
    assert shown.name_first(invisible) == "Someone whose name is gone"


@pytest.mark.parametrize("visible", ["🌿", "...", "דניאל", "!", "👩‍👩‍👧", "Ana @ work", "<@1>"])
def test_a_name_of_anything_visible_stays(visible: str) -> None:
    assert called({ONE: Name(visible, "ana.k")}) == [visible]


@pytest.mark.parametrize("imitated", ["Ana (@ana.k)", "Ana \uff08\uff20ana.k)", "@ana.k", "\u200b@ana.k"])
def test_a_name_that_imitates_a_label_shows_its_own_username(imitated: str) -> None:
    names = {ONE: Name("Ana", "ana.k"), TWO: Name("Ana", "other"), THREE: Name(imitated, "eve")}
    assert called(names)[2].endswith("(@eve)")


@given(st.lists(NAMES, min_size=2, max_size=6))
def test_no_two_labels_look_the_same_and_none_is_empty_or_long(texts: list[str]) -> None:
    names = {PersonId(str(place)): Name(text, f"user{place}") for place, text in enumerate(texts)}
    found = called(names)
    assert len({look(one) for one in found}) == len(texts)
    assert not any(is_blank(one) for one in found)
    assert all(len(one) <= LONGEST for one in found)


def test_the_longest_username_leaves_room_for_the_name() -> None:
    full = in_full(Name("Ana Maria " * 5, "u" * 32))
    assert full.startswith("Ana Maria")
    assert full.endswith(f"(@{'u' * 32})")
    assert len(full) == LONGEST


# -- where they are stored ------------------------------------------------------------------------------


async def test_a_changed_username_is_kept_and_the_same_one_writes_nothing(harness: Harness) -> None:
    ana = await harness.people.meet(DiscordUser(5, "Ana", HERE, "ana.k"), harness.now)
    revision = await written(harness)
    await harness.people.meet(DiscordUser(5, "Ana", HERE, "ana.k"), harness.now)
    assert await written(harness) == revision
    await harness.people.name_checked(ana, DiscordUser(5, "Ana", HERE, "ana.k"), harness.now)
    assert await written(harness) == revision
    await harness.people.name_checked(ana, DiscordUser(5, "Ana", HERE, "ana.new"), harness.now)
    found = await harness.db.read(lambda tx: harness.people.labels_in_full(tx, HERE, [ana]))
    assert found == {ana: "Ana (@ana.new)"}


async def written(harness: Harness) -> int:
    with open_file(harness.path) as file:
        [(revision,)] = file.execute("SELECT revision FROM names").fetchall()
    file.close()
    return int(revision)


async def test_two_friends_of_one_name_are_told_apart_on_every_screen(harness: Harness) -> None:
    """A label is the same in lists and alone, in every server where the reader has to do with the other."""
    me = await harness.person("me")
    first, second = await befriended(harness, 11, "a.one"), await befriended(harness, 12, "a.two")
    pod = await harness.pod("me")
    assert {pod.names[first], pod.names[second]} == {"Ana (@a.one)", "Ana (@a.two)"}
    assert await harness.people.called(me, HERE, first, None) == "Ana (@a.one)"
    stranger = await harness.person("stranger")
    assert await harness.people.called(stranger, HERE, first, None) == "Ana"
    options = [option["label"] for option in selects(pod_cards.change(pod))]
    assert sorted(options) == ["Ana (@a.one)", "Ana (@a.two)"]


async def test_a_name_alike_on_another_server_is_told_apart_too(harness: Harness) -> None:
    me = await harness.person("me")
    first = await befriended(harness, 11, "a.one")
    await harness.people.meet(DiscordUser(harness.accounts["me"], "me", ELSEWHERE), harness.now)
    other = DiscordUser(12, "Ana", ELSEWHERE, "a.two")
    await harness.pods.invitations.invite(me, ELSEWHERE, other, harness.now)
    assert await harness.people.called(me, HERE, first, None) == "Ana (@a.one)"


async def test_nobody_learns_from_a_label_whom_others_have_to_do_with(harness: Harness) -> None:
    """Somebody could call themselves like another, to see whether Plumbline knows that person."""
    me = await harness.person("me")
    first = await befriended(harness, 11, "a.one")
    dee = await harness.person("dee")
    await harness.boundaries.add(dee, DiscordUser(12, "Ana", HERE, "a.two"), harness.now)
    await harness.people.meet(DiscordUser(13, "Ana", HERE, "a.three"), harness.now)
    assert await harness.people.called(me, HERE, first, None) == "Ana"


async def test_a_proposal_that_a_boundary_withholds_changes_no_label(harness: Harness) -> None:
    me = await harness.person("me")
    first = await befriended(harness, 11, "a.one")
    ana = await harness.people.meet(DiscordUser(12, "Ana", HERE, "a.two"), harness.now)
    await harness.boundaries.add(me, DiscordUser(12, "Ana", HERE, "a.two"), harness.now)
    await harness.pods.invitations.invite(ana, HERE, harness.discord_user("me"), harness.now)
    assert await harness.people.called(me, HERE, first, None) == "Ana"


async def test_a_row_of_before_has_no_username_until_discord_was_asked(harness: Harness) -> None:
    me = await harness.person("me")
    first, second = await befriended(harness, 11, ""), await befriended(harness, 12, "a.two")
    assert await harness.people.called(me, HERE, first, None) == "Ana"
    assert await harness.people.called(me, HERE, second, None) == "Ana (@a.two)"
    user = DiscordUser(11, "Ana", HERE, "a.one")
    await harness.people.meet(user, harness.now)
    assert await harness.people.called(me, HERE, first, None) == "Ana"
    await harness.people.name_checked(first, user, harness.now)
    assert await harness.people.called(me, HERE, first, None) == "Ana (@a.one)"


async def befriended(harness: Harness, account: int, username: str) -> PersonId:
    """Let somebody who is called Ana agree to be asked by "me"."""
    user = DiscordUser(account, "Ana", HERE, username)
    person = await harness.people.meet(user, harness.now)
    sent = await harness.pods.invitations.invite(await harness.person("me"), HERE, user, harness.now)
    await harness.pods.invitations.accept(person, sent.id, harness.now)
    return person


def selects(card: Card) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for component in laid(card).to_components():  # type: ignore[no-untyped-call] # discord.py leaves it so
        for row in component.get("components", ()):
            for part in row.get("components", ()):
                found += part.get("options", ())
    return found
