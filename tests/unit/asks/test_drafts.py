"""Everything before `Send`."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.asks.drafts import CONSENT
from bot.asks.eligibility import Around
from bot.asks.models import AskKind, AskState, AskText
from bot.asks.tables import asks
from bot.asks.wait import Wait
from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId
from bot.people.models import UnderEighteen
from tests.unit.asks.fixtures import WORDS, Town, utc
from tests.unit.pods.fixtures import HERE, NOON


async def chosen(town: Town, id: str) -> list[str]:
    """The names of those picked."""
    preview = await town.drafts.preview(await town.person("Ana"), id, town.now)
    names = dict(preview.people)
    return [names[one] for one in preview.ask.chosen]


async def test_one_empty_draft_is_enough(town: Town) -> None:
    first = await town.begin()
    again = await town.begin()
    assert again.ask.id == first.ask.id
    assert first.around is Around.SOMEONE
    assert not first.consented
    assert first.days == 7
    assert first.written is None


async def test_what_was_written_and_not_sent_is_found_again(town: Town) -> None:
    id = await town.draft("Ana")
    begun = await town.begin()
    assert begun.written is not None
    assert begun.written.id == id
    assert begun.ask.id != id
    [(listed, until)] = await town.drafts.written(await town.person("Ana"))
    assert listed.id == id
    assert until == NOON + timedelta(days=7)


async def test_what_was_written_says_when_it_last_was_whatever_was_begun_before(town: Town) -> None:
    await town.begin()
    await town.wait(hours=3)
    id = await town.draft("Ana")
    written = (await town.begin()).written
    assert written is not None
    assert written.made_at == NOON + timedelta(hours=3)
    await town.wait(hours=2)
    await town.drafts.rewrite(await town.person("Ana"), id, AskKind.SAID, WORDS, town.now)
    written = (await town.begin()).written
    assert written is not None
    assert written.made_at == NOON + timedelta(hours=5)


async def test_with_an_empty_pod_it_says_so(town: Town) -> None:
    assert (await town.begin("Gil")).around is Around.NOBODY
    await town.rest("Ana")
    assert (await town.begin("Bo")).around is Around.AWAY


async def test_consent_is_kept_by_version(town: Town) -> None:
    ana = await town.person("Ana")
    begun = await town.begin()
    await town.drafts.agree(ana, begun.ask.id, 1, town.now)
    assert (await town.begin()).consented
    assert not (await town.drafts.begin(ana, HERE, 2, town.now)).consented
    assert await town.db.read(lambda tx: town.preferences.consented(tx, ana, CONSENT, 1))


async def test_whoever_is_under_18_begins_writes_and_sends_nothing(town: Town) -> None:
    ana, id = await town.person("Ana"), await town.draft("Ana", "Bo")
    await town.preferences.say_minor(ana, town.now)
    for refused in (
        town.begin(),
        town.drafts.agree(ana, id, 1, town.now),
        town.drafts.write(ana, id, AskKind.SAID, WORDS, town.now),
        town.send("Ana", id),
    ):
        with pytest.raises(UnderEighteen):
            await refused


async def test_a_server_for_the_young_has_no_asks(town: Town) -> None:
    id = await town.draft("Ana", "Bo")
    await town.servers.keep(replace(await town.servers.settings(HERE), minors=True))
    for refused in (town.begin(), town.send("Ana", id)):
        with pytest.raises(UnderEighteen):
            await refused


# -- the message it began with ------------------------------------------------------------------------


async def message(town: Town, id: str) -> str:
    return (await town.drafts.open(await town.person("Ana"), id, town.now)).message


async def sealed(town: Town, id: str) -> bytes | None:
    return await town.db.read(lambda tx: tx.scalar(select(asks.c.message).where(asks.c.id == id)))


async def test_a_message_is_kept_sealed_for_an_hour(town: Town) -> None:
    id = (await town.begin(message="you always do that")).ask.id
    assert await message(town, id) == "you always do that"
    kept = await sealed(town, id)
    assert kept is not None
    assert b"always" not in kept
    await town.wait(minutes=59)
    assert await message(town, id) == "you always do that"
    await town.wait(minutes=1)
    assert await message(town, id) == ""
    assert await sealed(town, id) is None


async def test_a_message_goes_at_once_where_it_is_led_elsewhere(town: Town) -> None:
    id = (await town.begin(message="you always do that")).ask.id
    await town.drafts.lead_away(await town.person("Ana"), id, town.now)
    assert await sealed(town, id) is None
    assert [kind for kind, _ in await town.alarms()] == ["asks.draft_ends"]


async def test_beginning_anew_leaves_the_message_behind(town: Town) -> None:
    id = (await town.begin(message="first")).ask.id
    await town.wait(minutes=30)
    assert (await town.begin(message="second")).ask.id == id
    await town.wait(minutes=59)
    assert await message(town, id) == "second"
    assert (await town.begin()).ask.id == id
    assert await message(town, id) == ""


async def test_writing_takes_the_place_of_the_message(town: Town) -> None:
    id = (await town.begin(message="you always do that")).ask.id
    await town.drafts.write(await town.person("Ana"), id, AskKind.SAID, WORDS, town.now)
    assert await sealed(town, id) is None
    await town.wait(hours=2)
    opened = await town.drafts.open(await town.person("Ana"), id, town.now)
    assert (opened.words, opened.message) == (WORDS, "")


# -- the words -----------------------------------------------------------------------------------------


async def test_what_was_typed_is_kept_whatever_is_wrong_with_it(town: Town) -> None:
    id = await town.draft("Ana", words=AskText("only this", "  "))
    opened = await town.drafts.open(await town.person("Ana"), id, town.now)
    assert opened.words == AskText("only this", "  ")
    await town.drafts.rewrite(await town.person("Ana"), id, AskKind.SAW, WORDS, town.now)
    opened = await town.drafts.open(await town.person("Ana"), id, town.now)
    assert (opened.words, opened.ask.kind) == (WORDS, AskKind.SAW)


async def test_two_forms_sent_from_one_card_are_two_drafts(town: Town) -> None:
    ana, id = await town.person("Ana"), (await town.begin()).ask.id
    first = await town.drafts.write(ana, id, AskKind.SAID, WORDS, town.now)
    second = await town.drafts.write(ana, id, AskKind.SAW, AskText("another", "thing"), town.now)
    assert second.ask.id != first.ask.id == id
    assert {one.id for one, _ in await town.drafts.written(ana)} == {first.ask.id, second.ask.id}
    await town.pick("Ana", id, "Bo")
    await town.send("Ana", id)
    with pytest.raises(AlreadyDone):
        await town.drafts.write(ana, id, AskKind.SAID, WORDS, town.now)
    third = await town.drafts.write(ana, id, AskKind.SAID, AskText("a third", "thing"), town.now)
    assert third.words == AskText("a third", "thing")
    assert await town.read_it(id, "Bo") == WORDS
    assert third.kept_until == NOON + timedelta(days=7)


async def test_the_same_form_sent_again_finds_its_draft(town: Town) -> None:
    ana, id = await town.person("Ana"), (await town.begin()).ask.id
    for _ in range(2):
        assert (await town.drafts.write(ana, id, AskKind.SAID, WORDS, town.now)).ask.id == id
    assert [one.id for one, _ in await town.drafts.written(ana)] == [id]


async def test_a_draft_goes_seven_days_after_it_was_last_written(town: Town) -> None:
    id = await town.draft("Ana", "Bo")
    await town.wait(days=3)
    preview = await town.drafts.rewrite(await town.person("Ana"), id, AskKind.SAID, WORDS, town.now)
    assert preview.kept_until == NOON + timedelta(days=10)
    await town.wait(days=6, hours=23)
    assert (await town.begin()).written is not None
    empty = (await town.begin()).ask.id
    await town.wait(hours=1)
    assert (await town.begin()).written is None
    await town.drafts.discard(await town.person("Ana"), empty, town.now)
    assert await town.nothing_left(id)


async def test_discarded_is_gone(town: Town) -> None:
    id = await town.draft("Ana", "Bo")
    await town.drafts.discard(await town.person("Ana"), id, town.now)
    assert await town.nothing_left(id)
    with pytest.raises(NotYours):
        await town.drafts.discard(await town.person("Ana"), id, town.now)


# -- whom, and how long --------------------------------------------------------------------------------


async def test_those_can_be_asked_who_agreed_to_it(town: Town) -> None:
    id = await town.draft("Ana")
    preview = await town.pick("Ana", id)
    assert sorted(name for _, name in preview.people) == ["Bo", "Cy", "Di", "Ed"]
    await town.rest("Cy")
    await town.preferences.say_minor(await town.person("Di"), town.now)
    await town.leave("Ed")
    preview = await town.pick("Ana", id, "Bo", "Cy", "Di", "Ed", "Ana", "Gil")
    assert [name for _, name in preview.people] == ["Bo"]
    assert await chosen(town, id) == ["Bo"]


async def test_one_person_is_picked_once(town: Town) -> None:
    id = await town.draft("Ana", "Bo", "Bo")
    assert await chosen(town, id) == ["Bo"]


async def test_whoever_can_no_longer_be_asked_is_picked_no_more(town: Town) -> None:
    id = await town.draft("Ana", "Bo", "Cy")
    await town.rest("Bo")
    assert await chosen(town, id) == ["Cy"]
    await town.preferences.rest(await town.person("Bo"), None, town.now)
    assert await chosen(town, id) == ["Cy"]


async def test_tonight_is_preselected_and_the_others_are_a_press_away(town: Town) -> None:
    ana, id = await town.person("Ana"), await town.draft("Ana")
    assert (await town.pick("Ana", id)).ends_at == utc(2026, 1, 7, 22)
    assert (await town.drafts.wait(ana, id, Wait.NOON, town.now)).ends_at == utc(2026, 1, 8, 12)
    assert (await town.drafts.wait(ana, id, Wait.DAYS, town.now)).ends_at == utc(2026, 1, 10, 22)


async def test_nobodys_quiet_hours_can_be_read_from_the_preview(town: Town) -> None:
    await town.quiet("Bo", 21, 7)
    id = await town.draft("Ana", "Cy")
    assert (await town.pick("Ana", id, "Cy")).ends_at == utc(2026, 1, 7, 22)
    assert (await town.pick("Ana", id, "Cy", "Bo")).ends_at == utc(2026, 1, 7, 22)


async def test_the_wait_goes_by_the_askers_zone(town: Town) -> None:
    id = await town.draft("Ana", "Bo")
    assert not (await town.pick("Ana", id)).zone_known
    await town.preferences.live_in(await town.person("Ana"), "Pacific/Auckland")
    preview = await town.pick("Ana", id)
    assert preview.zone_known
    assert preview.ends_at == utc(2026, 1, 8, 9)


async def test_what_was_asked_not_long_ago_is_found_while_it_is_kept(town: Town) -> None:
    id = await town.ask("Ana", "Bo", wait=Wait.DAYS)
    second = await town.draft("Ana", "Cy")
    earlier = (await town.pick("Ana", second, "Cy")).earlier
    assert earlier is not None
    assert earlier.id == id
    await town.answer(id, "Bo")
    await town.wait(days=6)
    await town.read(id)
    await town.drafts.rewrite(await town.person("Ana"), second, AskKind.SAID, WORDS, town.now)
    await town.wait(days=6)
    assert (await town.pick("Ana", second, "Cy")).earlier is not None
    await town.wait(hours=23)
    await town.drafts.rewrite(await town.person("Ana"), second, AskKind.SAID, WORDS, town.now)
    await town.wait(hours=2)
    assert (await town.pick("Ana", second, "Cy")).earlier is None


async def test_what_has_closed_with_nothing_to_open_is_not_the_same(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    draft = await town.draft("Ana")
    assert await earlier(town, draft) == id
    await town.withdraw(id)
    assert await earlier(town, draft) is None
    await town.plans.write(await town.person("Ana"), id, "Wait for an answer", town.now)
    assert await earlier(town, draft) == id


async def test_behind_what_left_nothing_an_older_one_with_an_answer_is_found(town: Town) -> None:
    answered = await town.ask("Ana", "Bo")
    await town.answer(answered, "Bo")
    await town.read(answered)
    await town.wait(hours=1)
    await town.withdraw(await town.ask("Ana", "Cy"))
    assert await earlier(town, await town.draft("Ana")) == answered


async def earlier(town: Town, draft: str) -> str | None:
    """The ask that `Same` would open."""
    found = (await town.pick("Ana", draft)).earlier
    return None if found is None else found.id


async def test_after_two_weeks_nobody_is_asked_whether_it_is_the_same(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await town.answer(id, "Bo")
    await town.wait_until((await town.stored(id)).ends_at)
    await town.longer(id)
    await town.wait_until((await town.stored(id)).ends_at)
    await town.wait(days=6)
    assert (await town.stored(id)).state is AskState.OPEN
    await town.wait_until(NOON + timedelta(days=14))
    preview = await town.pick("Ana", await town.draft("Ana"))
    assert preview.earlier is not None
    await town.wait(minutes=1)
    assert (await town.pick("Ana", preview.ask.id)).earlier is None


# -- whose ---------------------------------------------------------------------------------------------


def verbs(town: Town, by: PersonId, id: str) -> list[Callable[[], Awaitable[object]]]:
    """Everything that can be done with a draft."""
    drafts, now = town.drafts, town.now
    return [
        lambda: drafts.agree(by, id, 1, now),
        lambda: drafts.lead_away(by, id, now),
        lambda: drafts.open(by, id, now),
        lambda: drafts.rewrite(by, id, AskKind.SAID, WORDS, now),
        lambda: drafts.preview(by, id, now),
        lambda: drafts.pick(by, id, [], now),
        lambda: drafts.wait(by, id, Wait.NOON, now),
        lambda: drafts.discard(by, id, now),
    ]


async def test_a_draft_is_nobody_elses(town: Town) -> None:
    id = await town.draft("Ana", "Bo")
    for whose, which in (("Bo", id), ("Ana", "no-such")):
        person = await town.person(whose)
        for verb in verbs(town, person, which):
            with pytest.raises(NotYours):
                await verb()
        for other in (
            town.drafts.write(person, which, AskKind.SAID, WORDS, town.now),
            town.drafts.picked(person, which),
            town.asks.send(person, which, town.now),
        ):
            with pytest.raises(NotYours):
                await other


async def test_what_was_sent_is_a_draft_no_more(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    for verb in verbs(town, await town.person("Ana"), id):
        with pytest.raises(AlreadyDone):
            await verb()
    assert await town.drafts.picked(await town.person("Ana"), id) == (HERE, ())
