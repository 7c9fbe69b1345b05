"""Before a pair runs: what the one who starts does, and the one who is asked. Nothing is sent about it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import AlreadyDone, NotYours
from bot.pairs.errors import (
    AlreadyPaired,
    NoPartner,
    OwnBoundary,
    PairClosed,
    PairUnwritten,
    TooManyPairs,
    Yourself,
    ZoneUnknown,
)
from bot.pairs.models import MOST, PairState, PairText
from bot.pairs.schedule import Cadence, PairSchedule
from bot.pairs.tables import sides
from bot.people.models import UnderEighteen
from tests.unit.pairs.fixtures import BERLIN, HERE, SUNDAYS, Town, words_of


async def test_it_waits_with_the_partner_and_nothing_is_sent(town: Town) -> None:
    bo = await town.person("Bo")
    id = await town.propose("Ana", "Bo")
    assert await town.waiting("Bo") == [(id, "proposed")]
    assert await town.waiting("Ana") == [(id, "proposed")]
    assert await town.standing() == []
    drafted = await town.pairs.proposals.draft(bo, id)
    assert (drafted.name, drafted.mine, drafted.pair.schedule) == ("Ana", False, SUNDAYS)
    assert drafted.words == PairText()


async def test_once_both_have_sent_theirs_it_runs_and_the_one_who_began_is_told(town: Town) -> None:
    id = await town.propose("Ana", "Bo")
    assert {kind for kind, _ in await town.alarms()} == {"pairs.lapse"}
    pair = await town.accept("Bo", id, "America/New_York")
    assert pair.state is PairState.RUNNING
    assert {kind for kind, _ in await town.alarms()} == {"pairs.ask"}
    assert await town.kinds("Ana") == ["begun"]
    assert await town.kinds("Bo") == []
    ana, bo = await town.view("Ana", id), await town.view("Bo", id)
    assert (ana.name, ana.mine, ana.theirs) == ("Bo", words_of("Ana"), words_of("Bo"))
    assert (bo.name, bo.mine, bo.theirs) == ("Ana", words_of("Bo"), words_of("Ana"))


async def test_what_one_wrote_is_not_shown_before_both_have(town: Town) -> None:
    id = await town.propose("Ana", "Bo")
    bo = await town.person("Bo")
    assert (await town.pairs.proposals.draft(bo, id)).words == PairText()
    with pytest.raises(NotYours):
        await town.view("Bo", id)


async def test_whoever_never_came_finds_it_when_they_do(town: Town) -> None:
    id = await town.propose("Ana", "Bo")
    pair = await town.stored(id)
    assert pair is not None
    assert pair.partner is not None
    assert await town.people.address(pair.partner) is None
    assert await town.person("Bo") == pair.partner
    assert await town.waiting("Bo") == [(id, "proposed")]


async def test_a_draft_can_be_begun_without_a_partner_and_changed(town: Town) -> None:
    ana = await town.person("Ana")
    id = (await town.begin("Ana", None)).pair.id
    await town.write("Ana", id)
    with pytest.raises(NoPartner) as refused:
        await town.send("Ana", id)
    assert refused.value.pair == id
    drafted = await town.pairs.proposals.pick(ana, id, town.passer("Bo"))
    assert (drafted.name, drafted.mine, drafted.words) == ("Bo", True, words_of("Ana"))
    monthly = PairSchedule(Cadence.MONTHLY, 3, 9 * 60, 30)
    assert (await town.pairs.proposals.choose(ana, id, monthly)).pair.schedule == monthly
    assert (await town.pairs.proposals.pick(ana, id, town.passer("Cy"))).name == "Cy"
    sent = await town.send("Ana", id)
    assert (sent.state, sent.schedule, sent.partner) == (PairState.PROPOSED, monthly, await town.person("Cy"))
    for late in (
        town.pairs.proposals.pick(ana, id, town.passer("Bo")),
        town.pairs.proposals.choose(ana, id, monthly),
        town.send("Ana", id),
        town.write("Ana", id),
    ):
        with pytest.raises(AlreadyDone):
            await late


async def test_its_form_opens_with_the_aim_and_the_zone_that_it_began_with(town: Town) -> None:
    ana = await town.person("Ana")
    begun = await town.pairs.proposals.begin(
        ana, HERE, SUNDAYS, None, town.now, aim="leave by midnight", zone="Asia/Kathmandu"
    )
    assert begun.words == PairText("leave by midnight", zone="Asia/Kathmandu")
    await town.preferences.live_in(ana, BERLIN)
    assert (await town.begin("Ana", "Bo")).words == PairText(zone=BERLIN)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (PairText("an aim", "  \n", "words", "Berlin"), PairUnwritten),
        (PairText("", "signs", "words", "Berlin"), PairUnwritten),
        (PairText("an aim", "signs", "\t", "Berlin"), PairUnwritten),
        (PairText("an aim", "signs", "words", "Berlim"), ZoneUnknown),
        (PairText("an aim", "signs", "words", ""), ZoneUnknown),
    ],
)
async def test_what_is_missing_is_refused_and_all_that_was_typed_is_kept(
    town: Town, words: PairText, refusal: type[PairUnwritten | ZoneUnknown]
) -> None:
    bo = await town.person("Bo")
    waits = await town.propose("Ana", "Bo")
    own = (await town.begin("Bo", "Cy")).pair.id
    for id in (waits, own):
        await town.write("Bo", id, words, "Europe/Berlin" if words.zone == "Berlin" else words.zone)
        for _ in range(2):
            with pytest.raises((PairUnwritten, ZoneUnknown)) as refused:
                await town.send("Bo", id)
            assert (type(refused.value), refused.value.args) == (refusal, (id,))
        # Where none was typed, the form opens with the zone that they have set.
        zone = words.zone or (await town.preferences.of(bo)).zone or ""
        assert (await town.pairs.proposals.draft(bo, id)).words == replace(words, zone=zone)
        await town.write("Bo", id)
        await town.send("Bo", id)
    assert (await town.view("Bo", waits)).mine == words_of("Bo")


async def test_a_zone_that_was_typed_is_kept_for_whoever_has_set_none(town: Town) -> None:
    await town.preferences.live_in(await town.person("Bo"), "Pacific/Auckland")
    await town.pair("Ana", "Bo", zones=("Asia/Kathmandu", BERLIN))
    assert (await town.preferences.of(await town.person("Ana"))).zone == "Asia/Kathmandu"
    assert (await town.preferences.of(await town.person("Bo"))).zone == "Pacific/Auckland"


async def test_a_draft_goes_after_seven_days_without_a_word(town: Town) -> None:
    id = (await town.begin("Ana", "Bo")).pair.id
    await town.write("Ana", id)
    await town.wait(days=7, seconds=-1)
    assert await town.keys(id)
    await town.wait(seconds=1)
    assert await town.count() == (0, 0, 0, 0, 0)
    assert await town.alarms() == {}
    assert await town.standing() == []


async def test_a_draft_is_shown_to_nobody_else(town: Town) -> None:
    bo = await town.person("Bo")
    id = (await town.begin("Ana", "Bo")).pair.id
    await town.write("Ana", id)
    assert await town.waiting("Bo") == []
    assert await town.waiting("Ana") == []
    for verb in (
        town.pairs.proposals.draft(bo, id),
        town.pairs.proposals.pick(bo, id, town.passer("Cy")),
        town.pairs.proposals.choose(bo, id, SUNDAYS),
        town.write("Bo", id),
        town.send("Bo", id),
        town.pairs.proposals.take_back(bo, id, town.now),
        town.decline("Bo", id),
    ):
        with pytest.raises(NotYours):
            await verb


async def test_what_somebody_wrote_and_did_not_send_is_found_again(town: Town) -> None:
    ana = await town.person("Ana")
    id = (await town.begin("Ana", "Bo")).pair.id
    assert await town.pairs.queries.drafts(ana) == []
    await town.write("Ana", id, PairText("half a form"))
    assert [pair.id for pair in await town.pairs.queries.drafts(ana)] == [id]
    assert await town.pairs.queries.drafts(await town.person("Bo")) == []
    await town.write("Ana", id)
    await town.send("Ana", id)
    assert await town.pairs.queries.drafts(ana) == []


async def test_nobody_answers_or_takes_back_what_is_not_theirs(town: Town) -> None:
    id = await town.propose("Ana", "Bo")
    cy = await town.person("Cy")
    for verb in (
        town.pairs.proposals.draft(cy, id),
        town.write("Cy", id),
        town.send("Cy", id),
        town.pairs.proposals.take_back(cy, id, town.now),
        town.decline("Cy", id),
        town.pairs.proposals.take_back(await town.person("Bo"), id, town.now),
        town.pairs.proposals.draft(cy, "nothing"),
    ):
        with pytest.raises(NotYours):
            await verb
    with pytest.raises(AlreadyDone):
        await town.decline("Ana", id)


# -- whatever becomes of it, its starter sees one thing -------------------------------------------------

Meanwhile = Callable[[Town, str], Awaitable[object]]


async def nothing(town: Town, id: str) -> None:
    return


async def looked_and_wrote(town: Town, id: str) -> None:
    await town.write("Bo", id, PairText("half a form"))


async def declined(town: Town, id: str) -> None:
    await town.decline("Bo", id)


async def boundary(town: Town, id: str) -> None:
    await town.apart("Bo", "Ana")


async def left(town: Town, id: str) -> None:
    await town.leave("Bo")


async def said_minor(town: Town, id: str) -> None:
    await town.preferences.say_minor(await town.person("Bo"), town.now)


async def erased(town: Town, id: str) -> None:
    await town.erase("Bo")


@pytest.mark.parametrize("became", [nothing, looked_and_wrote, declined, boundary, left, said_minor, erased])
async def test_it_lapses_after_fourteen_days_and_its_starter_is_told_the_same(
    town: Town, became: Meanwhile
) -> None:
    await town.person("Bo")
    id = await town.propose("Ana", "Bo")
    await town.wait(days=1)
    await became(town, id)
    await town.wait(days=13, seconds=-1)
    assert await town.waiting("Ana") == [(id, "proposed")]
    assert await town.kinds("Ana") == []
    await town.wait(seconds=1)
    assert await town.waiting("Ana") == []
    [line] = await town.standing()
    ana = await town.person("Ana")
    assert (line.person, line.kind, line.subject, line.other) == (ana, "pairs.lapsed", id, None)
    assert await town.keys(id) == set()
    assert await town.sealed(sides, "words") == []
    await town.wait(days=90)
    assert await town.count() == (0, 0, 0, 0, 0)
    assert [kind for kind, _ in await town.alarms()] == []


async def test_after_it_lapsed_it_cannot_be_agreed_to(town: Town) -> None:
    id = await town.propose("Ana", "Bo")
    bo = await town.person("Bo")
    await town.write("Bo", id)
    await town.wait(days=14)
    for verb in (town.pairs.proposals.draft(bo, id), town.write("Bo", id), town.send("Bo", id)):
        with pytest.raises(PairClosed):
            await verb
    with pytest.raises(PairClosed):
        await town.decline("Bo", id)


async def test_a_no_looks_like_no_answer_and_what_was_typed_for_it_is_gone(town: Town) -> None:
    id = await town.propose("Ana", "Bo")
    before = await town.waiting("Ana")
    await town.write("Bo", id)
    await town.decline("Bo", id)
    assert await town.waiting("Ana") == before
    assert await town.waiting("Bo") == []
    assert await town.standing() == []
    assert await town.keys(id) == {f"{await town.person('Ana')} "}
    for _ in range(2):
        with pytest.raises(PairClosed):
            await town.decline("Bo", id)
    with pytest.raises(PairClosed):
        await town.send("Bo", id)


async def test_a_second_proposal_within_ninety_days_looks_the_same_and_goes_nowhere(town: Town) -> None:
    id = await town.propose("Ana", "Bo")
    await town.decline("Bo", id)
    await town.wait(days=20)
    again = await town.propose("Ana", "Bo")
    assert await town.waiting("Ana") == [(again, "proposed")]
    assert await town.waiting("Bo") == []
    with pytest.raises(PairClosed):
        await town.pairs.proposals.draft(await town.person("Bo"), again)
    await town.wait(days=14)
    assert [line.subject for line in await town.lines("Ana")] == [again, id]
    assert await town.kinds("Ana") == ["lapsed", "lapsed"]
    await town.wait(days=56)
    third = await town.propose("Ana", "Bo")
    assert await town.waiting("Bo") == [(third, "proposed")]


async def test_one_that_was_taken_back_counts_among_the_ninety_days(town: Town) -> None:
    ana = await town.person("Ana")
    id = await town.propose("Ana", "Bo")
    taken = await town.pairs.proposals.take_back(ana, id, town.now)
    assert taken.asked_at is not None
    assert await town.waiting("Ana") == await town.waiting("Bo") == []
    assert await town.standing() == []
    assert await town.keys(id) == set()
    with pytest.raises(PairClosed):
        await town.send("Bo", id)
    again = await town.propose("Ana", "Bo")
    assert await town.waiting("Ana") == [(again, "proposed")]
    assert await town.waiting("Bo") == []
    await town.pairs.proposals.take_back(ana, again, town.now)
    await town.wait(days=90)
    assert await town.waiting("Bo") == []
    assert await town.kinds("Ana") == []
    third = await town.propose("Ana", "Bo")
    assert await town.waiting("Bo") == [(third, "proposed")]


async def test_nothing_is_left_of_a_draft_that_is_discarded(town: Town) -> None:
    id = (await town.begin("Ana", "Bo")).pair.id
    await town.write("Ana", id)
    taken = await town.pairs.proposals.take_back(await town.person("Ana"), id, town.now)
    assert taken.asked_at is None
    assert await town.count() == (0, 0, 0, 0, 0)
    assert await town.alarms() == {}
    with pytest.raises(NotYours):
        await town.pairs.proposals.take_back(await town.person("Ana"), id, town.now)


async def test_what_runs_is_not_taken_back_from_an_old_card(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    with pytest.raises(AlreadyDone):
        await town.pairs.proposals.take_back(await town.person("Ana"), id, town.now)
    assert (await town.view("Bo", id)).pair.state is PairState.RUNNING


async def test_whoever_takes_it_back_after_it_was_declined_learns_nothing(town: Town) -> None:
    id = await town.propose("Ana", "Bo")
    await town.decline("Bo", id)
    await town.pairs.proposals.take_back(await town.person("Ana"), id, town.now)
    assert await town.waiting("Ana") == []
    await town.wait(days=20)
    assert await town.standing() == []


# -- who can be put together ----------------------------------------------------------------------------


async def test_oneself_is_nobodys_partner(town: Town) -> None:
    with pytest.raises(Yourself):
        await town.begin("Ana", "Ana")
    id = (await town.begin("Ana", None)).pair.id
    with pytest.raises(Yourself):
        await town.pairs.proposals.pick(await town.person("Ana"), id, town.passer("Ana"))


async def test_ones_own_boundary_is_said(town: Town) -> None:
    await town.apart("Ana", "Bo")
    with pytest.raises(OwnBoundary):
        await town.begin("Ana", "Bo")
    id = (await town.begin("Ana", None)).pair.id
    with pytest.raises(OwnBoundary):
        await town.pairs.proposals.pick(await town.person("Ana"), id, town.passer("Bo"))


async def test_the_others_boundary_is_not(town: Town) -> None:
    await town.apart("Bo", "Ana")
    id = await town.propose("Ana", "Bo")
    assert await town.waiting("Ana") == [(id, "proposed")]
    assert await town.waiting("Bo") == []
    await town.wait(days=2)
    assert await town.waiting("Ana") == [(id, "proposed")]
    await town.lift("Bo")
    assert await town.waiting("Bo") == []
    await town.wait(days=12)
    assert await town.kinds("Ana") == ["lapsed"]
    # It never reached them: the next one does.
    again = await town.propose("Ana", "Bo")
    assert await town.waiting("Bo") == [(again, "proposed")]


async def test_a_boundary_set_after_a_draft_was_begun_holds_it_back(town: Town) -> None:
    id = (await town.begin("Ana", "Bo")).pair.id
    await town.write("Ana", id)
    await town.apart("Bo", "Ana")
    await town.send("Ana", id)
    assert await town.waiting("Ana") == [(id, "proposed")]
    assert await town.waiting("Bo") == []


async def test_a_draft_outlives_a_parting_that_its_starter_knows_nothing_of(town: Town) -> None:
    id = (await town.begin("Ana", "Bo")).pair.id
    await town.write("Ana", id)
    await town.apart("Bo", "Ana")
    await town.wait(days=1)
    await town.lift("Bo")
    await town.send("Ana", id)
    assert await town.waiting("Bo") == [(id, "proposed")]


async def test_a_proposal_behind_a_boundary_looks_closed_and_its_own_boundary_ends_it(town: Town) -> None:
    bo = await town.person("Bo")
    id = await town.propose("Ana", "Bo")
    await town.apart("Ana", "Bo")
    assert await town.waiting("Bo") == []
    for verb in (town.pairs.proposals.draft(bo, id), town.write("Bo", id), town.send("Bo", id)):
        with pytest.raises(PairClosed):
            await verb
    assert await town.waiting("Ana") == [(id, "proposed")]
    await town.wait(days=1)
    assert await town.waiting("Ana") == []
    await town.wait(days=20)
    assert await town.standing() == []


async def test_a_proposal_behind_a_boundary_does_not_show_to_who_asks_back(town: Town) -> None:
    hers = await town.propose("Ana", "Bo")
    await town.apart("Ana", "Bo")
    his = await town.propose("Bo", "Ana")
    assert await town.waiting("Bo") == [(his, "proposed")]
    assert await town.waiting("Ana") == [(hers, "proposed")]


async def test_a_pair_is_one_between_the_same_two(town: Town) -> None:
    waits = await town.propose("Ana", "Bo")
    for by, whom in (("Ana", "Bo"), ("Bo", "Ana")):
        with pytest.raises(AlreadyPaired) as refused:
            await town.begin(by, whom)
        assert refused.value.pair == waits
    await town.accept("Bo", waits)
    for by, whom in (("Ana", "Bo"), ("Bo", "Ana")):
        with pytest.raises(AlreadyPaired):
            await town.begin(by, whom)
    await town.end("Bo", waits)
    await town.begin("Ana", "Bo")


async def test_of_two_drafts_towards_each_other_the_first_that_is_sent_counts(town: Town) -> None:
    hers, his = (await town.begin("Ana", "Bo")).pair.id, (await town.begin("Bo", "Ana")).pair.id
    twin = (await town.begin("Ana", "Bo")).pair.id
    for by, id in (("Ana", hers), ("Bo", his), ("Ana", twin)):
        await town.write(by, id)
    await town.send("Ana", hers)
    for by, id in (("Bo", his), ("Ana", twin)):
        with pytest.raises(AlreadyPaired):
            await town.send(by, id)
    await town.accept("Bo", hers)
    for by, id in (("Bo", his), ("Ana", twin)):
        with pytest.raises(AlreadyPaired):
            await town.send(by, id)


async def test_what_was_declined_or_held_does_not_show_to_who_asks_back(town: Town) -> None:
    hers = await town.propose("Ana", "Bo")
    await town.decline("Bo", hers)
    his = await town.propose("Bo", "Ana")
    assert set(await town.waiting("Ana")) == {(hers, "proposed"), (his, "proposed")}
    await town.accept("Ana", his)
    with pytest.raises(PairClosed):
        await town.accept("Bo", hers)


async def test_nobody_is_in_more_than_five(town: Town) -> None:
    for number in range(MOST - 1):
        await town.propose("Ana", f"m{number}")
    sent = (await town.begin("Ana", "m8")).pair.id
    late = (await town.begin("Ana", "m9")).pair.id
    for id in (sent, late):
        await town.write("Ana", id)
    await town.send("Ana", sent)
    for refused in (town.begin("Ana", "m7"), town.send("Ana", late)):
        with pytest.raises(TooManyPairs) as full:
            await refused
        assert full.value.limit == MOST
    asked = await town.propose("Bo", "Ana")
    with pytest.raises(TooManyPairs):
        await town.accept("Ana", asked)
    assert (await town.pairs.proposals.draft(await town.person("Ana"), asked)).words == words_of("Ana")
    await town.pairs.proposals.take_back(await town.person("Ana"), sent, town.now)
    assert (await town.send("Ana", asked)).state is PairState.RUNNING


async def test_being_asked_does_not_count_among_the_five(town: Town) -> None:
    for number in range(MOST + 1):
        await town.propose(f"m{number}", "Ana")
    assert len(await town.waiting("Ana")) == MOST + 1
    await town.propose("Ana", "Bo")


async def test_it_is_for_eighteen_and_over_on_either_side(town: Town) -> None:
    ana, bo = await town.person("Ana"), await town.person("Bo")
    id = await town.propose("Ana", "Bo")
    own = (await town.begin("Bo", "Cy")).pair.id
    await town.preferences.say_minor(bo, town.now)
    assert await town.waiting("Bo") == []
    for verb in (
        town.pairs.proposals.draft(bo, id),
        town.write("Bo", id),
        town.send("Bo", id),
        town.begin("Bo", "Cy"),
        town.begin("Bo", None),
    ):
        with pytest.raises(UnderEighteen):
            await verb
    with pytest.raises(AlreadyDone):
        await town.pairs.proposals.choose(bo, own, SUNDAYS)
    assert await town.waiting("Ana") == [(id, "proposed")]
    await town.propose("Ana", "Cy")
    await town.preferences.say_minor(ana, town.now)
    assert await town.waiting("Ana") == await town.waiting("Cy") == []
    assert await town.standing() == []


async def test_whoever_takes_back_being_under_18_finds_what_still_waits(town: Town) -> None:
    bo = await town.person("Bo")
    id = await town.propose("Ana", "Bo")
    await town.preferences.say_minor(bo, town.now)
    await town.wait(days=1)
    await town.preferences.say_grown(bo, town.now)
    assert await town.waiting("Bo") == [(id, "proposed")]


async def test_where_members_may_be_minors_there_are_no_pairs(town: Town) -> None:
    id = await town.propose("Ana", "Bo")
    drafted = (await town.begin("Ana", "Cy")).pair.id
    await town.write("Ana", drafted)
    await town.servers.keep(replace(await town.servers.settings(HERE), minors=True))
    assert await town.waiting("Bo") == []
    for verb in (town.begin("Ana", "Di"), town.send("Ana", drafted), town.accept("Bo", id)):
        with pytest.raises(UnderEighteen):
            await verb


# -- agreeing -------------------------------------------------------------------------------------------


async def test_to_agree_twice_agrees_once(town: Town) -> None:
    id = await town.propose("Ana", "Bo")
    await town.accept("Bo", id)
    before, alarms = await town.stored(id), await town.alarms()
    for again in (town.send("Bo", id), town.write("Bo", id), town.decline("Bo", id)):
        with pytest.raises(AlreadyDone):
            await again
    assert (await town.stored(id), await town.alarms()) == (before, alarms)
    assert await town.kinds("Ana") == ["begun"]


async def test_the_same_form_sent_again_finds_what_it_did(town: Town) -> None:
    ana, bo = await town.person("Ana"), await town.person("Bo")
    id = (await town.begin("Ana", "Bo")).pair.id
    await town.write("Ana", id)
    assert await town.pairs.proposals.sent(ana, id, words_of("Ana")) is None
    await town.send("Ana", id)
    found = await town.pairs.proposals.sent(ana, id, words_of("Ana"))
    assert found is not None
    assert found.state is PairState.PROPOSED
    await town.write("Bo", id)
    assert await town.pairs.proposals.sent(bo, id, words_of("Bo")) is None
    await town.send("Bo", id)
    found = await town.pairs.proposals.sent(bo, id, words_of("Bo"))
    assert found is not None
    assert found.state is PairState.RUNNING
    for other in (
        await town.pairs.proposals.sent(bo, id, PairText("other words")),
        await town.pairs.proposals.sent(await town.person("Cy"), id, words_of("Bo")),
        await town.pairs.proposals.sent(bo, "nothing", words_of("Bo")),
    ):
        assert other is None


async def test_the_first_check_in_is_a_day_away_at_least(town: Town) -> None:
    at = town.now + timedelta(days=3)
    assert at.weekday() == 5
    for name, hour, first in (("Bo", 12, "2026-01-10"), ("Cy", 11, "2026-01-17"), ("Di", 13, "2026-01-10")):
        await town.wait_until(town.now.replace(day=9, hour=12, minute=30))
        id = await town.pair("Ana", name, PairSchedule(Cadence.WEEKLY, 5, hour * 60 + 45, 4), ("UTC", "UTC"))
        pair = await town.stored(id)
        assert pair is not None
        assert str(pair.starts_on) == first


async def test_nothing_that_is_written_stands_in_clear(town: Town) -> None:
    canary = PairText("Kanarienvogel a", "Kanarienvogel b", "Kanarienvogel c", "Kanarienvogel d")
    id = await town.propose("Ana", "Bo")
    await town.write("Bo", id, canary)
    await town.write("Bo", id, canary, "Kanarienvogel d")
    with pytest.raises(ZoneUnknown):
        await town.send("Bo", id)
    await town.write("Bo", id, canary)
    await town.send("Bo", id)
    for file in town.path.parent.iterdir():
        assert b"Kanarienvogel" not in file.read_bytes()


async def test_a_restart_changes_nothing(town: Town) -> None:
    id = await town.propose("Ana", "Bo")
    await town.write("Bo", id, PairText("half a form"))
    await town.restart()
    assert (await town.pairs.proposals.draft(await town.person("Bo"), id)).words.aim == "half a form"
    await town.accept("Bo", id)
    assert (await town.view("Ana", id)).theirs == words_of("Bo")
