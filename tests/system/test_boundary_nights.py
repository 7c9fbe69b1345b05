"""On a night, a boundary looks like no answer, like a no, or like leaving: all that is shown is compared.

Every word is compared, and every request to Discord.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from cogs.night import strings
from tests.system.conftest import walking
from tests.system.night_journeys import option
from tests.system.test_boundary_friends import Eyes, Seen, boundary_of_ben, nothing
from tests.system.walk import Walk

What = Callable[[Walk], Awaitable[object]]


async def planned(walk: Walk) -> None:
    """Let Ana plan tonight, and Ben, whom she wants to invite, be known to the bot."""
    for name in ("ana", "ben", "cleo"):
        await walk.slash(name, "settings", zone="Europe/Berlin")
    shown = await walk.press(await walk.slash("ana", "night"), strings.PLAN)
    await walk.press(shown, strings.ITS_A_PLAN)


async def looks(walk: Walk, eyes: Eyes) -> None:
    """Let Ana open everything that can show something of Ben."""
    for command in ("night", "inbox"):
        eyes.see(await walk.slash("ana", command))
    for key in ("invite", "post", "home", "check", "leave"):
        eyes.see(await option(walk, "ana", key))
    eyes.see(await walk.press(await walk.slash("ana", "night"), strings.MORE))


async def invites(walk: Walk) -> Eyes:
    eyes = Eyes(walk)
    for _ in range(2):
        eyes.see(await walk.choose(await option(walk, "ana", "invite"), await walk("ben")))
    return eyes


async def declines(walk: Walk) -> None:
    await walk.press(await walk.entry("ben", "would like you along"), strings.NOT_ME)


async def never(walk: Walk) -> None:
    before = await walk.press(
        await walk.entry("ben", "would like you along"), f"Never from {walk.name('ana')}"
    )
    await walk.press(before, "Set the boundary")


@pytest.mark.parametrize(
    ("before", "answer"),
    [(nothing, declines), (nothing, never), (nothing, boundary_of_ben), (boundary_of_ben, nothing)],
)
async def test_an_invitation_that_is_not_accepted_looks_the_same_whatever_the_reason(
    tmp_path: Path, before: What, answer: What
) -> None:
    worlds: list[Seen] = []
    for number, (first, then) in enumerate(((nothing, nothing), (before, answer))):
        (state := tmp_path / str(number)).mkdir()
        async with walking(state) as walk:
            await planned(walk)
            await first(walk)
            eyes = await invites(walk)
            await then(walk)
            await walk.demo.skip(hours=2)
            eyes = _again(walk, eyes)
            await looks(walk, eyes)
            eyes.see(await walk.choose(await option(walk, "ana", "invite"), await walk("ben")))
            worlds.append(eyes.seen)
            assert walk.demo.dms(await walk("ben")) == []
    assert worlds[0] == worlds[1]


def _again(walk: Walk, eyes: Eyes) -> Eyes:
    """Go on with the same eyes, which don't see what Ben did meanwhile."""
    fresh = Eyes(walk)
    fresh.seen = eyes.seen
    return fresh


async def wished(walk: Walk) -> None:
    """Let Ben and Cleo come along, and Ana ask both to look out for her."""
    for name in ("ben", "cleo"):
        await walk.choose(await option(walk, "ana", "invite"), await walk(name))
        await walk.press(await walk.entry(name, "would like you along"), strings.COUNT_ME_IN)
        # What happens in the same second stands in any order.
        await walk.demo.skip(minutes=1)
    for name in ("ben", "cleo"):
        await walk.choose(await option(walk, "ana", "choose"), walk.name(name))
        await walk.demo.skip(minutes=1)
    await walk.press(await walk.entry("cleo", "look out for them"), strings.LOOK_OUT)


async def says_no(walk: Walk) -> None:
    await walk.press(await walk.entry("ben", "look out for them"), strings.CANT)


async def agrees(walk: Walk) -> None:
    await walk.press(await walk.entry("ben", "look out for them"), strings.LOOK_OUT)
    await walk.demo.skip(minutes=3)
    await walk.newest("ana")


async def leaves(walk: Walk) -> None:
    await walk.press(await option(walk, "ben", "leave"), strings.YES_LEAVE)


async def test_a_wish_that_was_declined_looks_like_one_that_was_not_answered(tmp_path: Path) -> None:
    assert await seen(tmp_path / "a", nothing) == await seen(tmp_path / "b", says_no)


@pytest.mark.parametrize("answer", [nothing, says_no, agrees])
async def test_a_boundary_of_somebody_in_the_night_looks_as_if_they_had_left(
    tmp_path: Path, answer: What
) -> None:
    worlds = [
        await seen(tmp_path / str(number), answer, then)
        for number, then in enumerate((leaves, boundary_of_ben))
    ]
    assert worlds[0] == worlds[1]


async def seen(state: Path, *done: What) -> tuple[Seen, list[str]]:
    """Return what Ana is shown and told after these things were done, before the night and on it."""
    state.mkdir()
    async with walking(state) as walk:
        await planned(walk)
        await wished(walk)
        for one in done:
            await one(walk)
        await walk.demo.skip(minutes=10)
        eyes = Eyes(walk)
        await looks(walk, eyes)
        eyes.see(await option(walk, "ana", "choose"))
        await walk.demo.skip(hours=8)
        await looks(walk, _again(walk, eyes))
        shown = await walk.press(await walk.slash("ana", "night"), strings.HAND)
        await walk.demo.skip(minutes=1)
        # Only its words: meanwhile everybody in the night was asked how they are, Ben too if he is there.
        eyes.seen.append((shown.text, []))
        return eyes.seen, [one.text for one in walk.demo.dms(await walk("ana"))]
