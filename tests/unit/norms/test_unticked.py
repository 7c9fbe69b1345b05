"""What a moderator sees is the same whether or not somebody wrote a note that this moderator can't read.

The same random steps run in two servers. Only in the first do members also write to the other moderators.
"""

import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.delivery.tables import posts as post_rows
from bot.errors import NotYours, TooMany
from bot.norms.errors import StandsNoMore
from bot.norms.models import VersionState
from cogs.manage.norms.cards import home, put, versions, waiting
from cogs.norms.cards import post, read
from cogs.norms.cards.read import Seen
from tests.unit.norms.fixtures import HERE, Harness, norm, settled

MEMBERS = ("ana", "bo", "cy", "dee")
STEPS = 50


class World(Harness):
    """A server with the moderators Mo and Zoe. Nobody writes to Zoe in secret."""

    async def secretly(self, name: str, *, concern: bool) -> None:
        """Write to Mo alone: a concern about the newest version, or a suggestion."""
        newest = next(iter(await self.norms.versions(HERE)), None)
        try:
            letter = await self.begin(name, newest if concern else None)
        except (StandsNoMore, TooMany):
            return
        await self.norms.notes.read_by(await self.person(name), letter.note.id, [await self.person("mo")])
        await self.write(name, letter.note.id, "about Zoe")
        await self.send(name, letter.note.id)

    async def take_back_all(self, name: str) -> None:
        for note, _ in await self.norms.notes.mine(await self.person(name), HERE):
            await self.take_back(name, note.id)

    async def press(self, name: str, button: str) -> None:
        newest = next(iter(await self.norms.versions(HERE)), None)
        if newest is not None:
            try:
                await (self.be_in if button == "in" else self.be_out)(name, newest)
            except StandsNoMore:
                return

    async def read_by_mo(self) -> None:
        """Mark what waits for Mo alone as done."""
        for letter in await self.waiting("mo"):
            await self.done("mo", letter.note.id)

    async def propose(self, number: int) -> None:
        await self.put(norm(f"n{number}"))

    async def call_off(self) -> None:
        try:
            await self.withdraw()
        except NotYours:
            return

    async def seen_by_zoe(self) -> dict[str, object]:
        """Return every card and every row that Zoe's screens are made of."""
        zoe = await self.person("zoe")
        desk = await self.norms.drafts.desk(zoe, HERE, self.now)
        every = await self.norms.versions(HERE)
        shown = [await self.norms.queries.shown(one.id) for one in every]
        newest = shown[0] if shown else None
        current = next((one for one in shown if one.version == desk.version), None)
        seen = Seen(await self.norms.here(zoe, HERE), sent=False)
        rows = await self.db.read(lambda tx: tx.all(select(post_rows).order_by(post_rows.c.made_at)))
        posts = {row.id: f"post {place}" for place, row in enumerate(rows)}
        found: dict[str, object] = {
            "desk": home.home(home.NormsState(desk, current, newest, direct=False)),
            "withdraw": None if desk.ballot is None else put.withdrawing(desk, desk.ballot, 1),
            "waiting": waiting.waiting(await self.norms.inbox.letters(zoe, HERE)),
            "versions": [versions.version(one, every, "0", current=one is current) for one in shown],
            "/norms": [card(one, seen) for one in shown for card in (read.norms, read.changes)],
            "channel": [[post.ballot(one, of) for one in shown] for of in await self.posts("norms.ballot")],
            "posts": [row._asdict() for row in rows],
            "inbox": [message.kind for message in await self.messages("zoe")],
            "log": [(one.setting, one.was, one.now) for one in await self.servers.log.every(HERE)],
            "members in": await self.db.read(self.norms.members_in),
        }
        named = {**posts, **{one.id: f"version {one.number}" for one in every}}
        return {what: _without_ids(repr(card), named) for what, card in found.items()}


def _without_ids(text: str, named: dict[str, str]) -> str:
    for id, name in named.items():
        text = text.replace(id, name)
    return text


@pytest.fixture
async def worlds() -> AsyncIterator[tuple[World, World]]:
    async with AsyncExitStack() as stack:
        found = [await stack.enter_async_context(settled(World)) for _ in range(2)]
        for world in found:
            await world.moderate("zoe")
            await world.moderate("mo")
            for name in MEMBERS:
                await world.person(name)
        yield found[0], found[1]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.slow
async def test_until_a_vote_ends_a_note_changes_nothing_for_who_cannot_read_it(
    worlds: tuple[World, World], seed: int
) -> None:
    chance = random.Random(seed)
    secret, plain = worlds
    for number in range(STEPS):
        name, step = chance.choice(MEMBERS), chance.randrange(10)
        match step:
            case 0 | 1:
                await secret.secretly(name, concern=True)
            case 2:
                await secret.secretly(name, concern=False)
            case 3:
                await secret.take_back_all(name)
            case 4:
                await secret.read_by_mo()
            case _:
                for world in worlds:
                    await _both(world, step, name, number)
        assert await secret.seen_by_zoe() == await plain.seen_by_zoe(), (number, step, name)


async def _both(world: World, step: int, name: str, number: int) -> None:
    match step:
        case 5 | 6:
            await world.press(name, "in")
        case 7:
            await world.press(name, "out")
        case 8:
            await world.leave(name)
            await world.person(name)
        case _ if number % 3:
            await world.propose(number)
        case _:
            await world.call_off()
    world.now += timedelta(minutes=1)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.slow
async def test_after_a_vote_a_note_changes_nothing_for_who_cannot_read_it(
    worlds: tuple[World, World], seed: int
) -> None:
    chance = random.Random(seed)
    secret, plain = worlds
    for world in worlds:
        await world.propose(1)
        for name in (*MEMBERS, "eli"):
            await world.press(name, "in")
        await world.wait(days=7)
        assert (await world.norms.queries.shown((await world.norms.versions(HERE))[0].id)).ballot.state is (
            VersionState.RATIFIED
        )
    for number in range(STEPS // 2):
        name, step = chance.choice(MEMBERS), chance.randrange(9)
        if step < 3:
            await secret.secretly(name, concern=step < 2)
        elif step == 3:
            await secret.take_back_all(name)
        elif step == 4:
            await secret.read_by_mo()
        else:
            for world in worlds:
                await _both(world, step, name, number)
        assert await secret.seen_by_zoe() == await plain.seen_by_zoe(), (number, step, name)


async def test_the_result_includes_the_concern_for_everybody(worlds: tuple[World, World]) -> None:
    secret, plain = worlds
    for world in worlds:
        await world.propose(1)
        await world.press("ana", "in")
    await secret.secretly("ana", concern=True)
    assert await secret.seen_by_zoe() == await plain.seen_by_zoe()
    for world in worlds:
        await world.wait(days=7)
    [with_it], [without] = await secret.norms.versions(HERE), await plain.norms.versions(HERE)
    assert await secret.counted(with_it) == (0, 1)
    assert await plain.counted(without) == (1, 0)
