"""Whatever its owner does with a plan, in any order: at most one question is open, and nothing is left."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Refusal
from bot.ids import PersonId, ServerId
from bot.plans import store
from bot.plans.models import MONTHS, Plan, PlanState
from bot.plans.notifications import DAY, STILL
from bot.plans.timers import ASK, GO
from bot.storage.tx import Tx
from tests.unit.pods.fixtures import HERE
from tests.unit.talks.fixtures import Harness

pytestmark = pytest.mark.uncounted

Step = tuple[str, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["write", "choose", "choose", "did", "did", "still", "again", "end", "wait", "wait", "restart"]
        ),
        st.sampled_from([1, 3, 7, 31, 61, 200]),
    ),
    max_size=14,
)
LINES = {PlanState.ASKED: {DAY}, PlanState.STILL: {STILL}}


async def _check(_tx: Tx, _person: PersonId, source: str) -> ServerId | None:
    return HERE if source == "source" else None


class Months(Harness):
    async def open(self) -> None:
        await super().open()
        self.plans.follow_from(_check)
        self.ana = await self.person("Ana")

    async def plan(self) -> Plan | None:
        return await self.db.read(lambda tx: store.of(tx, "source", self.ana))

    async def do(self, step: Step) -> None:
        verb, number = step
        plan = await self.plan()
        id = "" if plan is None else plan.id
        try:
            match verb:
                case "write":
                    await self.plans.write(self.ana, "source", f"words {number}", self.now)
                case "choose":
                    await self.plans.choose(self.ana, id, number, self.now)
                case "did":
                    await self.plans.did(self.ana, id, "different", "", self.now)
                case "still":
                    await self.plans.still(self.ana, id, self.now)
                case "again":
                    await self.plans.happened_again(self.ana, "source", self.now)
                case "end":
                    await self.plans.end(self.ana, id, self.now)
                case "wait":
                    await self.wait(days=number)
                case "restart":
                    await self.restart()
        except Refusal:
            return

    async def holds(self) -> None:
        plan = await self.plan()
        kinds = [message.kind for message in await self.unclosed("plans")]
        if plan is None:
            assert kinds == []
            assert await self.timers("plans") == []
            return
        assert set(kinds) == LINES.get(plan.state, set())
        assert len(kinds) <= 1
        await self._alarms(plan)
        shown = await self.plans.show(self.ana, plan.id)
        assert bool(shown.words.action) is not plan.ended
        assert bool(shown.words.different) is (plan.state in (PlanState.KEEPING, PlanState.STILL))

    async def _alarms(self, plan: Plan) -> None:
        due = set()
        if plan.state is PlanState.SET or (
            plan.state in (PlanState.KEEPING, PlanState.STILL) and plan.month != MONTHS[-1]
        ):
            due.add((ASK, plan.id))
        if plan.goes_at is not None:
            due.add((GO, plan.id))
        assert set(await self.timers("plans")) == due
        assert due


async def _live(path: Path, steps: list[Step]) -> None:
    months = Months(path)
    await months.open()
    try:
        await months.do(("write", 1))
        for step in steps:
            await months.do(step)
            await months.holds()
        for _ in range(8):
            await months.wait(days=45)
            await months.holds()
        assert await months.plan() is None
    finally:
        await months.close()


@settings(max_examples=25)
@given(steps=STEPS)
def test_any_order_of_actions_leaves_at_most_one_open_question_and_in_the_end_no_plan(
    steps: list[Step],
) -> None:
    with TemporaryDirectory() as directory:
        asyncio.run(_live(Path(directory) / "months.db", steps))
