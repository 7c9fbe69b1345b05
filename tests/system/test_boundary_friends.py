"""A boundary looks like an ordinary refusal: the same is done with each, and what is shown is compared.

Every word is compared, and every request to Discord.
"""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.demo.client.screen import Screen
from bot.pods.models import LAPSES_AFTER
from tests.system.conftest import walking
from tests.system.journeys import SAID, SEXUAL
from tests.system.walk import Walk

Seen = list[tuple[str, list[tuple[str, str]]]]
Before = Callable[[Walk], Awaitable[object]]


class Eyes:
    """Collects what somebody is shown, and the requests to Discord meanwhile."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self.seen: Seen = []
        self._from = len(walk.demo.requests)

    def see(self, screen: Screen) -> Screen:
        requests = self._walk.demo.requests
        mine = [(one.method, _plain(one.path)) for one in requests[self._from :]]
        self._from = len(requests)
        # Requests after the answer deliver a message to the other person.
        while mine and not mine[-1][1].startswith(("/interactions", "/webhooks")):
            mine.pop()
        self.seen.append((_plain(f"{screen.text} {screen.buttons} {screen.options}"), mine))
        return screen


def _plain(text: str) -> str:
    """Remove seconds, and the ids of interactions and messages, which count up."""
    text = re.sub(r"<t:(\d+)", lambda at: f"<t:{int(at[1]) // 60}", text)
    return re.sub(r"/\d{6,}[^ ]*", "/ID", text)


async def acts(walk: Walk) -> Seen:
    """Let Ana do everything that she can do towards Ben. Return what she sees."""
    eyes, demo = Eyes(walk), walk.demo
    ana, ben = await walk("ana"), await walk("ben")
    eyes.see(await demo.menu(ana, "Invite to my pod", ben))
    form = await walk.choose(await walk.slash("ana", "ask"), SAID)
    shown = eyes.see(await walk.submit(form, what="what", felt="felt", asking="asks"))
    shown = eyes.see(await walk.choose(await walk.press(shown, "In 3 days"), [walk.name("ben")]))
    eyes.see(await walk.press(shown, "Send"))
    screen = await walk.choose(await walk.slash("ana", "ask"), SEXUAL)
    eyes.see(await walk.choose(await walk.press(screen, "Ask someone to talk"), walk.name("ben")))
    before = await walk.slash("ana", "pair start", partner=ben, cadence="weekly", day="Sunday", at="18:00")
    form = await walk.press(before, "A habit")
    eyes.see(await walk.submit(form, aim="aim", signs="signs", words="words", zone="Berlin"))
    await looks(walk, "ana", eyes)
    return eyes.seen


async def looks(walk: Walk, name: str, eyes: Eyes) -> Seen:
    """Open every list that can contain the other person's name."""
    for command in ("pod", "inbox", "pair show", "ask", "boundary"):
        eyes.see(await walk.slash(name, command))
    return eyes.seen


async def befriend(walk: Walk) -> None:
    """Let Ana ask Ben and Cleo, and Ben ask Ana; both of them pass the first screen of `/ask`."""
    for owner, member in (("ana", "ben"), ("ana", "cleo"), ("ben", "ana")):
        await walk.demo.menu(await walk(owner), "Invite to my pod", await walk(member))
        await walk.press(await walk.slash(member, "pod"), "Accept")
        await walk.newest(owner)
    for name in ("ana", "ben"):
        await walk.press(await walk.slash(name, "ask"), "Continue, I'm 18+")


async def nothing(_walk: Walk) -> None:
    return


async def boundary_of_ben(walk: Walk) -> None:
    choosing = await walk.press(await walk.slash("ben", "boundary"), "Add")
    await walk.press(await walk.choose(choosing, await walk("ana")), "Set the boundary")


async def boundary_of_ana(walk: Walk) -> None:
    choosing = await walk.press(await walk.slash("ana", "boundary"), "Add")
    await walk.press(await walk.choose(choosing, await walk("ben")), "Set the boundary")


async def rest_of_ben(walk: Walk) -> None:
    await walk.press(await walk.press(await walk.slash("ben", "settings"), "Rest"), "Until I say")


async def test_everything_done_across_a_boundary_looks_as_if_there_were_none(tmp_path: Path) -> None:
    """Until the parting, the cards and the requests are the same, in the same order."""
    worlds = []
    for number, before in enumerate((nothing, boundary_of_ben)):
        (state := tmp_path / str(number)).mkdir()
        async with walking(state) as walk:
            await befriend(walk)
            await before(walk)
            worlds.append(await acts(walk))
            # Only what is delivered to Ben differs.
            assert len(walk.demo.dms(await walk("ben"))) == (1 if before is boundary_of_ben else 3)
    assert worlds[0] == worlds[1]


async def refuses_all(walk: Walk) -> None:
    """Let Ben say no to everything, and leave."""
    for sentence in ("has a question for you", "would like to talk to you"):
        await walk.press(await walk.entry("ben", sentence), "I can't")
    await walk.press(await walk.slash("ben", "pair show"), "No thanks")
    leaving = await walk.press(await walk.slash("ben", "pod"), "Remove or leave")
    await walk.choose(leaving, walk.name("ana"), which="pods.leave")
    removing = await walk.press(await walk.slash("ben", "pod"), "Remove or leave")
    await walk.choose(removing, walk.name("ana"), which="pods.remove")


async def lines(walk: Walk) -> list[str]:
    """Return the lines of all of Ana's lists and messages, sorted, because their order is random."""
    seen = await looks(walk, "ana", Eyes(walk))
    told = [line.text for line in walk.demo.dms(await walk("ana"))]
    texts = [line.partition(" ['")[0] for text, _ in seen for line in text.splitlines()]
    return sorted(texts) + sorted(told)


async def test_after_the_parting_a_boundary_looks_like_an_ordinary_refusal(tmp_path: Path) -> None:
    """Ana's lists are compared a day later, and again when everything that waited has lapsed."""
    worlds: list[list[list[str]]] = []
    for number, before in enumerate((nothing, boundary_of_ben)):
        (state := tmp_path / str(number)).mkdir()
        async with walking(state) as walk:
            await befriend(walk)
            await before(walk)
            await acts(walk)
            await walk.demo.skip(hours=3)
            await (refuses_all if before is nothing else nothing)(walk)
            after = []
            for days in (1, LAPSES_AFTER.days + 1):
                await walk.demo.skip(days=days)
                after.append(await lines(walk))
            worlds.append(after)
    assert worlds[0] == worlds[1]


async def test_whoever_invites_a_resting_person_is_not_told_that_they_rest(tmp_path: Path) -> None:
    worlds = []
    for number, before in enumerate((nothing, rest_of_ben)):
        (state := tmp_path / str(number)).mkdir()
        async with walking(state) as walk:
            await walk.slash("ben", "settings")
            await before(walk)
            eyes = Eyes(walk)
            eyes.see(await walk.demo.menu(await walk("ana"), "Invite to my pod", await walk("ben")))
            worlds.append((await looks(walk, "ana", eyes), walk.demo.dms(await walk("ben"))))
    assert worlds[0] == worlds[1]


async def test_a_new_boundary_closes_what_the_other_person_has_not_opened(tmp_path: Path) -> None:
    """Ana asks Ben for everything that she can, and then sets a boundary."""
    async with walking(tmp_path) as walk:
        await befriend(walk)
        await acts(walk)
        await walk.demo.skip(minutes=5)
        assert "Nothing waits" not in await walk.slash("ben", "inbox")
        await boundary_of_ana(walk)
        await walk.demo.skip(minutes=5)
        told = [line.text for line in walk.demo.dms(await walk("ben"))]
        assert set(told[-2:]) == {"This is closed."}
        assert "Nothing is waiting" in await walk.slash("ben", "inbox")
        assert walk.name("ana") in await walk.slash("ben", "pod"), "the tie stands until the parting"
