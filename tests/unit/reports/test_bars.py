"""Bars: who proposes, who confirms, what is stopped, and how one ends."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.errors import NotYours, Refusal
from bot.ids import ServerId
from bot.people.models import DiscordUser
from bot.people.strangers import Named
from bot.reports.bars import BEGUN_ALONE, BEGUN_TOGETHER, LIFTED
from bot.reports.errors import BarGone, Barred, BarredAlready, BarsYourself, BarUnwritten
from bot.reports.models import LASTS
from bot.reports.notifications import BAR_WAITS, WAITS
from bot.reports.tables import bars
from bot.talks.models import TalkState
from tests.unit.reports.fixtures import ELSEWHERE, HERE, SUNDAYS, Harness

STARTS: dict[str, Callable[[Harness], Awaitable[object]]] = {}


def start(act: Callable[[Harness], Awaitable[object]]) -> Callable[[Harness], Awaitable[object]]:
    STARTS[act.__name__] = act
    return act


@start
async def begin_an_ask(harness: Harness) -> None:
    await harness.begin("Ana")


@start
async def invite(harness: Harness) -> None:
    await harness.invite("Ana", "Cy")


@start
async def invite_several(harness: Harness) -> None:
    users = [harness.discord_user(name) for name in ("Cy", "Dee")]
    await harness.pods.invitations.invite_all(await harness.person("Ana"), HERE, users, harness.now)


@start
async def begin_a_pair(harness: Harness) -> None:
    user = harness.discord_user("Ben")
    await harness.pairs.proposals.begin(await harness.person("Ana"), HERE, SUNDAYS, user, harness.now)


@start
async def ask_to_talk(harness: Harness) -> None:
    await harness.talks.ask(await harness.person("Ana"), HERE, await harness.person("Ben"), harness.now)


# -- what is stopped, and what goes on -----------------------------------------------------------------


@pytest.mark.parametrize("name", STARTS)
async def test_somebody_barred_starts_nothing_until_the_bar_ends(harness: Harness, name: str) -> None:
    await harness.barred("Ana")
    until = harness.now + LASTS
    with pytest.raises(Barred) as refused:
        await STARTS[name](harness)
    assert refused.value.until == until
    await harness.wait(days=30, minutes=1)
    assert await harness.counts(bars) == (0,)
    await STARTS[name](harness)


async def test_what_was_written_before_a_bar_is_kept_and_can_be_sent_after_it(harness: Harness) -> None:
    draft = await harness.draft("Ana", "Ben")
    bar = await harness.barred("Ana")
    with pytest.raises(Barred):
        await harness.send("Ana", draft)
    await harness.lift("mo", bar)
    assert (await harness.send("Ana", draft)).ask.id == draft


async def test_nobody_else_is_asked_in_an_ask_that_was_sent_before(harness: Harness) -> None:
    await harness.tie("Ana", "Cy")
    ask = await harness.ask("Ana", "Ben")
    await harness.barred("Ana")
    with pytest.raises(Barred):
        await harness.also(ask, "Cy")
    await harness.withdraw(ask)


async def test_answering_declining_taking_back_and_reporting_go_on(harness: Harness) -> None:
    await harness.tie("Ben", "Ana")
    own = await harness.ask("Ana", "Ben")
    await harness.barred("Ana")
    await harness.answer(own, "Ben")
    assert len((await harness.read(own)).came) == 1
    theirs = await harness.ask("Ben", "Ana")
    await harness.answer(theirs, "Ana")
    await harness.read(theirs, "Ben")
    invited = await harness.invite("Dee", "Ana")
    await harness.pods.invitations.accept(await harness.person("Ana"), invited.id, harness.now)
    talk = await harness.talks.ask(
        await harness.person("Ben"), HERE, await harness.person("Ana"), harness.now
    )
    assert talk.talk is not None
    assert talk.talk.state is TalkState.WAITING
    await harness.reported_by("Ana", theirs_from="Cy")


async def test_a_bar_holds_in_its_own_server_alone(harness: Harness) -> None:
    await harness.barred("Ana")
    account = harness.discord_user("Ana")
    ana = await harness.people.meet(DiscordUser(account.discord_id, "Ana", ELSEWHERE), harness.now)
    whom = DiscordUser(harness.discord_user("Ben").discord_id, "Ben", ELSEWHERE)
    await harness.pods.invitations.invite(ana, ELSEWHERE, whom, harness.now)


async def test_a_bar_is_known_by_the_account_alone_and_outlives_the_id(harness: Harness) -> None:
    await harness.barred("Ana")
    ana = await harness.person("Ana")
    [row] = await harness.rows(bars)
    assert ana not in repr(row)
    await harness.forget_person("Ana")
    again = await harness.person("Ana")
    assert again != ana
    with pytest.raises(Barred):
        await invite(harness)


async def test_somebody_who_left_is_still_barred_when_they_return(harness: Harness) -> None:
    await harness.barred("Ana")
    await harness.leave("Ana")
    assert [one.name for one in await harness.bars_seen("mo")] == [""]
    with pytest.raises(Barred):
        await invite(harness)
    assert [one.name for one in await harness.bars_seen("mo")] == ["Ana"]


async def test_somebody_who_never_used_the_bot_can_be_barred_and_looks_like_anybody(harness: Harness) -> None:
    view = await harness.propose_bar("mo", "Newcomer")
    assert view.name == "Newcomer"
    await harness.confirm("zoe", view.bar.id)
    with pytest.raises(Barred):
        await harness.invite("Newcomer", "Ana")


# -- two moderators ------------------------------------------------------------------------------------


async def test_the_name_of_somebody_who_is_barred_and_never_used_the_bot_is_kept(harness: Harness) -> None:
    """A name that vanished would tell moderators who has never used it."""
    view = await harness.propose_bar("mo", "Newcomer")
    other = await harness.person("Newcomer")
    named = await harness.db.read(lambda tx: harness.reports.bars.named(tx, [other], harness.now))
    assert named == Named.here([(HERE, other)])
    await harness.lift("mo", view.bar.id)
    assert await harness.db.read(lambda tx: harness.reports.bars.named(tx, [other], harness.now)) == Named()


async def test_a_bar_holds_once_a_second_moderator_confirms_it(harness: Harness) -> None:
    view = await harness.propose_bar("mo", "Ana")
    assert (view.waits_for, view.may_confirm, view.own) == (("zoe",), False, True)
    await invite(harness)
    assert await harness.log() == []
    assert [one.kind for one in await harness.told("zoe")] == [BAR_WAITS]
    with pytest.raises(NotYours):
        await harness.confirm("mo", view.bar.id)
    [seen] = await harness.bars_seen("zoe")
    assert (seen.name, seen.by, seen.reason, seen.may_confirm) == ("Ana", "mo", "He threatens people.", True)
    held = await harness.confirm("zoe", view.bar.id)
    assert (held.bar.holds, held.bar.until) == (True, harness.now + LASTS)
    assert await harness.told("zoe") == []
    with pytest.raises(Barred):
        await invite(harness)
    assert await harness.log() == [("zoe", BEGUN_TOGETHER, view.bar.id)]


async def test_confirming_twice_changes_nothing(harness: Harness) -> None:
    id = (await harness.propose_bar("mo", "Ana")).bar.id
    first = await harness.confirm("zoe", id)
    harness.now += timedelta(days=1)
    assert (await harness.confirm("zoe", id)).bar == first.bar
    assert (await harness.confirm("mo", id)).bar == first.bar
    assert len(await harness.log()) == 1


async def test_without_another_moderator_it_holds_at_once_and_the_log_says_so(
    harness: Harness,
) -> None:
    await harness.leave("zoe")
    view = await harness.propose_bar("mo", "Ana")
    assert view.bar.holds
    assert await harness.log() == [("mo", BEGUN_ALONE, view.bar.id)]
    with pytest.raises(Barred):
        await invite(harness)


async def test_from_a_report_another_of_its_readers_confirms(harness: Harness) -> None:
    await harness.moderate("kim")
    id = await harness.reported()
    await harness.moderate("lou")
    view = await harness.propose_from("mo", id)
    assert view.name == "Ana"
    assert set(view.waits_for) == {"kim", "zoe"}
    for name in ("lou", "Ben", "Ana"):
        with pytest.raises(NotYours):
            await harness.confirm(name, view.bar.id)
    assert (await harness.confirm("kim", view.bar.id)).bar.holds


async def test_from_a_report_with_one_reader_any_other_moderator_confirms_it(harness: Harness) -> None:
    """Otherwise somebody could bar a person with the one moderator to whom they report."""
    id = await harness.reported_to("zoe")
    with pytest.raises(NotYours):
        await harness.propose_from("mo", id)
    view = await harness.propose_from("zoe", id)
    assert not view.bar.holds
    assert view.waits_for == ("mo",)
    await harness.confirm("mo", view.bar.id)
    assert [entry for _, entry, _ in await harness.log()] == [BEGUN_TOGETHER]


async def test_from_a_report_to_the_only_moderator_it_holds_at_once(harness: Harness) -> None:
    await harness.servers.seen_without(HERE, await harness.person("mo"))
    assert (await harness.propose_from("zoe", await harness.reported_to("zoe"))).bar.holds
    assert [entry for _, entry, _ in await harness.log()] == [BEGUN_ALONE]


async def test_it_is_proposed_from_a_report_only_in_the_server_of_the_report(harness: Harness) -> None:
    id = await harness.reported_to("zoe", "mo")
    with pytest.raises(NotYours):
        await harness.propose_from("zoe", id, server=ServerId(HERE + 1))


async def test_only_whoever_suggested_a_bar_can_take_the_suggestion_back(harness: Harness) -> None:
    view = await harness.propose_bar("mo", "Ana")
    with pytest.raises(NotYours):
        await harness.lift("zoe", view.bar.id)
    await harness.lift("mo", view.bar.id)
    assert await harness.bars_seen("zoe") == []


async def test_a_moderator_to_whom_a_report_was_not_sent_sees_no_bar_from_it_until_it_holds(
    harness: Harness,
) -> None:
    await harness.moderate("kim")
    id = await harness.reported_to("zoe", "kim")
    view = await harness.propose_from("zoe", id)
    assert await harness.bars_seen("mo") == []
    with pytest.raises(BarGone):
        await harness.lift("mo", view.bar.id)
    other = await harness.propose_bar("mo", "Ana")
    assert not other.bar.holds
    await harness.confirm("kim", view.bar.id)
    assert [one.bar.id for one in await harness.bars_seen("mo")] == [view.bar.id]
    assert [one.kind for one in await harness.told("zoe")] == [WAITS]


async def test_whom_a_bar_is_about_never_sees_it_confirms_it_or_lifts_it(harness: Harness) -> None:
    await harness.moderate("Ana")
    view = await harness.propose_bar("mo", "Ana")
    assert "Ana" not in view.waits_for
    assert await harness.told("Ana") == []
    for act in (harness.confirm, harness.lift):
        with pytest.raises(BarGone):
            await act("Ana", view.bar.id)
    await harness.confirm("zoe", view.bar.id)
    assert await harness.bars_seen("Ana") == []
    with pytest.raises(BarGone):
        await harness.lift("Ana", view.bar.id)


async def test_if_nobody_is_left_to_confirm_whoever_proposed_it_can(harness: Harness) -> None:
    view = await harness.propose_bar("mo", "Ana")
    await harness.leave("zoe")
    [seen] = await harness.bars_seen("mo")
    assert seen.may_confirm
    assert (await harness.confirm("mo", view.bar.id)).bar.holds
    assert [entry for _, entry, _ in await harness.log()] == [BEGUN_ALONE]


async def test_two_moderators_propose_the_same_at_once(harness: Harness) -> None:
    id = (await harness.propose_bar("mo", "Ana")).bar.id
    with pytest.raises(BarredAlready) as refused:
        await harness.propose_bar("zoe", "Ana")
    assert refused.value.bar == id
    await harness.confirm("zoe", id)
    with pytest.raises(BarredAlready):
        await harness.propose_bar("mo", "Ana")
    assert await harness.counts(bars) == (1,)


@pytest.mark.parametrize(
    ("whom", "reason", "why"), [("mo", "a reason", BarsYourself), ("Ana", " \u200b", BarUnwritten)]
)
async def test_a_bar_needs_somebody_else_and_a_reason(
    harness: Harness, whom: str, reason: str, why: type[Refusal]
) -> None:
    with pytest.raises(why):
        await harness.propose_bar("mo", whom, reason)
    assert await harness.counts(bars) == (0,)


# -- ends ----------------------------------------------------------------------------------------------


async def test_a_bar_is_lifted_early_by_any_moderator_and_the_log_says_who(harness: Harness) -> None:
    id = await harness.barred("Ana")
    await harness.moderate("kim")
    await harness.lift("kim", id)
    await invite(harness)
    assert (await harness.log())[-1] == ("kim", LIFTED, id)
    assert (await harness.counts(bars), await harness.keys(id)) == ((0,), 0)
    with pytest.raises(BarGone):
        await harness.lift("mo", id)


async def test_taking_back_a_proposal_leaves_no_trace(harness: Harness) -> None:
    id = (await harness.propose_bar("mo", "Ana")).bar.id
    await harness.lift("mo", id)
    assert await harness.log() == []
    assert await harness.told("zoe") == []
    assert (await harness.counts(bars), await harness.keys(id)) == ((0,), 0)


async def test_a_proposal_that_nobody_confirms_goes_after_seven_days(harness: Harness) -> None:
    id = (await harness.propose_bar("mo", "Ana")).bar.id
    await harness.wait(days=6, hours=23)
    assert len(await harness.bars_seen("zoe")) == 1
    await harness.wait(hours=2)
    assert (await harness.counts(bars), await harness.keys(id)) == ((0,), 0)
    assert await harness.told("zoe") == []
    assert await harness.log() == []


async def test_a_bar_and_its_timer_survive_a_restart(harness: Harness) -> None:
    await harness.barred("Ana")
    await harness.restart()
    with pytest.raises(Barred):
        await invite(harness)
    await harness.wait(days=31)
    await invite(harness)


async def test_a_bar_outlives_the_report_that_it_was_proposed_from(harness: Harness) -> None:
    id = await harness.reported()
    await harness.confirm("zoe", (await harness.propose_from("mo", id)).bar.id)
    await harness.reports.take_back(await harness.person("Ben"), id, harness.now)
    with pytest.raises(Barred):
        await invite(harness)


async def test_the_reason_is_told_for_the_log_while_the_bar_holds(harness: Harness) -> None:
    id = await harness.barred("Ana")
    told = await harness.reports.bars.told(HERE, [id])
    assert (told[id].name, told[id].reason) == ("Ana", "He threatens people.")
    assert await harness.reports.bars.told(ELSEWHERE, [id]) == {}
    await harness.lift("mo", id)
    assert await harness.reports.bars.told(HERE, [id]) == {}


async def test_erasing_a_moderator_takes_their_words_and_leaves_the_bar(harness: Harness) -> None:
    held = await harness.barred("Ana")
    proposed = (await harness.propose_bar("mo", "Dee")).bar.id
    mo = await harness.person("mo")
    await harness.erase("mo")
    assert mo not in repr(await harness.rows(bars))
    assert await harness.keys(held, proposed) == 0
    [left] = await harness.bars_seen("zoe")
    assert (left.bar.id, left.by, left.reason) == (held, "", "")
    with pytest.raises(Barred):
        await invite(harness)
