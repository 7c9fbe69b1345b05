"""What the card before erasing says that others will see of asks and talks, and what they do see."""

from collections.abc import Awaitable, Callable

import pytest

from bot.asks.models import Reply as Asked
from bot.asks.wait import Wait
from bot.privacy.models import Consequence
from bot.talks import store
from bot.talks.models import Did, Reply, Talk, TalkState
from tests.unit.reports.fixtures import HERE, Harness, settled

pytestmark = pytest.mark.slow

Step = Callable[[Harness, Talk], Awaitable[object]]
SAID = {Consequence.TALKS_END, Consequence.CANT_ANSWER}
"""What is said of a talk. Ana and Ben have nothing else with each other but their pod."""


async def waits(_harness: Harness, _talk: Talk) -> None:
    pass


async def says_when(harness: Harness, talk: Talk) -> None:
    await harness.talks.answer(talk.current.person, talk.current.id, Reply.TODAY, harness.now)


async def cannot(harness: Harness, talk: Talk) -> None:
    await harness.talks.answer(talk.current.person, talk.current.id, Reply.CANT, harness.now)


async def is_followed(harness: Harness, talk: Talk) -> None:
    await says_when(harness, talk)
    await harness.wait(days=1)


async def talked(harness: Harness, talk: Talk) -> None:
    await is_followed(harness, talk)
    await harness.talks.tell(talk.asker, talk.id, Did.YES, harness.now)


async def is_taken_back(harness: Harness, talk: Talk) -> None:
    await harness.talks.take_back(talk.asker, talk.id, harness.now)


async def begun(harness: Harness, step: Step) -> Talk:
    """Let Ana ask Ben to talk, and what follows happen."""
    ana, ben = await harness.person("Ana"), await harness.person("Ben")
    view = await harness.talks.ask(ana, HERE, ben, harness.now)
    assert view.talk is not None
    await step(harness, view.talk)
    return view.talk


async def said(harness: Harness, name: str) -> set[Consequence]:
    return SAID & set(await harness.services.privacy.consequences(await harness.person(name), harness.now))


async def erased(harness: Harness, name: str) -> None:
    await harness.services.privacy.erase(await harness.person(name), harness.now)


@pytest.mark.parametrize(
    ("step", "expected", "state"),
    [
        (waits, {Consequence.CANT_ANSWER}, TalkState.FREE),
        (says_when, {Consequence.TALKS_END}, TalkState.FREE),
        (is_followed, set(), TalkState.FOLLOWED),
        (cannot, set(), TalkState.FREE),
        (talked, set(), TalkState.TALKED),
        (is_taken_back, set(), TalkState.CLOSED),
    ],
)
async def test_whoever_was_asked_to_talk_reads_what_the_asker_will_see(
    step: Step, expected: set[Consequence], state: TalkState
) -> None:
    """Only a talk to which they agreed ends. While they are only asked, the asker sees a "can't"."""
    async with settled(Harness) as harness:
        talk = await begun(harness, step)
        assert await said(harness, "Ben") == expected
        await erased(harness, "Ben")
        kept = await harness.db.read(lambda tx: store.get(tx, talk.id))
        assert kept is not None
        assert kept.state is state


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (waits, {Consequence.TALKS_END}),
        (says_when, {Consequence.TALKS_END}),
        (is_followed, {Consequence.TALKS_END}),
        (cannot, set()),
        (talked, set()),
        (is_taken_back, set()),
    ],
)
async def test_whoever_asked_somebody_to_talk_reads_what_that_person_will_see(
    step: Step, expected: set[Consequence]
) -> None:
    async with settled(Harness) as harness:
        await begun(harness, step)
        assert await said(harness, "Ana") == expected


async def test_a_request_that_a_boundary_keeps_from_somebody_is_not_named_before_they_erase() -> None:
    async with settled(Harness) as harness:
        await begun(harness, waits)
        await harness.boundaries.set(await harness.person("Ana"), await harness.person("Ben"), harness.now)
        assert await said(harness, "Ben") == set()
        assert await said(harness, "Ana") == {Consequence.TALKS_END}


async def test_what_is_held_names_no_request_to_somebody_who_has_not_agreed_to_it() -> None:
    """It is its asker's. Whether it is still there would tell of a boundary."""
    async with settled(Harness) as harness:
        talk = await begun(harness, waits)
        ben, privacy = await harness.person("Ben"), harness.services.privacy
        assert "talk_requests" not in [one.table for one in await privacy.summary(ben)]
        await says_when(harness, talk)
        assert "talk_requests" in [one.table for one in await privacy.summary(ben)]


@pytest.mark.parametrize("apart", [False, True])
async def test_before_the_asker_hears_that_it_is_beyond_somebody_erasing_shows_them_a_cannot(
    apart: bool,
) -> None:
    async with settled(Harness) as harness:
        await harness.tie("Ana", "Cy")
        id = await harness.ask("Ana", "Ben", "Cy", wait=Wait.DAYS)
        await harness.beyond(id, "Ben")
        if apart:
            await harness.apart("Ana", "Ben")
        assert await said(harness, "Ben") == {Consequence.CANT_ANSWER}
        if not apart:
            await erased(harness, "Ben")
            assert Asked.CANT in {one.reply for one in (await harness.status(id)).asked}
            return
        await harness.wait(hours=3)
        assert await said(harness, "Ben") == set()


async def test_once_the_asker_heard_that_it_is_beyond_somebody_erasing_changes_nothing_of_it() -> None:
    async with settled(Harness) as harness:
        id = await harness.ask("Ana", "Ben", wait=Wait.DAYS)
        await harness.beyond(id, "Ben")
        await harness.wait(hours=3)
        assert await said(harness, "Ben") == set()
