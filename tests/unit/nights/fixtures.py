"""A test harness for nights: friends by their names, and nights that one of them has planned."""

from datetime import date, time, timedelta
from functools import partial

from sqlalchemy import Table, select

from bot.delivery.outbox import MessageState
from bot.delivery.tables import outbox
from bot.nights import look_store, member_store
from bot.nights.models import Call, Look, Member, NightCard
from bot.nights.queries import Friend, NightView
from bot.nights.service import Nights
from bot.nights.tables import night_hands, night_looks, night_members, nights
from bot.scheduling.tables import agenda
from bot.storage.tx import Tx
from bot.vault.tables import data_keys
from tests.unit.pods.fixtures import HERE
from tests.unit.pods.fixtures import Harness as PodHarness

CARD = NightCard("three beers", "I get loud", "come outside with me", "night bus 6 with Bo")
DAY = date(2026, 1, 7)
"""The day on which the harness begins, at noon in UTC."""


class Harness(PodHarness):
    """The harness of the pods, with methods for nights."""

    @property
    def nights(self) -> Nights:
        return self.services.nights

    async def plan(
        self,
        by: str = "ana",
        zone: str = "UTC",
        day: date = DAY,
        begins: time = time(20),
        ends: time = time(3),
    ) -> NightView:
        return await self.nights.plan(await self.person(by), HERE, zone, day, begins, ends, self.now)

    async def together(self, *names: str, planner: str = "ana") -> dict[str, str]:
        """Let somebody plan a night and the others join it. Return each one's place in it."""
        view = await self.plan(planner)
        places = {planner: view.member.id}
        await self.nights.company.post(await self.person(planner), view.member.id, 5, self.now)
        for name in names:
            places[name] = (await self.join(name, view.night.id)).member.id
        return places

    async def join(self, name: str, night: str) -> NightView:
        return await self.nights.company.join(await self.person(name), HERE, night, self.now)

    async def wish(self, places: dict[str, str], owner: str, looker: str) -> str:
        """Let the owner ask the looker to look out for them. Return the look's id."""
        by = await self.person(owner)
        await self.nights.looking.wish(by, places[owner], places[looker], self.now)
        look = await self.look(owner, looker)
        assert look is not None
        return look.id

    async def agreed(self, places: dict[str, str], owner: str, looker: str) -> str:
        """Do the same, and let the looker agree."""
        id = await self.wish(places, owner, looker)
        await self.nights.looking.accept(await self.person(looker), id, self.now)
        return id

    async def show(self, name: str, place: str) -> NightView:
        return await self.nights.show(await self.person(name), place)

    async def write(self, name: str, place: str, card: NightCard = CARD) -> NightView:
        return await self.nights.cards.write(await self.person(name), place, card, self.now)

    async def friend(self, name: str, place: str) -> Friend:
        return await self.nights.looking.friend(await self.person(name), place, self.now)

    async def call(self, name: str, place: str) -> Call:
        return await self.nights.during.call(await self.person(name), place, self.now)

    async def home_by(self, name: str, place: str, **after_start: float) -> NightView:
        """Say that they'll be home so long after the start."""
        night = (await self.show(name, place)).night
        at = night.starts_at + timedelta(**after_start)
        return await self.nights.during.home_by(await self.person(name), place, at, self.now)

    async def leave(self, name: str, place: str) -> None:
        await self.nights.company.leave(await self.person(name), place, self.now)

    async def apart(self, owner: str, other: str) -> None:
        await self.boundaries.set(await self.person(owner), await self.person(other), self.now)

    async def look(self, owner: str, looker: str) -> Look | None:
        one, other = await self.person(owner), await self.person(looker)
        found = await self.db.read(lambda tx: look_store.of_two(tx, one, other))
        return next((look for look in found if look.owner == one), None)

    async def member(self, place: str) -> Member | None:
        return await self.db.read(lambda tx: member_store.get(tx, place))

    async def kinds(self, name: str) -> list[str]:
        """Return the kinds of messages about nights that /inbox lists for them."""
        return sorted(one.kind for one in await self.messages(name) if one.kind.startswith("nights."))

    async def urgent(self, name: str) -> list[str]:
        """Return the kinds of their messages that go ahead of everything, in quiet hours too."""
        return sorted(one.kind for one in await self.messages(name) if one.urgent)

    async def timers(self) -> set[tuple[str, str]]:
        """Return (kind, subject) of every timer of nights."""
        rows = await self.db.read(lambda tx: tx.all(select(agenda.c.kind, agenda.c.subject)))
        return {(row.kind, row.subject) for row in rows if row.kind.startswith("nights.")}

    async def arrives(self, name: str, state: MessageState) -> None:
        """Let what waits for somebody end in this way at Discord."""
        person = await self.person(name)
        change = outbox.update().where(outbox.c.person == person, outbox.c.state == MessageState.WAITING)
        await self.db.write(lambda tx: tx.execute(change.values(state=state, lane=None, message_id=1)))

    async def keys(self) -> set[str]:
        """Return the cases of every key of a card."""
        rows = await self.db.read(lambda tx: tx.all(select(data_keys.c.case)))
        return {row.case for row in rows if row.case.startswith("night:")}

    async def rows(self) -> int:
        """Return how many rows there are about nights, kept cards aside."""
        tables = (nights, night_members, night_looks, night_hands)
        return sum([len(await self.db.read(partial(_every, table))) for table in tables])


async def _every(table: Table, tx: Tx) -> list[str]:
    return [row.id for row in await tx.all(select(table.c.id))]
