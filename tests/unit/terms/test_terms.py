"""What somebody keeps: one text, sealed, for a year."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.errors import AlreadyDone
from bot.ids import PersonId
from bot.people.errors import UnderEighteen
from bot.people.models import FOREVER
from bot.terms.errors import AlreadyKept, CarryingClosed, NothingKept, TermsUnwritten
from bot.terms.models import Carrying, Outcome, TermsText, Want
from bot.terms.notifications import AGREED, CHANGED, ENDED
from tests.unit.pods.fixtures import HERE, NOON
from tests.unit.terms.fixtures import OTHER, TEXT, Harness

YEAR = 365


async def test_what_is_kept_can_be_read_by_its_author_and_by_nobody_else(harness: Harness) -> None:
    view = await harness.keep("ana")
    assert (await harness.home("ana")).text == view.text == TEXT
    with pytest.raises(NothingKept):
        await harness.home("bo")
    assert not await harness.terms.any_kept(await harness.person("bo"))


async def test_it_is_sealed_in_the_file(harness: Harness) -> None:
    await harness.keep("ana")
    [row] = await harness.db.read(lambda tx: tx.all(text("SELECT * FROM terms")))
    assert not [cell for cell in row if isinstance(cell, bytes) and b"movie" in cell]
    assert "movie" not in str([cell for cell in row if not isinstance(cell, bytes)])
    assert Want.CONTACT not in str(row)


@pytest.mark.parametrize("blank", [TermsText(), TermsText.of([], " \n ")])
async def test_nothing_at_all_is_not_kept(harness: Harness, blank: TermsText) -> None:
    with pytest.raises(TermsUnwritten):
        await harness.keep("ana", blank)
    await harness.keep("ana")
    with pytest.raises(TermsUnwritten):
        await harness.change("ana", blank)
    assert (await harness.home("ana")).text == TEXT


async def test_a_choice_without_words_is_enough_and_so_are_words_without_a_choice(harness: Harness) -> None:
    for name, kept in (("ana", TermsText.of([Want.CONTACT], "")), ("bo", TermsText.of([], "Distance."))):
        assert (await harness.keep(name, kept)).text == kept


async def test_keeping_the_same_text_a_second_time_changes_nothing(harness: Harness) -> None:
    first = await harness.keep("ana")
    harness.now += timedelta(minutes=1)
    assert await harness.keep("ana") == first
    assert len(await harness.timers()) == 1


async def test_another_text_takes_the_place_of_the_first_only_if_they_say_so(harness: Harness) -> None:
    id = await harness.let_read()
    with pytest.raises(AlreadyKept):
        await harness.keep("ana", OTHER)
    assert (await harness.home("ana")).text == TEXT
    view = await harness.keep("ana", OTHER, instead=True)
    assert (view.text, view.asked) == (OTHER, None)
    with pytest.raises(CarryingClosed):
        await harness.read("bo", id)


async def test_it_is_deleted_with_its_key_a_year_after_it_was_last_written(harness: Harness) -> None:
    await harness.keep("ana")
    await harness.wait(days=100)
    await harness.change("ana")
    await harness.wait(days=YEAR - 1)
    assert (await harness.home("ana")).text == OTHER
    await harness.wait(days=1)
    with pytest.raises(NothingKept):
        await harness.home("ana")
    assert await harness.timers() == set()
    keys = await harness.db.read(
        lambda tx: tx.all(text("SELECT 1 FROM data_keys WHERE \"case\" LIKE 'terms%'"))
    )
    assert keys == []


async def test_after_a_year_whoever_carries_it_sees_it_taken_back(harness: Harness) -> None:
    id = await harness.let_read()
    await harness.wait(days=YEAR)
    assert await harness.kinds("bo") == [ENDED]
    with pytest.raises(CarryingClosed):
        await harness.read("bo", id)


async def test_deleting_it_takes_it_back_and_a_second_time_changes_nothing(harness: Harness) -> None:
    id = await harness.let_read()
    for _ in range(2):
        await harness.terms.remove(await harness.person("ana"), harness.now)
    with pytest.raises(NothingKept):
        await harness.home("ana")
    with pytest.raises(CarryingClosed):
        await harness.read("bo", id)
    assert await harness.kinds("bo") == [ENDED]


async def test_an_earlier_writing_cannot_be_opened_with_the_key_of_the_next(harness: Harness) -> None:
    await harness.keep("ana")
    [before] = await harness.db.read(
        lambda tx: tx.all(text("SELECT wrapped FROM data_keys WHERE \"case\" LIKE 'terms%'"))
    )
    await harness.change("ana")
    [after] = await harness.db.read(
        lambda tx: tx.all(text("SELECT wrapped FROM data_keys WHERE \"case\" LIKE 'terms%'"))
    )
    assert before != after


async def test_people_under_18_keep_nothing_and_what_they_kept_goes_when_they_say_so(
    harness: Harness,
) -> None:
    await harness.preferences.say_minor(await harness.person("cy"), harness.now)
    with pytest.raises(UnderEighteen):
        await harness.keep("cy")
    id = await harness.let_read()
    await harness.preferences.say_minor(await harness.person("ana"), harness.now)
    with pytest.raises(NothingKept):
        await harness.home("ana")
    with pytest.raises(CarryingClosed):
        await harness.read("bo", id)


async def test_it_belongs_to_no_server(harness: Harness) -> None:
    """It stays after its author has left, and after the server has removed the bot."""
    await harness.keep("ana")
    ana = await harness.person("ana")
    await harness.people.leave(ana, HERE, harness.now)
    assert (await harness.terms.show(ana, harness.now)).text == TEXT
    await harness.servers.left(HERE, harness.now)
    await harness.wait(days=31)
    assert (await harness.terms.show(ana, harness.now)).text == TEXT


async def test_a_rest_changes_nothing(harness: Harness) -> None:
    id = await harness.let_read()
    for name in ("ana", "bo"):
        await harness.preferences.rest(await harness.person(name), FOREVER, harness.now)
    assert (await harness.home("ana")).let
    assert (await harness.read("bo", id)).text == TEXT


async def test_a_message_about_how_it_went_comes_only_if_they_ask_for_it(harness: Harness) -> None:
    id = await harness.let_read()
    await harness.say("bo", id, Outcome.KEPT)
    assert await harness.kinds("ana") == []
    assert (await harness.home("ana")).asked is not None
    ana = await harness.person("ana")
    assert (await harness.terms.tell_me(ana, harness.now, tells=True)).own.tells
    await harness.say("bo", id, Outcome.PARTLY)
    assert await harness.kinds("ana") == ["terms.came"]
    assert await harness.came("ana", id) is Outcome.PARTLY
    assert await harness.kinds("ana") == []


async def test_changing_it_takes_the_text_from_the_carrier_who_is_told_that_it_changed(
    harness: Harness,
) -> None:
    id = await harness.let_read()
    view = await harness.change("ana")
    assert (view.let, view.let_before) == (False, True)
    assert await harness.kinds("bo") == [CHANGED]
    read = await harness.read("bo", id)
    assert (read.text.blank, read.carrying.stale) == (True, True)
    assert await harness.kinds("bo") == []
    await harness.let("ana", id)
    assert (await harness.read("bo", id)).text == OTHER


async def test_a_change_of_what_the_carrier_was_not_told_of_tells_them_nothing(harness: Harness) -> None:
    id = await harness.let_read(read=False)
    await harness.change("ana")
    assert await harness.kinds("bo") == []
    read = await harness.read("bo", id)
    assert (read.text.blank, read.carrying.stale) == (True, False)


async def test_writing_the_same_again_takes_nothing_from_the_carrier(harness: Harness) -> None:
    id = await harness.let_read()
    assert (await harness.change("ana", TEXT)).let
    assert (await harness.read("bo", id)).text == TEXT


async def test_a_yes_is_told_once_and_seeing_it_is_enough(harness: Harness) -> None:
    id = await harness.agreed(told=False)
    assert await harness.kinds("ana") == [AGREED]
    view = await harness.home("ana")
    assert view.asked is not None
    assert view.asked.carrying.id == id
    assert await harness.kinds("ana") == []


def test_what_was_chosen_has_one_order() -> None:
    text = TermsText.of([Want.OTHERS, Want.CONTACT, Want.OTHERS], "")
    assert text.wants == (Want.CONTACT, Want.OTHERS)
    assert text == TermsText.of([Want.CONTACT, Want.OTHERS], " \n")


def test_what_was_never_agreed_to_can_neither_be_let_nor_ended() -> None:
    ana, bo = PersonId("ana"), PersonId("bo")
    open = Carrying("id", HERE, ana, bo, NOON, NOON)
    with pytest.raises(AlreadyDone):
        open.let_read(1, given=True)
    with pytest.raises(AlreadyDone):
        open.says(Outcome.NOT, NOON, passes=True)
    with pytest.raises(AlreadyDone):
        open.ended(NOON, shows=True)
    with pytest.raises(AlreadyDone):
        open.accepted().accepted()
