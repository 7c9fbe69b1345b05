"""Drafts: everything that an asker does before `Send`."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from bot.asks.drafts import CONSENT
from bot.asks.eligibility import Around
from bot.asks.models import AskKind, AskState, AskText
from bot.asks.tables import asks
from bot.asks.wait import Wait
from bot.errors import DRAFTS_AT_MOST, AlreadyDone, NotYours, TooManyDrafts
from bot.ids import PersonId, ServerId
from bot.people.errors import UnderEighteen
from tests.unit.asks.fixtures import WORDS, Harness
from tests.unit.pods.fixtures import HERE, NOON, utc


async def chosen(harness: Harness, id: str) -> list[str]:
    """Return the names of the people who are picked."""
    preview = await harness.drafts.preview(await harness.person("Ana"), id, harness.now)
    names = dict(preview.people)
    return [names[one] for one in preview.ask.chosen]


async def test_beginning_again_finds_the_same_empty_draft(harness: Harness) -> None:
    first = await harness.begin()
    again = await harness.begin()
    assert again.ask.id == first.ask.id
    assert first.around is Around.SOMEONE
    assert not first.consented
    assert first.days == 7
    assert first.written is None


async def test_a_written_draft_that_was_not_sent_is_found_again(harness: Harness) -> None:
    id = await harness.draft("Ana")
    begun = await harness.begin()
    assert begun.written is not None
    assert begun.written.id == id
    assert begun.ask.id != id
    [(listed, until)] = await harness.drafts.written(await harness.person("Ana"))
    assert listed.id == id
    assert until == NOON + timedelta(days=7)


async def test_a_written_draft_shows_when_its_text_was_last_written(harness: Harness) -> None:
    await harness.begin()
    await harness.wait(hours=3)
    id = await harness.draft("Ana")
    written = (await harness.begin()).written
    assert written is not None
    assert written.made_at == NOON + timedelta(hours=3)
    await harness.wait(hours=2)
    await harness.drafts.rewrite(await harness.person("Ana"), id, AskKind.SAID, WORDS, harness.now)
    written = (await harness.begin()).written
    assert written is not None
    assert written.made_at == NOON + timedelta(hours=5)


async def test_beginning_says_whether_the_pod_is_empty_or_everybody_in_it_rests(harness: Harness) -> None:
    assert (await harness.begin("Gil")).around is Around.NOBODY
    await harness.rest("Ana")
    assert (await harness.begin("Bo")).around is Around.AWAY


async def test_consent_counts_only_for_the_version_that_was_agreed_to(harness: Harness) -> None:
    ana = await harness.person("Ana")
    begun = await harness.begin()
    await harness.drafts.agree(ana, begun.ask.id, 1, 7, harness.now)
    assert (await harness.begin()).consented
    assert not (await harness.drafts.begin(ana, HERE, 2, harness.now)).consented
    assert await harness.db.read(lambda tx: harness.preferences.consented(tx, ana, CONSENT, 1))


async def test_somebody_under_18_cannot_begin_write_or_send_an_ask(harness: Harness) -> None:
    ana, id = await harness.person("Ana"), await harness.draft("Ana", "Bo")
    await harness.preferences.say_minor(ana, harness.now)
    for refused in (
        harness.begin(),
        harness.drafts.agree(ana, id, 1, 7, harness.now),
        harness.drafts.write(ana, id, AskKind.SAID, WORDS, harness.now),
        harness.send("Ana", id),
    ):
        with pytest.raises(UnderEighteen):
            await refused


async def test_no_ask_can_be_begun_or_sent_in_a_server_for_minors(harness: Harness) -> None:
    id = await harness.draft("Ana", "Bo")
    await harness.servers.keep(replace(await harness.servers.settings(HERE), minors=True))
    for refused in (harness.begin(), harness.send("Ana", id)):
        with pytest.raises(UnderEighteen):
            await refused


# -- the message that a draft began with --------------------------------------------------------------


async def message(harness: Harness, id: str) -> str:
    return (await harness.drafts.open(await harness.person("Ana"), id, harness.now)).message


async def sealed(harness: Harness, id: str) -> bytes | None:
    return await harness.db.read(lambda tx: tx.scalar(select(asks.c.message).where(asks.c.id == id)))


async def test_the_message_that_a_draft_began_with_is_kept_sealed_for_an_hour(harness: Harness) -> None:
    id = (await harness.begin(message="you always do that")).ask.id
    assert await message(harness, id) == "you always do that"
    kept = await sealed(harness, id)
    assert kept is not None
    assert b"always" not in kept
    await harness.wait(minutes=59)
    assert await message(harness, id) == "you always do that"
    await harness.wait(minutes=1)
    assert await message(harness, id) == ""
    assert await sealed(harness, id) is None


async def test_when_the_asker_is_led_to_something_else_the_message_is_deleted_at_once(
    harness: Harness,
) -> None:
    id = (await harness.begin(message="you always do that")).ask.id
    await harness.drafts.lead_away(await harness.person("Ana"), id, harness.now)
    assert await sealed(harness, id) is None
    assert [kind for kind, _ in await harness.timers()] == ["asks.draft_ends"]


async def test_beginning_again_replaces_or_deletes_the_earlier_message(harness: Harness) -> None:
    id = (await harness.begin(message="first")).ask.id
    await harness.wait(minutes=30)
    assert (await harness.begin(message="second")).ask.id == id
    await harness.wait(minutes=59)
    assert await message(harness, id) == "second"
    assert (await harness.begin()).ask.id == id
    assert await message(harness, id) == ""


async def test_writing_the_text_deletes_the_message(harness: Harness) -> None:
    id = (await harness.begin(message="you always do that")).ask.id
    await harness.drafts.write(await harness.person("Ana"), id, AskKind.SAID, WORDS, harness.now)
    assert await sealed(harness, id) is None
    await harness.wait(hours=2)
    opened = await harness.drafts.open(await harness.person("Ana"), id, harness.now)
    assert (opened.words, opened.message) == (WORDS, "")


# -- the text ------------------------------------------------------------------------------------------


async def test_typed_text_is_kept_even_if_it_is_incomplete(harness: Harness) -> None:
    id = await harness.draft("Ana", words=AskText("only this", "  "))
    opened = await harness.drafts.open(await harness.person("Ana"), id, harness.now)
    assert opened.words == AskText("only this", "  ")
    await harness.drafts.rewrite(await harness.person("Ana"), id, AskKind.SAW, WORDS, harness.now)
    opened = await harness.drafts.open(await harness.person("Ana"), id, harness.now)
    assert (opened.words, opened.ask.kind) == (WORDS, AskKind.SAW)


async def test_two_forms_sent_from_one_card_are_two_drafts(harness: Harness) -> None:
    ana, id = await harness.person("Ana"), (await harness.begin()).ask.id
    first = await harness.drafts.write(ana, id, AskKind.SAID, WORDS, harness.now)
    second = await harness.drafts.write(ana, id, AskKind.SAW, AskText("another", "thing"), harness.now)
    assert second.ask.id != first.ask.id == id
    assert {one.id for one, _ in await harness.drafts.written(ana)} == {first.ask.id, second.ask.id}
    await harness.pick("Ana", id, "Bo")
    await harness.send("Ana", id)
    with pytest.raises(AlreadyDone):
        await harness.drafts.write(ana, id, AskKind.SAID, WORDS, harness.now)
    third = await harness.drafts.write(ana, id, AskKind.SAID, AskText("a third", "thing"), harness.now)
    assert third.words == AskText("a third", "thing")
    assert await harness.read_it(id, "Bo") == WORDS
    assert third.kept_until == NOON + timedelta(days=7)


async def test_sending_the_same_form_again_makes_no_second_draft(harness: Harness) -> None:
    ana, id = await harness.person("Ana"), (await harness.begin()).ask.id
    for _ in range(2):
        assert (await harness.drafts.write(ana, id, AskKind.SAID, WORDS, harness.now)).ask.id == id
    assert [one.id for one, _ in await harness.drafts.written(ana)] == [id]


async def test_a_draft_is_deleted_seven_days_after_it_was_last_written(harness: Harness) -> None:
    id = await harness.draft("Ana", "Bo")
    await harness.wait(days=3)
    preview = await harness.drafts.rewrite(await harness.person("Ana"), id, AskKind.SAID, WORDS, harness.now)
    assert preview.kept_until == NOON + timedelta(days=10)
    await harness.wait(days=6, hours=23)
    assert (await harness.begin()).written is not None
    empty = (await harness.begin()).ask.id
    await harness.wait(hours=1)
    assert (await harness.begin()).written is None
    await harness.drafts.discard(await harness.person("Ana"), empty, harness.now)
    assert await harness.nothing_left(id)


async def test_a_discarded_draft_is_deleted(harness: Harness) -> None:
    id = await harness.draft("Ana", "Bo")
    await harness.drafts.discard(await harness.person("Ana"), id, harness.now)
    assert await harness.nothing_left(id)
    with pytest.raises(NotYours):
        await harness.drafts.discard(await harness.person("Ana"), id, harness.now)


# -- whom to ask, and how long to wait -----------------------------------------------------------------


async def test_only_people_who_agreed_and_are_available_can_be_picked(harness: Harness) -> None:
    id = await harness.draft("Ana")
    preview = await harness.pick("Ana", id)
    assert sorted(name for _, name in preview.people) == ["Bo", "Cy", "Di", "Ed"]
    await harness.rest("Cy")
    await harness.preferences.say_minor(await harness.person("Di"), harness.now)
    await harness.leave("Ed")
    preview = await harness.pick("Ana", id, "Bo", "Cy", "Di", "Ed", "Ana", "Gil")
    assert [name for _, name in preview.people] == ["Bo"]
    assert await chosen(harness, id) == ["Bo"]


async def test_a_person_who_is_picked_twice_counts_once(harness: Harness) -> None:
    id = await harness.draft("Ana", "Bo", "Bo")
    assert await chosen(harness, id) == ["Bo"]


async def test_a_picked_person_who_rests_is_removed_and_stays_removed_after_the_rest(
    harness: Harness,
) -> None:
    id = await harness.draft("Ana", "Bo", "Cy")
    await harness.rest("Bo")
    assert await chosen(harness, id) == ["Cy"]
    await harness.preferences.rest(await harness.person("Bo"), None, harness.now)
    assert await chosen(harness, id) == ["Cy"]


async def test_the_wait_is_until_tonight_unless_the_asker_picks_another(harness: Harness) -> None:
    ana, id = await harness.person("Ana"), await harness.draft("Ana")
    assert (await harness.pick("Ana", id)).ends_at == utc(2026, 1, 7, 22)
    assert (await harness.drafts.wait(ana, id, Wait.NOON, harness.now)).ends_at == utc(2026, 1, 8, 12)
    assert (await harness.drafts.wait(ana, id, Wait.DAYS, harness.now)).ends_at == utc(2026, 1, 10, 22)


async def test_the_preview_does_not_reveal_anybodys_quiet_hours(harness: Harness) -> None:
    await harness.quiet("Bo", 21, 7)
    id = await harness.draft("Ana", "Cy")
    assert (await harness.pick("Ana", id, "Cy")).ends_at == utc(2026, 1, 7, 22)
    assert (await harness.pick("Ana", id, "Cy", "Bo")).ends_at == utc(2026, 1, 7, 22)


async def test_the_wait_is_computed_in_the_askers_time_zone(harness: Harness) -> None:
    id = await harness.draft("Ana", "Bo")
    assert not (await harness.pick("Ana", id)).zone_known
    await harness.preferences.live_in(await harness.person("Ana"), "Pacific/Auckland")
    preview = await harness.pick("Ana", id)
    assert preview.zone_known
    assert preview.ends_at == utc(2026, 1, 8, 9)


async def test_a_recent_ask_is_found_as_the_earlier_one_until_it_is_destroyed(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", wait=Wait.DAYS)
    second = await harness.draft("Ana", "Cy")
    earlier = (await harness.pick("Ana", second, "Cy")).earlier
    assert earlier is not None
    assert earlier.id == id
    await harness.answer(id, "Bo")
    await harness.wait(days=6)
    await harness.read(id)
    await harness.drafts.rewrite(await harness.person("Ana"), second, AskKind.SAID, WORDS, harness.now)
    await harness.wait(days=6)
    assert (await harness.pick("Ana", second, "Cy")).earlier is not None
    await harness.wait(hours=23)
    await harness.drafts.rewrite(await harness.person("Ana"), second, AskKind.SAID, WORDS, harness.now)
    await harness.wait(hours=2)
    assert (await harness.pick("Ana", second, "Cy")).earlier is None


async def test_a_closed_ask_without_an_answer_is_found_as_the_earlier_one_only_if_it_has_a_plan(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    draft = await harness.draft("Ana")
    assert await earlier(harness, draft) == id
    await harness.withdraw(id)
    assert await earlier(harness, draft) is None
    await harness.plans.write(await harness.person("Ana"), id, "Wait for an answer", harness.now)
    assert await earlier(harness, draft) == id


async def test_if_the_newest_ask_got_no_answer_an_older_ask_with_an_answer_is_found(harness: Harness) -> None:
    answered = await harness.ask("Ana", "Bo")
    await harness.answer(answered, "Bo")
    await harness.read(answered)
    await harness.wait(hours=1)
    await harness.withdraw(await harness.ask("Ana", "Cy"))
    assert await earlier(harness, await harness.draft("Ana")) == answered


async def earlier(harness: Harness, draft: str) -> str | None:
    """Return the id of the ask that the button `Same` would open, or None if there is none."""
    found = (await harness.pick("Ana", draft)).earlier
    return None if found is None else found.id


async def test_an_ask_older_than_two_weeks_is_not_found_as_the_earlier_one(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.answer(id, "Bo")
    await harness.wait_until((await harness.stored(id)).ends_at)
    await harness.longer(id)
    await harness.wait_until((await harness.stored(id)).ends_at)
    await harness.wait(days=6)
    assert (await harness.stored(id)).state is AskState.OPEN
    await harness.wait_until(NOON + timedelta(days=14))
    preview = await harness.pick("Ana", await harness.draft("Ana"))
    assert preview.earlier is not None
    await harness.wait(minutes=1)
    assert (await harness.pick("Ana", preview.ask.id)).earlier is None


# -- who may use a draft -------------------------------------------------------------------------------


def verbs(harness: Harness, by: PersonId, id: str) -> list[Callable[[], Awaitable[object]]]:
    """Return everything that can be done with a draft."""
    drafts, now = harness.drafts, harness.now
    return [
        lambda: drafts.agree(by, id, 1, 7, now),
        lambda: drafts.lead_away(by, id, now),
        lambda: drafts.open(by, id, now),
        lambda: drafts.rewrite(by, id, AskKind.SAID, WORDS, now),
        lambda: drafts.preview(by, id, now),
        lambda: drafts.pick(by, id, [], now),
        lambda: drafts.wait(by, id, Wait.NOON, now),
        lambda: drafts.discard(by, id, now),
    ]


async def test_only_the_asker_can_use_a_draft(harness: Harness) -> None:
    id = await harness.draft("Ana", "Bo")
    for whose, which in (("Bo", id), ("Ana", "no-such")):
        person = await harness.person(whose)
        for verb in verbs(harness, person, which):
            with pytest.raises(NotYours):
                await verb()
        for other in (
            harness.drafts.write(person, which, AskKind.SAID, WORDS, harness.now),
            harness.drafts.picked(person, which),
            harness.asks.send(person, which, harness.now),
        ):
            with pytest.raises(NotYours):
                await other


async def test_a_sent_ask_can_no_longer_be_used_as_a_draft(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    for verb in verbs(harness, await harness.person("Ana"), id):
        with pytest.raises(AlreadyDone):
            await verb()
    assert await harness.drafts.picked(await harness.person("Ana"), id) == (HERE, ())


# -- how many ----------------------------------------------------------------------------------------


async def many_drafts(harness: Harness) -> list[str]:
    """Write as many drafts as somebody can have. Return their ids."""
    return [await harness.draft("Ana") for _ in range(DRAFTS_AT_MOST)]


async def test_an_eleventh_draft_is_refused_before_anything_is_typed(harness: Harness) -> None:
    first, *_ = await many_drafts(harness)
    with pytest.raises(TooManyDrafts):
        await harness.begin()
    await harness.drafts.rewrite(await harness.person("Ana"), first, AskKind.SAID, WORDS, harness.now)
    assert (await harness.begin("Bo")).written is None
    await harness.drafts.discard(await harness.person("Ana"), first, harness.now)
    assert (await harness.begin()).written is not None


async def test_a_form_that_was_open_already_makes_no_eleventh_draft(harness: Harness) -> None:
    """The router shows what was typed with the refusal."""
    ana, begun = await harness.person("Ana"), (await harness.begin()).ask.id
    other = (await harness.drafts.begin(ana, ServerId(78), 1, harness.now)).ask.id
    await harness.drafts.write(ana, begun, AskKind.SAID, WORDS, harness.now)
    for _ in range(DRAFTS_AT_MOST - 1):
        written = await harness.draft("Ana")
    for id in (written, other):
        with pytest.raises(TooManyDrafts):
            await harness.drafts.write(ana, id, AskKind.SAID, replace(WORDS, what="another"), harness.now)
    assert len(await harness.drafts.written(ana)) == DRAFTS_AT_MOST
