"""The day after a night: how it was, thanks, the card that is kept, and what is deleted."""

from datetime import timedelta
from pathlib import Path

import pytest
from simcord import MemberActor
from sqlalchemy import select

from bot.demo.client.client import DemoClient
from bot.nights.tables import night_members
from bot.storage.sweeping import Sweep
from cogs.help import strings as help_words
from cogs.night import strings
from tests.database_file import KEYS, decrypted
from tests.discord.going_out import CARD, apart, day_after, home_by, newest, option, out, planned, told, views

OVER = "That night is over"
NOT_YOURS = help_words.NOT_YOURS_TITLE
READY = "Something is waiting for you."


async def slept(demo: DemoClient, *names: str) -> list[MemberActor]:
    """Let a night pass in which Ana has a card and these friends looked out for her."""
    people = await out(demo, *names)
    await (await option(demo, people[0], "card")).submit(CARD)
    await day_after(demo)
    return people


async def test_at_noon_each_is_asked_once_how_it_was(demo: DemoClient) -> None:
    ana, bo = await slept(demo, "bo")
    for one in (ana, bo):
        assert told(demo, one)[-1] == READY
        card = await newest(demo, one)
        assert "How was the night?" in card
        assert "I tell nobody what you press." in card
        assert card.buttons == [strings.WAS_FINE, strings.HURT, strings.MORE, "Support"]
        await demo.settle()
        assert told(demo, one)[-1] == "This is closed.", "opening it is enough"
    assert "How was the night?" in await demo.slash(ana, "night"), "it is found again"


async def test_somebody_of_whom_nothing_was_heard_reads_that(demo: DemoClient) -> None:
    ana, _ = await out(demo, "bo")
    await home_by(demo, ana, "02:00")
    await day_after(demo)
    assert "I didn't hear whether you got home" in await newest(demo, ana)


async def test_it_was_fine_leads_to_thanks_once(demo: DemoClient) -> None:
    ana, bo, cy = await slept(demo, "bo", "cy")
    card = await newest(demo, ana)
    await demo.restart()
    fine = await card.press(strings.WAS_FINE)
    assert "Good to hear." in fine
    assert fine.buttons == [strings.THANKS, strings.SHOW_CARD, "Support"]
    for shown in await fine.press_twice(strings.THANKS):
        assert strings.THANKED in shown
        assert strings.THANKS not in shown.buttons
    await demo.skip(minutes=3)
    for one in (bo, cy):
        assert told(demo, one).count(READY) >= 1
        assert "Ana says thanks" in await newest(demo, one)
    assert strings.THANKS not in (await (await demo.slash(ana, "night")).press(strings.WAS_FINE)).buttons


async def test_whoever_had_nobody_thanks_nobody(demo: DemoClient) -> None:
    _, bo = await slept(demo, "bo")
    assert strings.THANKS not in (await (await newest(demo, bo)).press(strings.WAS_FINE)).buttons


async def test_something_happened_leads_to_i_was_hurt(demo: DemoClient) -> None:
    ana, _ = await slept(demo, "bo")
    shown = await (await newest(demo, ana)).press(strings.HURT)
    assert "What you might want now" in shown.buttons


async def test_more_leads_to_thinking_it_through_and_to_another_night(demo: DemoClient) -> None:
    ana, _ = await slept(demo, "bo")
    more = await (await newest(demo, ana)).press(strings.MORE)
    assert more.buttons == [strings.OFF, strings.THANKS, strings.SHOW_CARD, strings.PLAN, "Support"]
    assert strings.PLAN_TITLE in await more.press(strings.PLAN)
    more = await (await demo.slash(ana, "night")).press(strings.MORE)
    assert "1 of" in await more.press(strings.OFF)


async def test_thanks_are_withheld_by_a_boundary_and_look_the_same(demo: DemoClient) -> None:
    ana, bo = await slept(demo, "bo")
    fine = await (await newest(demo, ana)).press(strings.WAS_FINE)
    await apart(demo, bo, ana)
    before = told(demo, bo)
    assert strings.THANKED in await fine.press(strings.THANKS)
    await demo.skip(minutes=3)
    assert told(demo, bo) == before


async def test_before_noon_thanks_are_not_said_to_be_sent(demo: DemoClient) -> None:
    ana, bo = await out(demo, "bo")
    member = (await views(demo, ana))[0].member.id
    before = told(demo, bo)
    shown = await demo.forge(ana, f"v1:nights.thanks:{member}")
    assert strings.THANKED not in shown
    await demo.skip(minutes=3)
    assert told(demo, bo) == before


async def test_a_card_is_kept_and_the_next_one_begins_with_it(demo: DemoClient) -> None:
    ana, _ = await slept(demo, "bo")
    mine = await (await (await newest(demo, ana)).press(strings.WAS_FINE)).press(strings.SHOW_CARD)
    for words in CARD.values():
        assert words in mine
    for kept in await mine.press_twice(strings.KEEP):
        assert strings.KEPT in kept
        assert CARD["limit"] in kept
    await day_after(demo)
    first = await demo.slash(ana, "night")
    assert first.buttons == [strings.PLAN, strings.KEPT_CARD, "Support"]
    await planned(demo, ana)
    form = await option(demo, ana, "card")
    assert {key: form.form[key].value for key in CARD} == CARD
    assert strings.HAS_CARD in await form.submit({})


async def test_a_kept_card_is_deleted_and_is_nobody_elses(demo: DemoClient) -> None:
    ana, bo = await slept(demo, "bo")
    mine = await (await (await newest(demo, ana)).press(strings.WAS_FINE)).press(strings.SHOW_CARD)
    await mine.press(strings.KEEP)
    assert "beers" not in await demo.forge(bo, "v1:nights.kept:")
    assert strings.KEPT_NONE in await demo.forge(bo, "v1:nights.kept:")
    await demo.forge(bo, "v1:nights.forget:")
    await day_after(demo)
    kept = await (await demo.slash(ana, "night")).press(strings.KEPT_CARD)
    assert CARD["limit"] in kept
    for gone in await kept.press_twice(strings.DELETE_KEPT):
        assert strings.KEPT_DELETED in gone
    assert (await gone.press(strings.BACK)).buttons == [strings.PLAN, "Support"]


async def test_an_empty_card_is_not_kept(demo: DemoClient) -> None:
    _, bo = await slept(demo, "bo")
    mine = await (await (await newest(demo, bo)).press(strings.WAS_FINE)).press(strings.SHOW_CARD)
    assert strings.NO_CARD in mine
    assert strings.KEEP not in mine.buttons
    member = (await views(demo, bo))[0].member.id
    assert strings.KEPT not in await demo.forge(bo, f"v1:nights.keep:{member}")


async def test_a_day_after_the_night_nothing_of_it_is_left(demo: DemoClient) -> None:
    ana, _ = await slept(demo, "bo")
    card = await newest(demo, ana)
    await day_after(demo)
    assert await views(demo, ana) == []
    assert OVER in await card.press(strings.WAS_FINE)
    assert (await demo.slash(ana, "night")).buttons == [strings.PLAN, "Support"]


@pytest.mark.parametrize("word", ["", "x", "fine.x"])
async def test_words_that_the_question_does_not_have_are_refused(demo: DemoClient, word: str) -> None:
    ana, _ = await slept(demo, "bo")
    member = (await views(demo, ana))[0].member.id
    assert NOT_YOURS in await demo.forge(ana, f"v1:nights.noon:{member}.{word}")


async def test_with_closed_dms_the_question_waits_in_the_inbox(demo: DemoClient) -> None:
    ana, _ = await out(demo, "bo")
    demo.close_dms(ana)
    await day_after(demo)
    entry = await demo.slash(ana, "inbox")
    assert strings.ASKED_NOON in entry


async def test_a_day_after_its_end_nothing_of_a_night_is_in_the_file_the_journal_or_the_log(
    demo: DemoClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the words nor their sealed bytes, also not in free pages, and nothing that names the night."""
    await slept(demo, "bo")
    db = demo.bot.db
    rows = await db.read(lambda tx: tx.all(select(night_members.c.id, night_members.c.content)))
    sealed = [row.content for row in rows if row.content is not None]
    assert sealed
    assert any(one in held for held in _held(db.path).values() for one in sealed), "the search works"

    await demo.skip(hours=40)
    await Sweep(db).run_due(demo.now + timedelta(days=1))

    held = {**_held(db.path), "log": caplog.text.encode()}
    secrets = [*sealed, *(text.encode() for text in CARD.values()), *(row.id.encode() for row in rows)]
    assert not [(name, one) for name, content in held.items() for one in secrets if one in content]


def _held(path: Path) -> dict[str, bytes]:
    """Return the database's files as they are without the encryption of the file."""
    files = {one.name: one.read_bytes() for one in path.parent.glob(f"{path.name}*")}
    return decrypted(files, path.parent / KEYS)
