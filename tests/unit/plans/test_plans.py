"""Plans: the day on which somebody is asked, the questions after it, and how the text is deleted."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.errors import AlreadyDone, NotYours
from bot.events import ServerForgotten
from bot.ids import PersonId, ServerId
from bot.plans.errors import NoSuchDay, PlanUnwritten, TooManyPlans
from bot.plans.models import OWN_AT_MOST, Plan, PlanState
from bot.plans.notifications import DAY, STILL
from bot.plans.service import PlanView
from bot.plans.tables import plans
from bot.storage.tx import Tx
from bot.vault.tables import data_keys
from tests.unit.pods.fixtures import HERE
from tests.unit.talks.fixtures import Harness

ASK = "an-ask-of-anas"


@pytest.fixture(autouse=True)
async def _source(harness: Harness) -> None:
    ana = await harness.person("Ana")

    async def check(_tx: Tx, person: PersonId, source: str) -> ServerId | None:
        return HERE if person == ana and source == ASK else None

    harness.plans.follow_from(check)


async def write(harness: Harness, action: str = "I'll leave by midnight.") -> PlanView:
    return await harness.plans.write(await harness.person("Ana"), ASK, action, harness.now)


async def asked(harness: Harness) -> PlanView:
    """Return Ana's plan on its day, when she has been asked about it."""
    shown = await write(harness)
    await harness.plans.choose(shown.plan.owner, shown.plan.id, 1, harness.now)
    await harness.wait(hours=30)
    return await harness.plans.show(shown.plan.owner, shown.plan.id)


async def kept(harness: Harness) -> PlanView:
    """Record that Ana did it, on 8 January at 18:00. Return her plan."""
    shown = await asked(harness)
    return await harness.plans.did(
        shown.plan.owner, shown.plan.id, "I go home early", "late parties", harness.now
    )


async def shown(harness: Harness) -> PlanView:
    found = await harness.plans.look(await harness.person("Ana"), ASK)
    assert found is not None
    return found


async def rows(harness: Harness) -> tuple[int, int]:
    """Count the plans, and the keys of their texts."""

    async def count(tx: Tx) -> tuple[int, int]:
        of_plans = select(func.count()).select_from(data_keys).where(data_keys.c.case.like("plan:%"))
        return await tx.scalar(select(func.count()).select_from(plans)), await tx.scalar(of_plans)

    return await harness.db.read(count)


async def test_the_owner_is_asked_about_a_plan_at_18_00_on_its_day(harness: Harness) -> None:
    shown = await write(harness)
    assert shown.plan.state is PlanState.WANTS_DAY
    assert await harness.plans.look(shown.plan.owner, ASK) == shown
    shown = await harness.plans.choose(shown.plan.owner, shown.plan.id, 3, harness.now)
    assert shown.next_at == datetime(2026, 1, 10, 18, tzinfo=UTC)
    await harness.wait(days=3, hours=5)
    assert await harness.kinds("Ana") == []
    await harness.wait(hours=1)
    assert await harness.kinds("Ana") == [DAY]
    found = await harness.plans.show(shown.plan.owner, shown.plan.id)
    assert found.words.action == "I'll leave by midnight."
    assert found.plan.state is PlanState.ASKED


async def test_the_day_of_a_plan_is_counted_in_its_owners_time_zone(harness: Harness) -> None:
    shown = await write(harness)
    assert not shown.zoned
    await harness.preferences.live_in(shown.plan.owner, "Pacific/Auckland")
    shown = await harness.plans.choose(shown.plan.owner, shown.plan.id, 1, harness.now)
    assert shown.zoned
    assert shown.next_at == datetime(2026, 1, 9, 18, tzinfo=ZoneInfo("Pacific/Auckland"))


async def test_a_plan_without_a_day_is_deleted_after_seven_days(harness: Harness) -> None:
    await write(harness)
    await harness.wait(days=6, hours=23)
    assert await rows(harness) == (1, 1)
    await harness.wait(hours=1)
    assert await rows(harness) == (0, 0)
    assert await harness.timers("plans") == []


async def test_a_plan_can_be_made_only_from_an_ask_of_its_owner(harness: Harness) -> None:
    bo = await harness.person("Bo")
    for call in (harness.plans.look(bo, ASK), harness.plans.write(bo, ASK, "x", harness.now)):
        with pytest.raises(NotYours):
            await call
    with pytest.raises(NotYours):
        await harness.plans.write(await harness.person("Ana"), "another", "x", harness.now)


async def test_only_its_owner_can_see_or_change_a_plan(harness: Harness) -> None:
    id = (await write(harness)).plan.id
    bo = await harness.person("Bo")
    for call in (
        harness.plans.show(bo, id),
        harness.plans.choose(bo, id, 1, harness.now),
        harness.plans.did(bo, id, "x", "y", harness.now),
        harness.plans.still(bo, id, harness.now),
        harness.plans.end(bo, id, harness.now),
        harness.plans.happened_again(bo, ASK, harness.now),
        harness.plans.show(await harness.person("Ana"), "made up"),
    ):
        with pytest.raises(NotYours):
            await call


async def test_a_plan_without_text_is_refused(harness: Harness) -> None:
    with pytest.raises(PlanUnwritten):
        await write(harness, "  \n")


async def test_a_day_that_was_not_offered_is_refused(harness: Harness) -> None:
    shown = await write(harness)
    for days in (0, -1, 32):
        with pytest.raises(NoSuchDay):
            await harness.plans.choose(shown.plan.owner, shown.plan.id, days, harness.now)


async def test_a_plan_can_be_rewritten_and_moved_to_another_day(harness: Harness) -> None:
    shown = await write(harness)
    await harness.plans.choose(shown.plan.owner, shown.plan.id, 1, harness.now)
    shown = await write(harness, "I'll ask before I touch anyone.")
    assert shown.plan.state is PlanState.SET
    assert shown.words.action == "I'll ask before I touch anyone."
    await harness.plans.choose(shown.plan.owner, shown.plan.id, 7, harness.now)
    await harness.wait(days=6)
    assert await harness.kinds("Ana") == []
    await harness.wait(days=2)
    assert await harness.kinds("Ana") == [DAY]
    assert await rows(harness) == (1, 1)


async def test_after_not_yet_the_owner_is_asked_again_on_another_day(harness: Harness) -> None:
    shown = await asked(harness)
    assert await harness.kinds("Ana") == [DAY]
    await harness.plans.choose(shown.plan.owner, shown.plan.id, 1, harness.now)
    assert await harness.kinds("Ana") == []
    await harness.wait(days=1)
    assert await harness.kinds("Ana") == [DAY]


async def test_ending_a_plan_deletes_its_text_and_lets_its_owner_write_another(harness: Harness) -> None:
    shown = await asked(harness)
    for _ in range(2):
        ended = await harness.plans.end(shown.plan.owner, shown.plan.id, harness.now)
        assert ended.plan.ended
        assert ended.words.action == ""
    assert await rows(harness) == (1, 0)
    assert await harness.kinds("Ana") == []
    assert await harness.plans.look(shown.plan.owner, ASK) is None
    again = await write(harness, "Something smaller.")
    assert again.plan.state is PlanState.WANTS_DAY
    assert again.words.action == "Something smaller."


async def test_an_ended_plan_is_deleted_after_seven_days(harness: Harness) -> None:
    shown = await asked(harness)
    await harness.plans.end(shown.plan.owner, shown.plan.id, harness.now)
    await harness.wait(days=7)
    assert await rows(harness) == (0, 0)
    assert await harness.timers("plans") == []


async def test_a_plan_whose_question_is_not_answered_is_deleted_after_a_month(harness: Harness) -> None:
    await asked(harness)
    await harness.wait(days=29)
    assert await rows(harness) == (1, 1)
    await harness.wait(days=2)
    assert await rows(harness) == (0, 0)
    assert await harness.unclosed("plans") == []


async def test_after_i_did_it_they_are_asked_at_1_3_and_6_months(harness: Harness) -> None:
    found = await kept(harness)
    assert found.next_at == datetime(2026, 2, 8, 18, tzinfo=UTC)
    assert found.words.different == "I go home early"
    for month, days in ((1, 31), (3, 59), (6, 91)):
        await harness.wait(days=days)
        assert await harness.kinds("Ana") == [STILL]
        found = await shown(harness)
        assert found.plan.month == month
        assert found.words.stay_away == "late parties"
        for _ in range(2):
            found = await harness.plans.still(found.plan.owner, found.plan.id, harness.now)
        assert await harness.kinds("Ana") == []
    assert found.plan.ended
    assert await rows(harness) == (1, 0)
    await harness.wait(days=7)
    assert await rows(harness) == (0, 0)
    assert await harness.timers("plans") == []


async def test_an_unanswered_later_question_is_replaced_by_the_next_one(harness: Harness) -> None:
    await kept(harness)
    await harness.wait(days=32)
    first = [message.id for message in await harness.messages("Ana") if message.kind == STILL]
    await harness.wait(days=60)
    assert await harness.kinds("Ana") == [STILL]
    assert [message.id for message in await harness.messages("Ana") if message.kind == STILL] != first
    await harness.wait(days=91)
    assert (await shown(harness)).plan.month == 6
    await harness.wait(days=31)
    assert await rows(harness) == (0, 0)
    assert await harness.unclosed("plans") == []


async def test_whoever_moves_to_another_zone_is_asked_on_their_evening_there(harness: Harness) -> None:
    found = await kept(harness)
    await harness.preferences.live_in(found.plan.owner, "America/Los_Angeles")
    await harness.wait(days=31)
    assert await harness.kinds("Ana") == []
    await harness.wait(hours=8)
    assert await harness.kinds("Ana") == [STILL]


async def test_after_a_long_downtime_only_the_latest_question_is_asked(harness: Harness) -> None:
    await kept(harness)
    await harness.wait(days=100)
    assert await harness.kinds("Ana") == [STILL]
    found = await shown(harness)
    assert found.plan.month == 3
    assert found.next_at == datetime(2026, 7, 8, 18, tzinfo=UTC)


async def test_after_stop_asking_no_question_comes(harness: Harness) -> None:
    found = await kept(harness)
    await harness.wait(days=31)
    await harness.plans.end(found.plan.owner, found.plan.id, harness.now)
    assert await rows(harness) == (1, 0)
    await harness.wait(days=200)
    assert await harness.kinds("Ana") == []


async def test_it_happened_again_answers_the_question_and_the_plan_goes_on(harness: Harness) -> None:
    found = await kept(harness)
    await harness.wait(days=31)
    for _ in range(2):
        plan = await harness.plans.happened_again(found.plan.owner, ASK, harness.now)
        assert plan.state is PlanState.KEEPING
        assert plan.server == HERE
    assert await harness.kinds("Ana") == []
    await harness.wait(days=59)
    assert await harness.kinds("Ana") == [STILL]


async def test_what_is_different_can_be_written_anew(harness: Harness) -> None:
    found = await kept(harness)
    again = await harness.plans.did(found.plan.owner, found.plan.id, "I ask first", "nothing", harness.now)
    assert again.next_at == found.next_at
    assert (await shown(harness)).words.different == "I ask first"


async def test_rewriting_what_is_different_does_not_close_an_open_question(harness: Harness) -> None:
    found = await kept(harness)
    await harness.wait(days=31)
    await harness.plans.did(found.plan.owner, found.plan.id, "I ask first", "nothing", harness.now)
    assert await harness.kinds("Ana") == [STILL]


async def test_a_form_that_comes_too_late_is_not_taken(harness: Harness) -> None:
    found = await kept(harness)
    late = await write(harness, "other words")
    assert not late.taken
    assert late.words.action == "I'll leave by midnight."
    await harness.plans.end(found.plan.owner, found.plan.id, harness.now)
    assert not (await harness.plans.did(found.plan.owner, found.plan.id, "x", "y", harness.now)).taken


async def test_a_day_cannot_be_chosen_for_a_plan_that_was_done(harness: Harness) -> None:
    found = await kept(harness)
    with pytest.raises(AlreadyDone):
        await harness.plans.choose(found.plan.owner, found.plan.id, 1, harness.now)


async def test_a_plan_can_be_made_inside_a_transaction_of_the_caller(harness: Harness) -> None:
    ana = await harness.person("Ana")
    plan = await harness.db.write(lambda tx: harness.plans.make(tx, ana, "other", HERE, "x", 1, harness.now))
    assert plan.day_at == datetime(2026, 1, 8, 18, tzinfo=UTC)
    assert await harness.db.read(lambda tx: harness.plans.of(tx, "other")) == plan
    words = await harness.db.read(lambda tx: harness.plans.text(tx, plan))
    assert words is not None
    assert words.action == "x"
    assert [one.plan.id for one in await harness.plans.of_owner(ana)] == [plan.id]


async def test_erasing_the_owner_deletes_their_plan_with_its_timers_and_messages(harness: Harness) -> None:
    found = await asked(harness)
    await harness.db.write(lambda tx: harness.plans.privacy.erase(tx, found.plan.owner, harness.now))
    assert await rows(harness) == (0, 0)
    assert await harness.timers("plans") == []
    assert await harness.unclosed("plans") == []
    assert await harness.db.read(lambda tx: harness.plans.text(tx, found.plan)) is None


async def test_no_file_contains_the_text_of_a_plan_unencrypted(harness: Harness) -> None:
    canary = "Kanarienvogel"
    shown = await write(harness, canary)
    await harness.plans.choose(shown.plan.owner, shown.plan.id, 1, harness.now)
    await harness.wait(days=2)
    await harness.plans.did(shown.plan.owner, shown.plan.id, canary, canary, harness.now)
    for file in harness.path.parent.iterdir():
        assert canary.encode() not in file.read_bytes()


async def test_a_restart_changes_nothing(harness: Harness) -> None:
    found = await kept(harness)
    await harness.restart()
    await harness.wait(days=31)
    assert await harness.kinds("Ana") == [STILL]
    assert (await harness.plans.show(found.plan.owner, found.plan.id)).words.different == "I go home early"


def test_a_plan_done_on_the_31st_is_asked_about_on_the_last_day_of_shorter_months() -> None:
    plan = Plan(
        "p", PersonId("a"), ASK, HERE, PlanState.KEEPING, did_at=datetime(2026, 8, 31, 12, tzinfo=UTC)
    )
    ends = [plan.month_at(month, ZoneInfo("UTC")).date().isoformat() for month in (1, 3, 6)]
    assert ends == ["2026-09-30", "2026-11-30", "2027-02-28"]


def test_a_move_that_does_not_fit_the_state_of_a_plan_is_refused() -> None:
    zone, now = ZoneInfo("UTC"), datetime(2026, 1, 7, 12, tzinfo=UTC)
    plan = Plan("p", PersonId("a"), ASK, HERE)
    for move in (
        lambda: plan.asked(zone, now),
        lambda: plan.answered(now),
        lambda: plan.month_at(1, zone),
        lambda: plan.end(now).end(now),
        lambda: plan.end(now).did(now),
        lambda: plan.did(now).rewritten(now),
    ):
        with pytest.raises(AlreadyDone):
            move()
    assert plan.next_at(zone) is None
    assert plan.did(now).next_at(zone) == now + timedelta(days=31, hours=6)


async def own(harness: Harness, name: str = "Ana") -> PlanView:
    """Write a plan that was made from nothing else."""
    return await harness.plans.begin(await harness.person(name), "I'll hand the keys to Kim.", harness.now)


async def test_a_plan_can_be_made_from_nothing_else_and_belongs_to_no_server(harness: Harness) -> None:
    made = await own(harness)
    assert made.plan.server is None
    assert made.plan.own
    chosen = await harness.plans.choose(made.plan.owner, made.plan.id, 1, harness.now)
    await harness.wait(hours=30)
    asked = await harness.plans.show(made.plan.owner, made.plan.id)
    assert asked.plan.state is PlanState.ASKED
    assert chosen.words.action == asked.words.action == "I'll hand the keys to Kim."
    assert await harness.kinds("Ana") == [DAY]


async def test_writing_a_plan_of_ones_own_again_changes_it_and_adds_none(harness: Harness) -> None:
    made = await own(harness)
    again = await harness.plans.write(made.plan.owner, made.plan.source, "Something smaller.", harness.now)
    assert again.plan.id == made.plan.id
    assert [one.words.action for one in await harness.plans.of_owner(made.plan.owner)] == [
        "Something smaller."
    ]


async def test_somebody_elses_plan_of_their_own_is_not_found_by_its_source(harness: Harness) -> None:
    made, eve = await own(harness), await harness.person("Eve")
    for call in (
        harness.plans.look(eve, made.plan.source),
        harness.plans.write(eve, made.plan.source, "x", harness.now),
    ):
        with pytest.raises(NotYours):
            await call
    with pytest.raises(NotYours):
        await harness.plans.show(eve, made.plan.id)
    with pytest.raises(NotYours):
        await harness.plans.happened_again(eve, made.plan.source, harness.now)


async def test_a_person_has_at_most_ten_plans_of_their_own_that_have_not_ended(harness: Harness) -> None:
    ana = await harness.person("Ana")
    for number in range(OWN_AT_MOST):
        await harness.plans.may_begin(ana)
        last = await harness.plans.begin(ana, f"Plan {number}.", harness.now)
    with pytest.raises(TooManyPlans):
        await harness.plans.may_begin(ana)
    with pytest.raises(TooManyPlans):
        await harness.plans.begin(ana, "One more.", harness.now)
    await write(harness)
    await harness.plans.end(ana, last.plan.id, harness.now)
    assert (await harness.plans.begin(ana, "One more.", harness.now)).taken
    with pytest.raises(TooManyPlans):
        await harness.plans.write(ana, last.plan.source, "That one again.", harness.now)


async def test_the_same_words_sent_twice_make_one_plan_and_blanks_make_none(harness: Harness) -> None:
    first, second = await own(harness), await own(harness)
    assert first == second
    await harness.plans.choose(first.plan.owner, first.plan.id, 1, harness.now)
    assert (await own(harness)).plan.id != first.plan.id
    with pytest.raises(PlanUnwritten):
        await harness.plans.begin(first.plan.owner, " \n", harness.now)
    assert len(await harness.plans.of_owner(first.plan.owner)) == 2


async def test_a_plan_of_ones_own_stays_when_a_server_is_forgotten(harness: Harness) -> None:
    made = await own(harness)
    await write(harness)
    forgotten = ServerForgotten(harness.now, HERE)
    await harness.db.write(lambda tx: harness.plans.lifecycle.on_server_forgotten(tx, forgotten))
    assert len(await harness.plans.of_owner(made.plan.owner)) == 1
