"""What somebody will do: its day, the questions after it, and how its words go."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, ServerId
from bot.plans.models import NoSuchDay, Plan, PlanState, PlanUnwritten
from bot.plans.notifications import DAY, STILL
from bot.plans.service import PlanView
from bot.plans.store import plans
from bot.storage.tx import Tx
from bot.vault.store import data_keys
from tests.unit.pods.fixtures import HERE
from tests.unit.talks.fixtures import Town

ASK = "an-ask-of-anas"


@pytest.fixture(autouse=True)
async def _source(town: Town) -> None:
    ana = await town.person("Ana")

    async def check(_tx: Tx, person: PersonId, source: str) -> ServerId | None:
        return HERE if person == ana and source == ASK else None

    town.plans.follow_from(check)


async def write(town: Town, action: str = "I'll leave by midnight.") -> PlanView:
    return await town.plans.write(await town.person("Ana"), ASK, action, town.now)


async def asked(town: Town) -> PlanView:
    """Ana's plan, on its day."""
    shown = await write(town)
    await town.plans.choose(shown.plan.owner, shown.plan.id, 1, town.now)
    await town.wait(hours=30)
    return await town.plans.show(shown.plan.owner, shown.plan.id)


async def kept(town: Town) -> PlanView:
    """Ana did it, on 8 January at 18:00."""
    shown = await asked(town)
    return await town.plans.did(shown.plan.owner, shown.plan.id, "I go home early", "late parties", town.now)


async def shown(town: Town) -> PlanView:
    found = await town.plans.look(await town.person("Ana"), ASK)
    assert found is not None
    return found


async def rows(town: Town) -> tuple[int, int]:
    """Plans, and the keys of their texts."""

    async def count(tx: Tx) -> tuple[int, int]:
        of_plans = select(func.count()).select_from(data_keys).where(data_keys.c.case.like("plan:%"))
        return await tx.scalar(select(func.count()).select_from(plans)), await tx.scalar(of_plans)

    return await town.db.read(count)


async def test_it_is_asked_about_at_18_of_its_day(town: Town) -> None:
    shown = await write(town)
    assert shown.plan.state is PlanState.WANTS_DAY
    assert await town.plans.look(shown.plan.owner, ASK) == shown
    shown = await town.plans.choose(shown.plan.owner, shown.plan.id, 3, town.now)
    assert shown.next_at == datetime(2026, 1, 10, 18, tzinfo=UTC)
    await town.wait(days=3, hours=5)
    assert await town.kinds("Ana") == []
    await town.wait(hours=1)
    assert await town.kinds("Ana") == [DAY]
    found = await town.plans.show(shown.plan.owner, shown.plan.id)
    assert found.words.action == "I'll leave by midnight."
    assert found.plan.state is PlanState.ASKED


async def test_the_day_is_counted_where_they_live(town: Town) -> None:
    shown = await write(town)
    assert not shown.zoned
    await town.preferences.live_in(shown.plan.owner, "Pacific/Auckland")
    shown = await town.plans.choose(shown.plan.owner, shown.plan.id, 1, town.now)
    assert shown.zoned
    assert shown.next_at == datetime(2026, 1, 9, 18, tzinfo=ZoneInfo("Pacific/Auckland"))


async def test_without_a_day_it_is_kept_for_seven_days(town: Town) -> None:
    await write(town)
    await town.wait(days=6, hours=23)
    assert await rows(town) == (1, 1)
    await town.wait(hours=1)
    assert await rows(town) == (0, 0)
    assert await town.alarms("plans") == []


async def test_only_from_something_of_theirs(town: Town) -> None:
    bo = await town.person("Bo")
    for call in (town.plans.look(bo, ASK), town.plans.write(bo, ASK, "x", town.now)):
        with pytest.raises(NotYours):
            await call
    with pytest.raises(NotYours):
        await town.plans.write(await town.person("Ana"), "another", "x", town.now)


async def test_nobody_else_finds_it(town: Town) -> None:
    id = (await write(town)).plan.id
    bo = await town.person("Bo")
    for call in (
        town.plans.show(bo, id),
        town.plans.choose(bo, id, 1, town.now),
        town.plans.did(bo, id, "x", "y", town.now),
        town.plans.still(bo, id, town.now),
        town.plans.end(bo, id, town.now),
        town.plans.happened_again(bo, ASK, town.now),
        town.plans.show(await town.person("Ana"), "made up"),
    ):
        with pytest.raises(NotYours):
            await call


async def test_nothing_written_is_refused(town: Town) -> None:
    with pytest.raises(PlanUnwritten):
        await write(town, "  \n")


async def test_a_day_that_was_not_offered(town: Town) -> None:
    shown = await write(town)
    for days in (0, -1, 32):
        with pytest.raises(NoSuchDay):
            await town.plans.choose(shown.plan.owner, shown.plan.id, days, town.now)


async def test_it_can_be_put_in_other_words_and_on_another_day(town: Town) -> None:
    shown = await write(town)
    await town.plans.choose(shown.plan.owner, shown.plan.id, 1, town.now)
    shown = await write(town, "I'll ask before I touch anyone.")
    assert shown.plan.state is PlanState.SET
    assert shown.words.action == "I'll ask before I touch anyone."
    await town.plans.choose(shown.plan.owner, shown.plan.id, 7, town.now)
    await town.wait(days=6)
    assert await town.kinds("Ana") == []
    await town.wait(days=2)
    assert await town.kinds("Ana") == [DAY]
    assert await rows(town) == (1, 1)


async def test_not_yet_is_another_day(town: Town) -> None:
    shown = await asked(town)
    assert await town.kinds("Ana") == [DAY]
    await town.plans.choose(shown.plan.owner, shown.plan.id, 1, town.now)
    assert await town.kinds("Ana") == []
    await town.wait(days=1)
    assert await town.kinds("Ana") == [DAY]


async def test_changing_ones_mind_ends_it_and_lets_them_write_another(town: Town) -> None:
    shown = await asked(town)
    for _ in range(2):
        ended = await town.plans.end(shown.plan.owner, shown.plan.id, town.now)
        assert ended.plan.ended
        assert ended.words.action == ""
    assert await rows(town) == (1, 0)
    assert await town.kinds("Ana") == []
    assert await town.plans.look(shown.plan.owner, ASK) is None
    again = await write(town, "Something smaller.")
    assert again.plan.state is PlanState.WANTS_DAY
    assert again.words.action == "Something smaller."


async def test_one_that_ended_is_gone_after_seven_days(town: Town) -> None:
    shown = await asked(town)
    await town.plans.end(shown.plan.owner, shown.plan.id, town.now)
    await town.wait(days=7)
    assert await rows(town) == (0, 0)
    assert await town.alarms("plans") == []


async def test_no_answer_on_its_day_lets_it_go_after_a_month(town: Town) -> None:
    await asked(town)
    await town.wait(days=29)
    assert await rows(town) == (1, 1)
    await town.wait(days=2)
    assert await rows(town) == (0, 0)
    assert await town.unclosed("plans") == []


async def test_after_i_did_it_they_are_asked_at_1_3_and_6_months(town: Town) -> None:
    found = await kept(town)
    assert found.next_at == datetime(2026, 2, 8, 18, tzinfo=UTC)
    assert found.words.different == "I go home early"
    for month, days in ((1, 31), (3, 59), (6, 91)):
        await town.wait(days=days)
        assert await town.kinds("Ana") == [STILL]
        found = await shown(town)
        assert found.plan.month == month
        assert found.words.stay_away == "late parties"
        for _ in range(2):
            found = await town.plans.still(found.plan.owner, found.plan.id, town.now)
        assert await town.kinds("Ana") == []
    assert found.plan.ended
    assert await rows(town) == (1, 0)
    await town.wait(days=7)
    assert await rows(town) == (0, 0)
    assert await town.alarms("plans") == []


async def test_an_unanswered_month_gives_way_to_the_next(town: Town) -> None:
    await kept(town)
    await town.wait(days=32)
    first = [line.id for line in await town.lines("Ana") if line.kind == STILL]
    await town.wait(days=60)
    assert await town.kinds("Ana") == [STILL]
    assert [line.id for line in await town.lines("Ana") if line.kind == STILL] != first
    await town.wait(days=91)
    assert (await shown(town)).plan.month == 6
    await town.wait(days=31)
    assert await rows(town) == (0, 0)
    assert await town.unclosed("plans") == []


async def test_whoever_moves_to_another_zone_is_asked_on_their_evening_there(town: Town) -> None:
    found = await kept(town)
    await town.preferences.live_in(found.plan.owner, "America/Los_Angeles")
    await town.wait(days=31)
    assert await town.kinds("Ana") == []
    await town.wait(hours=8)
    assert await town.kinds("Ana") == [STILL]


async def test_a_long_sleep_gives_one_question(town: Town) -> None:
    await kept(town)
    await town.wait(days=100)
    assert await town.kinds("Ana") == [STILL]
    found = await shown(town)
    assert found.plan.month == 3
    assert found.next_at == datetime(2026, 7, 8, 18, tzinfo=UTC)


async def test_stop_asking(town: Town) -> None:
    found = await kept(town)
    await town.wait(days=31)
    await town.plans.end(found.plan.owner, found.plan.id, town.now)
    assert await rows(town) == (1, 0)
    await town.wait(days=200)
    assert await town.kinds("Ana") == []


async def test_it_happened_again_answers_and_goes_on(town: Town) -> None:
    found = await kept(town)
    await town.wait(days=31)
    for _ in range(2):
        plan = await town.plans.happened_again(found.plan.owner, ASK, town.now)
        assert plan.state is PlanState.KEEPING
        assert plan.server == HERE
    assert await town.kinds("Ana") == []
    await town.wait(days=59)
    assert await town.kinds("Ana") == [STILL]


async def test_what_is_different_can_be_written_anew(town: Town) -> None:
    found = await kept(town)
    again = await town.plans.did(found.plan.owner, found.plan.id, "I ask first", "nothing", town.now)
    assert again.next_at == found.next_at
    assert (await shown(town)).words.different == "I ask first"


async def test_a_question_waits_on_while_something_is_written_anew(town: Town) -> None:
    found = await kept(town)
    await town.wait(days=31)
    await town.plans.did(found.plan.owner, found.plan.id, "I ask first", "nothing", town.now)
    assert await town.kinds("Ana") == [STILL]


async def test_a_form_that_comes_too_late_is_not_taken(town: Town) -> None:
    found = await kept(town)
    late = await write(town, "other words")
    assert not late.taken
    assert late.words.action == "I'll leave by midnight."
    await town.plans.end(found.plan.owner, found.plan.id, town.now)
    assert not (await town.plans.did(found.plan.owner, found.plan.id, "x", "y", town.now)).taken


async def test_a_day_cannot_be_chosen_for_what_was_done(town: Town) -> None:
    found = await kept(town)
    with pytest.raises(AlreadyDone):
        await town.plans.choose(found.plan.owner, found.plan.id, 1, town.now)


async def test_a_plan_made_inside_anothers_transaction(town: Town) -> None:
    ana = await town.person("Ana")
    plan = await town.db.write(lambda tx: town.plans.make(tx, ana, "other", HERE, "x", 1, town.now))
    assert plan.day_at == datetime(2026, 1, 8, 18, tzinfo=UTC)
    assert await town.db.read(lambda tx: town.plans.of(tx, "other")) == plan
    words = await town.db.read(lambda tx: town.plans.text(tx, plan))
    assert words is not None
    assert words.action == "x"
    assert [one.plan.id for one in await town.plans.of_owner(ana)] == [plan.id]


async def test_erasing_leaves_nothing(town: Town) -> None:
    found = await asked(town)
    await town.db.write(lambda tx: town.plans.erase(tx, found.plan.owner, town.now))
    assert await rows(town) == (0, 0)
    assert await town.alarms("plans") == []
    assert await town.unclosed("plans") == []
    assert await town.db.read(lambda tx: town.plans.text(tx, found.plan)) is None


async def test_what_is_written_is_nowhere_in_clear(town: Town) -> None:
    canary = "Kanarienvogel"
    shown = await write(town, canary)
    await town.plans.choose(shown.plan.owner, shown.plan.id, 1, town.now)
    await town.wait(days=2)
    await town.plans.did(shown.plan.owner, shown.plan.id, canary, canary, town.now)
    for file in town.path.parent.iterdir():
        assert canary.encode() not in file.read_bytes()


async def test_a_restart_changes_nothing(town: Town) -> None:
    found = await kept(town)
    await town.restart()
    await town.wait(days=31)
    assert await town.kinds("Ana") == [STILL]
    assert (await town.plans.show(found.plan.owner, found.plan.id)).words.different == "I go home early"


def test_the_last_of_a_month_stays_the_last() -> None:
    plan = Plan(
        "p", PersonId("a"), ASK, HERE, PlanState.KEEPING, did_at=datetime(2026, 8, 31, 12, tzinfo=UTC)
    )
    ends = [plan.month_at(month, ZoneInfo("UTC")).date().isoformat() for month in (1, 3, 6)]
    assert ends == ["2026-09-30", "2026-11-30", "2027-02-28"]


def test_moves_that_are_over_are_refused() -> None:
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
