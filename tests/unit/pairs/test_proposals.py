"""Before a pair runs: what the starter and the person asked can do. Proposing itself sends no message."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.errors import DRAFTS_AT_MOST, AlreadyDone, NotYours, TooManyDrafts
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
from bot.pairs.models import PAIRS_AT_MOST, PairState, PairText
from bot.pairs.schedule import Cadence, PairSchedule
from bot.pairs.tables import sides
from bot.people.errors import UnderEighteen
from tests.unit.pairs.fixtures import BERLIN, HERE, SUNDAYS, Harness, words_of


async def test_a_proposal_waits_for_the_person_asked_and_no_message_is_sent(harness: Harness) -> None:
    bo = await harness.person("Bo")
    id = await harness.propose("Ana", "Bo")
    assert await harness.waiting("Bo") == [(id, "proposed")]
    assert await harness.waiting("Ana") == [(id, "proposed")]
    assert await harness.standing() == []
    drafted = await harness.pairs.proposals.draft(bo, id)
    assert (drafted.name, drafted.mine, drafted.pair.schedule) == ("Ana", False, SUNDAYS)
    assert drafted.words == PairText()


async def test_once_both_have_sent_their_words_the_pair_runs_and_the_starter_is_told(
    harness: Harness,
) -> None:
    id = await harness.propose("Ana", "Bo")
    assert {kind for kind, _ in await harness.timers()} == {"pairs.lapse"}
    pair = await harness.accept("Bo", id, "America/New_York")
    assert pair.state is PairState.RUNNING
    assert {kind for kind, _ in await harness.timers()} == {"pairs.ask"}
    assert await harness.kinds("Ana") == ["begun"]
    assert await harness.kinds("Bo") == []
    ana, bo = await harness.view("Ana", id), await harness.view("Bo", id)
    assert (ana.name, ana.mine, ana.theirs) == ("Bo", words_of("Ana"), words_of("Bo"))
    assert (bo.name, bo.mine, bo.theirs) == ("Ana", words_of("Bo"), words_of("Ana"))


async def test_the_person_asked_does_not_see_the_words_of_the_starter_before_they_agree(
    harness: Harness,
) -> None:
    id = await harness.propose("Ana", "Bo")
    bo = await harness.person("Bo")
    assert (await harness.pairs.proposals.draft(bo, id)).words == PairText()
    with pytest.raises(NotYours):
        await harness.view("Bo", id)


async def test_somebody_who_never_used_the_bot_finds_the_proposal_when_they_first_do(
    harness: Harness,
) -> None:
    id = await harness.propose("Ana", "Bo")
    pair = await harness.stored(id)
    assert pair is not None
    assert pair.partner is not None
    assert await harness.people.address(pair.partner) is None
    assert await harness.person("Bo") == pair.partner
    assert await harness.waiting("Bo") == [(id, "proposed")]


async def test_a_draft_can_begin_without_a_partner_and_be_changed_until_it_is_sent(harness: Harness) -> None:
    ana = await harness.person("Ana")
    id = (await harness.begin("Ana", None)).pair.id
    await harness.write("Ana", id)
    with pytest.raises(NoPartner) as refused:
        await harness.send("Ana", id)
    assert refused.value.pair == id
    drafted = await harness.pairs.proposals.pick(ana, id, harness.discord_user("Bo"), harness.now)
    assert (drafted.name, drafted.mine, drafted.words) == ("Bo", True, words_of("Ana"))
    monthly = PairSchedule(Cadence.MONTHLY, 3, 9 * 60, 30)
    assert (await harness.pairs.proposals.choose(ana, id, monthly)).pair.schedule == monthly
    assert (await harness.pairs.proposals.pick(ana, id, harness.discord_user("Cy"), harness.now)).name == "Cy"
    sent = await harness.send("Ana", id)
    assert (sent.state, sent.schedule, sent.partner) == (
        PairState.PROPOSED,
        monthly,
        await harness.person("Cy"),
    )
    for late in (
        harness.pairs.proposals.pick(ana, id, harness.discord_user("Bo"), harness.now),
        harness.pairs.proposals.choose(ana, id, monthly),
        harness.send("Ana", id),
        harness.write("Ana", id),
    ):
        with pytest.raises(AlreadyDone):
            await late


async def test_the_form_opens_with_the_aim_and_the_zone_that_the_draft_began_with(harness: Harness) -> None:
    ana = await harness.person("Ana")
    begun = await harness.pairs.proposals.begin(
        ana, HERE, SUNDAYS, None, harness.now, aim="leave by midnight", zone="Asia/Kathmandu"
    )
    assert begun.words == PairText("leave by midnight", zone="Asia/Kathmandu")
    await harness.preferences.live_in(ana, BERLIN)
    assert (await harness.begin("Ana", "Bo")).words == PairText(zone=BERLIN)


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
async def test_an_incomplete_or_invalid_form_is_refused_but_everything_typed_is_kept(
    harness: Harness, words: PairText, refusal: type[PairUnwritten | ZoneUnknown]
) -> None:
    bo = await harness.person("Bo")
    waits = await harness.propose("Ana", "Bo")
    own = (await harness.begin("Bo", "Cy")).pair.id
    for id in (waits, own):
        await harness.write("Bo", id, words, "Europe/Berlin" if words.zone == "Berlin" else words.zone)
        for _ in range(2):
            with pytest.raises((PairUnwritten, ZoneUnknown)) as refused:
                await harness.send("Bo", id)
            assert (type(refused.value), refused.value.args) == (refusal, (id,))
        # If no zone was typed, the form opens with the zone that they have set.
        zone = words.zone or (await harness.preferences.of(bo)).zone or ""
        assert (await harness.pairs.proposals.draft(bo, id)).words == replace(words, zone=zone)
        await harness.write("Bo", id)
        await harness.send("Bo", id)
    assert (await harness.view("Bo", waits)).mine == words_of("Bo")


async def test_a_typed_zone_becomes_the_setting_of_somebody_who_has_set_none(harness: Harness) -> None:
    await harness.preferences.live_in(await harness.person("Bo"), "Pacific/Auckland")
    await harness.pair("Ana", "Bo", zones=("Asia/Kathmandu", BERLIN))
    assert (await harness.preferences.of(await harness.person("Ana"))).zone == "Asia/Kathmandu"
    assert (await harness.preferences.of(await harness.person("Bo"))).zone == "Pacific/Auckland"


async def test_a_draft_is_deleted_after_seven_days_and_nobody_is_told(harness: Harness) -> None:
    id = (await harness.begin("Ana", "Bo")).pair.id
    await harness.write("Ana", id)
    await harness.wait(days=7, seconds=-1)
    assert await harness.keys(id)
    await harness.wait(seconds=1)
    assert await harness.count() == (0, 0, 0, 0, 0)
    assert await harness.timers() == {}
    assert await harness.standing() == []


async def test_nobody_but_its_starter_can_see_or_use_a_draft(harness: Harness) -> None:
    bo = await harness.person("Bo")
    id = (await harness.begin("Ana", "Bo")).pair.id
    await harness.write("Ana", id)
    assert await harness.waiting("Bo") == []
    assert await harness.waiting("Ana") == []
    for verb in (
        harness.pairs.proposals.draft(bo, id),
        harness.pairs.proposals.pick(bo, id, harness.discord_user("Cy"), harness.now),
        harness.pairs.proposals.choose(bo, id, SUNDAYS),
        harness.write("Bo", id),
        harness.send("Bo", id),
        harness.pairs.proposals.take_back(bo, id, harness.now),
        harness.decline("Bo", id),
    ):
        with pytest.raises(NotYours):
            await verb


async def test_a_draft_with_words_that_were_not_sent_is_found_again(harness: Harness) -> None:
    ana = await harness.person("Ana")
    id = (await harness.begin("Ana", "Bo")).pair.id
    assert await harness.pairs.queries.waiting(ana) == ([], [])
    await harness.write("Ana", id, PairText("half a form"))
    assert [pair.id for pair in (await harness.pairs.queries.waiting(ana))[0]] == [id]
    assert await harness.pairs.queries.waiting(await harness.person("Bo")) == ([], [])
    await harness.write("Ana", id)
    await harness.send("Ana", id)
    assert await harness.pairs.queries.waiting(ana) == ([], [])


async def test_only_the_person_asked_can_answer_a_proposal_and_only_its_starter_can_take_it_back(
    harness: Harness,
) -> None:
    id = await harness.propose("Ana", "Bo")
    cy = await harness.person("Cy")
    for verb in (
        harness.pairs.proposals.draft(cy, id),
        harness.write("Cy", id),
        harness.send("Cy", id),
        harness.pairs.proposals.take_back(cy, id, harness.now),
        harness.decline("Cy", id),
        harness.pairs.proposals.take_back(await harness.person("Bo"), id, harness.now),
        harness.pairs.proposals.draft(cy, "nothing"),
    ):
        with pytest.raises(NotYours):
            await verb
    with pytest.raises(AlreadyDone):
        await harness.decline("Ana", id)


# -- its starter sees the same, whatever becomes of it -------------------------------------------------

Meanwhile = Callable[[Harness, str], Awaitable[object]]


async def nothing(harness: Harness, id: str) -> None:
    return


async def looked_and_wrote(harness: Harness, id: str) -> None:
    await harness.write("Bo", id, PairText("half a form"))


async def declined(harness: Harness, id: str) -> None:
    await harness.decline("Bo", id)


async def boundary(harness: Harness, id: str) -> None:
    await harness.apart("Bo", "Ana")


async def left(harness: Harness, id: str) -> None:
    await harness.leave("Bo")


async def said_minor(harness: Harness, id: str) -> None:
    await harness.preferences.say_minor(await harness.person("Bo"), harness.now)


async def erased(harness: Harness, id: str) -> None:
    await harness.erase("Bo")


@pytest.mark.parametrize("became", [nothing, looked_and_wrote, declined, boundary, left, said_minor, erased])
async def test_a_proposal_lapses_after_14_days_and_its_starter_is_told_the_same_in_every_case(
    harness: Harness, became: Meanwhile
) -> None:
    await harness.person("Bo")
    id = await harness.propose("Ana", "Bo")
    await harness.wait(days=1)
    await became(harness, id)
    await harness.wait(days=13, seconds=-1)
    assert await harness.waiting("Ana") == [(id, "proposed")]
    assert await harness.kinds("Ana") == []
    await harness.wait(seconds=1)
    assert await harness.waiting("Ana") == []
    [message] = await harness.standing()
    ana = await harness.person("Ana")
    assert (message.person, message.kind, message.subject, message.other) == (ana, "pairs.lapsed", id, None)
    assert await harness.keys(id) == set()
    assert await harness.sealed(sides, "words") == []
    await harness.wait(days=90)
    assert await harness.count() == (0, 0, 0, 0, 0)
    assert [kind for kind, _ in await harness.timers()] == []


async def test_a_proposal_that_has_lapsed_cannot_be_answered(harness: Harness) -> None:
    id = await harness.propose("Ana", "Bo")
    bo = await harness.person("Bo")
    await harness.write("Bo", id)
    await harness.wait(days=14)
    for verb in (harness.pairs.proposals.draft(bo, id), harness.write("Bo", id), harness.send("Bo", id)):
        with pytest.raises(PairClosed):
            await verb
    with pytest.raises(PairClosed):
        await harness.decline("Bo", id)


async def test_a_declined_proposal_looks_unanswered_and_what_was_typed_is_deleted(harness: Harness) -> None:
    id = await harness.propose("Ana", "Bo")
    before = await harness.waiting("Ana")
    await harness.write("Bo", id)
    await harness.decline("Bo", id)
    assert await harness.waiting("Ana") == before
    assert await harness.waiting("Bo") == []
    assert await harness.standing() == []
    assert await harness.keys(id) == {f"{await harness.person('Ana')} "}
    for _ in range(2):
        with pytest.raises(PairClosed):
            await harness.decline("Bo", id)
    with pytest.raises(PairClosed):
        await harness.send("Bo", id)


async def test_a_second_proposal_within_90_days_looks_the_same_but_reaches_nobody(harness: Harness) -> None:
    id = await harness.propose("Ana", "Bo")
    await harness.decline("Bo", id)
    await harness.wait(days=20)
    again = await harness.propose("Ana", "Bo")
    assert await harness.waiting("Ana") == [(again, "proposed")]
    assert await harness.waiting("Bo") == []
    with pytest.raises(PairClosed):
        await harness.pairs.proposals.draft(await harness.person("Bo"), again)
    await harness.wait(days=14)
    assert [message.subject for message in await harness.messages("Ana")] == [again, id]
    assert await harness.kinds("Ana") == ["lapsed", "lapsed"]
    await harness.wait(days=56)
    third = await harness.propose("Ana", "Bo")
    assert await harness.waiting("Bo") == [(third, "proposed")]


async def test_a_proposal_that_was_taken_back_also_withholds_new_ones_for_90_days(harness: Harness) -> None:
    ana = await harness.person("Ana")
    id = await harness.propose("Ana", "Bo")
    taken = await harness.pairs.proposals.take_back(ana, id, harness.now)
    assert taken.asked_at is not None
    assert await harness.waiting("Ana") == await harness.waiting("Bo") == []
    assert await harness.standing() == []
    assert await harness.keys(id) == set()
    with pytest.raises(PairClosed):
        await harness.send("Bo", id)
    again = await harness.propose("Ana", "Bo")
    assert await harness.waiting("Ana") == [(again, "proposed")]
    assert await harness.waiting("Bo") == []
    await harness.pairs.proposals.take_back(ana, again, harness.now)
    await harness.wait(days=90)
    assert await harness.waiting("Bo") == []
    assert await harness.kinds("Ana") == []
    third = await harness.propose("Ana", "Bo")
    assert await harness.waiting("Bo") == [(third, "proposed")]


async def test_nothing_is_left_of_a_draft_that_is_discarded(harness: Harness) -> None:
    id = (await harness.begin("Ana", "Bo")).pair.id
    await harness.write("Ana", id)
    taken = await harness.pairs.proposals.take_back(await harness.person("Ana"), id, harness.now)
    assert taken.asked_at is None
    assert await harness.count() == (0, 0, 0, 0, 0)
    assert await harness.timers() == {}
    with pytest.raises(NotYours):
        await harness.pairs.proposals.take_back(await harness.person("Ana"), id, harness.now)


async def test_a_pair_that_runs_cannot_be_taken_back_from_an_old_card(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    with pytest.raises(AlreadyDone):
        await harness.pairs.proposals.take_back(await harness.person("Ana"), id, harness.now)
    assert (await harness.view("Bo", id)).pair.state is PairState.RUNNING


async def test_taking_back_a_declined_proposal_does_not_reveal_that_it_was_declined(harness: Harness) -> None:
    id = await harness.propose("Ana", "Bo")
    await harness.decline("Bo", id)
    await harness.pairs.proposals.take_back(await harness.person("Ana"), id, harness.now)
    assert await harness.waiting("Ana") == []
    await harness.wait(days=20)
    assert await harness.standing() == []


# -- who can be put together ----------------------------------------------------------------------------


async def test_nobody_can_be_their_own_partner(harness: Harness) -> None:
    with pytest.raises(Yourself):
        await harness.begin("Ana", "Ana")
    id = (await harness.begin("Ana", None)).pair.id
    with pytest.raises(Yourself):
        await harness.pairs.proposals.pick(
            await harness.person("Ana"), id, harness.discord_user("Ana"), harness.now
        )


async def test_somebody_is_told_when_their_own_boundary_prevents_a_proposal(harness: Harness) -> None:
    await harness.apart("Ana", "Bo")
    with pytest.raises(OwnBoundary):
        await harness.begin("Ana", "Bo")
    id = (await harness.begin("Ana", None)).pair.id
    with pytest.raises(OwnBoundary):
        await harness.pairs.proposals.pick(
            await harness.person("Ana"), id, harness.discord_user("Bo"), harness.now
        )


async def test_a_starter_does_not_notice_a_boundary_of_the_person_asked(harness: Harness) -> None:
    await harness.apart("Bo", "Ana")
    id = await harness.propose("Ana", "Bo")
    assert await harness.waiting("Ana") == [(id, "proposed")]
    assert await harness.waiting("Bo") == []
    await harness.wait(days=2)
    assert await harness.waiting("Ana") == [(id, "proposed")]
    await harness.lift("Bo")
    assert await harness.waiting("Bo") == []
    await harness.wait(days=12)
    assert await harness.kinds("Ana") == ["lapsed"]
    # The first one never reached them; the next one does.
    again = await harness.propose("Ana", "Bo")
    assert await harness.waiting("Bo") == [(again, "proposed")]


async def test_a_boundary_set_after_a_draft_was_begun_withholds_the_proposal(harness: Harness) -> None:
    id = (await harness.begin("Ana", "Bo")).pair.id
    await harness.write("Ana", id)
    await harness.apart("Bo", "Ana")
    await harness.send("Ana", id)
    assert await harness.waiting("Ana") == [(id, "proposed")]
    assert await harness.waiting("Bo") == []


async def test_a_draft_stays_after_a_parting_that_its_starter_does_not_know_of(harness: Harness) -> None:
    id = (await harness.begin("Ana", "Bo")).pair.id
    await harness.write("Ana", id)
    await harness.apart("Bo", "Ana")
    await harness.wait(days=1)
    await harness.lift("Bo")
    await harness.send("Ana", id)
    assert await harness.waiting("Bo") == [(id, "proposed")]


async def test_a_boundary_of_the_starter_closes_a_proposal_for_the_person_asked_and_later_ends_it(
    harness: Harness,
) -> None:
    bo = await harness.person("Bo")
    id = await harness.propose("Ana", "Bo")
    await harness.apart("Ana", "Bo")
    assert await harness.waiting("Bo") == []
    for verb in (harness.pairs.proposals.draft(bo, id), harness.write("Bo", id), harness.send("Bo", id)):
        with pytest.raises(PairClosed):
            await verb
    assert await harness.waiting("Ana") == [(id, "proposed")]
    await harness.wait(days=1)
    assert await harness.waiting("Ana") == []
    await harness.wait(days=20)
    assert await harness.standing() == []


async def test_whoever_asks_back_does_not_notice_a_proposal_that_a_boundary_hides(harness: Harness) -> None:
    hers = await harness.propose("Ana", "Bo")
    await harness.apart("Ana", "Bo")
    his = await harness.propose("Bo", "Ana")
    assert await harness.waiting("Bo") == [(his, "proposed")]
    assert await harness.waiting("Ana") == [(hers, "proposed")]


async def test_the_same_two_people_can_have_only_one_pair_or_proposal_at_a_time(harness: Harness) -> None:
    waits = await harness.propose("Ana", "Bo")
    for by, whom in (("Ana", "Bo"), ("Bo", "Ana")):
        with pytest.raises(AlreadyPaired) as refused:
            await harness.begin(by, whom)
        assert refused.value.pair == waits
    await harness.accept("Bo", waits)
    for by, whom in (("Ana", "Bo"), ("Bo", "Ana")):
        with pytest.raises(AlreadyPaired):
            await harness.begin(by, whom)
    await harness.end("Bo", waits)
    await harness.begin("Ana", "Bo")


async def test_of_several_drafts_between_the_same_two_only_the_first_sent_counts(harness: Harness) -> None:
    hers, his = (await harness.begin("Ana", "Bo")).pair.id, (await harness.begin("Bo", "Ana")).pair.id
    twin = (await harness.begin("Ana", "Bo")).pair.id
    for by, id in (("Ana", hers), ("Bo", his), ("Ana", twin)):
        await harness.write(by, id)
    await harness.send("Ana", hers)
    for by, id in (("Bo", his), ("Ana", twin)):
        with pytest.raises(AlreadyPaired):
            await harness.send(by, id)
    await harness.accept("Bo", hers)
    for by, id in (("Bo", his), ("Ana", twin)):
        with pytest.raises(AlreadyPaired):
            await harness.send(by, id)


async def test_whoever_declined_can_ask_back_and_the_other_cannot_see_that_they_declined(
    harness: Harness,
) -> None:
    hers = await harness.propose("Ana", "Bo")
    await harness.decline("Bo", hers)
    his = await harness.propose("Bo", "Ana")
    assert set(await harness.waiting("Ana")) == {(hers, "proposed"), (his, "proposed")}
    await harness.accept("Ana", his)
    with pytest.raises(PairClosed):
        await harness.accept("Bo", hers)


async def test_nobody_can_be_in_more_than_five_pairs(harness: Harness) -> None:
    for number in range(PAIRS_AT_MOST - 1):
        await harness.propose("Ana", f"m{number}")
    sent = (await harness.begin("Ana", "m8")).pair.id
    late = (await harness.begin("Ana", "m9")).pair.id
    for id in (sent, late):
        await harness.write("Ana", id)
    await harness.send("Ana", sent)
    for refused in (harness.begin("Ana", "m7"), harness.send("Ana", late)):
        with pytest.raises(TooManyPairs) as full:
            await refused
        assert full.value.limit == PAIRS_AT_MOST
    asked = await harness.propose("Bo", "Ana")
    with pytest.raises(TooManyPairs):
        await harness.accept("Ana", asked)
    assert (await harness.pairs.proposals.draft(await harness.person("Ana"), asked)).words == words_of("Ana")
    await harness.pairs.proposals.take_back(await harness.person("Ana"), sent, harness.now)
    assert (await harness.send("Ana", asked)).state is PairState.RUNNING


async def test_proposals_from_others_do_not_count_among_the_five(harness: Harness) -> None:
    for number in range(PAIRS_AT_MOST + 1):
        await harness.propose(f"m{number}", "Ana")
    assert len(await harness.waiting("Ana")) == PAIRS_AT_MOST + 1
    await harness.propose("Ana", "Bo")


async def test_nobody_under_18_can_propose_or_accept_a_pair(harness: Harness) -> None:
    ana, bo = await harness.person("Ana"), await harness.person("Bo")
    id = await harness.propose("Ana", "Bo")
    own = (await harness.begin("Bo", "Cy")).pair.id
    await harness.preferences.say_minor(bo, harness.now)
    assert await harness.waiting("Bo") == []
    for verb in (
        harness.pairs.proposals.draft(bo, id),
        harness.write("Bo", id),
        harness.send("Bo", id),
        harness.begin("Bo", "Cy"),
        harness.begin("Bo", None),
    ):
        with pytest.raises(UnderEighteen):
            await verb
    with pytest.raises(AlreadyDone):
        await harness.pairs.proposals.choose(bo, own, SUNDAYS)
    assert await harness.waiting("Ana") == [(id, "proposed")]
    await harness.propose("Ana", "Cy")
    await harness.preferences.say_minor(ana, harness.now)
    assert await harness.waiting("Ana") == await harness.waiting("Cy") == []
    assert await harness.standing() == []


async def test_whoever_takes_back_being_under_18_finds_the_proposal_that_still_waits(
    harness: Harness,
) -> None:
    bo = await harness.person("Bo")
    id = await harness.propose("Ana", "Bo")
    await harness.preferences.say_minor(bo, harness.now)
    await harness.wait(days=1)
    await harness.preferences.say_adult(bo, harness.now)
    assert await harness.waiting("Bo") == [(id, "proposed")]


async def test_in_a_server_for_minors_nobody_can_propose_or_accept_a_pair(harness: Harness) -> None:
    id = await harness.propose("Ana", "Bo")
    drafted = (await harness.begin("Ana", "Cy")).pair.id
    await harness.write("Ana", drafted)
    await harness.servers.keep(replace(await harness.servers.settings(HERE), minors=True))
    assert await harness.waiting("Bo") == []
    for verb in (harness.begin("Ana", "Di"), harness.send("Ana", drafted), harness.accept("Bo", id)):
        with pytest.raises(UnderEighteen):
            await verb


# -- agreeing -------------------------------------------------------------------------------------------


async def test_agreeing_a_second_time_is_refused_and_changes_nothing(harness: Harness) -> None:
    id = await harness.propose("Ana", "Bo")
    await harness.accept("Bo", id)
    before, alarms = await harness.stored(id), await harness.timers()
    for again in (harness.send("Bo", id), harness.write("Bo", id), harness.decline("Bo", id)):
        with pytest.raises(AlreadyDone):
            await again
    assert (await harness.stored(id), await harness.timers()) == (before, alarms)
    assert await harness.kinds("Ana") == ["begun"]


async def test_a_form_that_is_sent_again_finds_the_pair_that_it_was_sent_for(harness: Harness) -> None:
    ana, bo = await harness.person("Ana"), await harness.person("Bo")
    id = (await harness.begin("Ana", "Bo")).pair.id
    await harness.write("Ana", id)
    assert await harness.pairs.proposals.sent(ana, id, words_of("Ana")) is None
    await harness.send("Ana", id)
    found = await harness.pairs.proposals.sent(ana, id, words_of("Ana"))
    assert found is not None
    assert found.state is PairState.PROPOSED
    await harness.write("Bo", id)
    assert await harness.pairs.proposals.sent(bo, id, words_of("Bo")) is None
    await harness.send("Bo", id)
    found = await harness.pairs.proposals.sent(bo, id, words_of("Bo"))
    assert found is not None
    assert found.state is PairState.RUNNING
    for other in (
        await harness.pairs.proposals.sent(bo, id, PairText("other words")),
        await harness.pairs.proposals.sent(await harness.person("Cy"), id, words_of("Bo")),
        await harness.pairs.proposals.sent(bo, "nothing", words_of("Bo")),
    ):
        assert other is None


async def test_the_first_check_in_is_at_least_one_day_after_the_agreement(harness: Harness) -> None:
    at = harness.now + timedelta(days=3)
    assert at.weekday() == 5
    for name, hour, first in (("Bo", 12, "2026-01-10"), ("Cy", 11, "2026-01-17"), ("Di", 13, "2026-01-10")):
        await harness.wait_until(harness.now.replace(day=9, hour=12, minute=30))
        id = await harness.pair(
            "Ana", name, PairSchedule(Cadence.WEEKLY, 5, hour * 60 + 45, 4), ("UTC", "UTC")
        )
        pair = await harness.stored(id)
        assert pair is not None
        assert str(pair.starts_on) == first


async def test_nothing_that_people_write_is_stored_unencrypted(harness: Harness) -> None:
    canary = PairText("Kanarienvogel a", "Kanarienvogel b", "Kanarienvogel c", "Kanarienvogel d")
    id = await harness.propose("Ana", "Bo")
    await harness.write("Bo", id, canary)
    await harness.write("Bo", id, canary, "Kanarienvogel d")
    with pytest.raises(ZoneUnknown):
        await harness.send("Bo", id)
    await harness.write("Bo", id, canary)
    await harness.send("Bo", id)
    for file in harness.path.parent.iterdir():
        assert b"Kanarienvogel" not in file.read_bytes()


async def test_a_restart_changes_nothing(harness: Harness) -> None:
    id = await harness.propose("Ana", "Bo")
    await harness.write("Bo", id, PairText("half a form"))
    await harness.restart()
    assert (await harness.pairs.proposals.draft(await harness.person("Bo"), id)).words.aim == "half a form"
    await harness.accept("Bo", id)
    assert (await harness.view("Ana", id)).theirs == words_of("Bo")


@pytest.mark.parametrize("hours", range(0, 7 * 24, 7))
async def test_the_first_check_in_is_at_least_a_day_away_and_the_next_a_week_later(
    harness: Harness, hours: int
) -> None:
    """So a week after the agreement nobody may have been asked yet, if they agreed on the day itself."""
    await harness.wait(hours=hours)
    id = await harness.pair("Ana", "Bo")
    agreed, first = harness.now, (await harness.view("Ana", id)).side.next_at
    assert first is not None
    assert timedelta(days=1) <= first - agreed <= timedelta(days=8)
    await harness.wait_for_check_in("Ana", id)
    assert (await harness.view("Ana", id)).side.next_at == first + timedelta(weeks=1)


async def test_an_eleventh_draft_replaces_one_without_text_or_is_refused(harness: Harness) -> None:
    ids = [(await harness.begin("ana", None)).pair.id for _ in range(DRAFTS_AT_MOST)]
    for id in ids[1:]:
        await harness.write("ana", id)
    new = (await harness.begin("ana", None)).pair.id
    ana = await harness.person("ana")
    with pytest.raises(NotYours):
        await harness.pairs.proposals.draft(ana, ids[0])
    await harness.write("ana", new)
    with pytest.raises(TooManyDrafts):
        await harness.begin("ana", None)
    assert len((await harness.pairs.queries.waiting(ana))[0]) == DRAFTS_AT_MOST


@pytest.mark.parametrize("erased", ["Ana", "Bo"])
@pytest.mark.parametrize("began", [False, True])
async def test_a_new_proposal_reaches_nobody_any_sooner_because_one_of_the_two_has_erased(
    harness: Harness, began: bool, erased: str
) -> None:
    """A pair that ended early keeps both from proposing; a proposal that failed keeps its starter from it."""
    id = await harness.propose("Ana", "Bo")
    if began:
        await harness.accept("Bo", id)
        await harness.end("Ana", id)
    else:
        await harness.decline("Bo", id)
    await harness.services.privacy.erase(await harness.person(erased), harness.now)
    for one, other in (("Ana", "Bo"), ("Bo", "Ana")):
        await harness.person(other)
        again = await harness.propose(one, other)
        reached = not began and one == "Bo"
        assert ((again, "proposed") in await harness.waiting(other)) == reached
        await harness.pairs.proposals.take_back(await harness.person(one), again, harness.now)
    await harness.services.privacy.erase(await harness.person("Ana"), harness.now)
    await harness.wait(days=91)
    later = await harness.propose("Ana", "Bo")
    assert (later, "proposed") in await harness.waiting("Bo")
