"""Erasing waits for the account's other interactions, and new ones wait for it."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from bot.ui import under_way
from bot.ui.under_way import UnderWay

ANA, BO = 1, 2


class Story:
    """What happened, in order, in interactions of two accounts."""

    def __init__(self) -> None:
        self.all = UnderWay()
        self.told: list[str] = []

    async def press(self, account: int, name: str, *, takes: float = 0) -> None:
        await self.all.begin(account)
        self.told.append(f"{name} begins")
        await asyncio.sleep(takes)
        self.told.append(f"{name} ends")

    async def erase(self, account: int, *, takes: float = 0) -> None:
        async with self.all.alone(account):
            self.told.append("erasing begins")
            await asyncio.sleep(takes)
            self.told.append("erasing ends")


async def _in_turn(*acts: Coroutine[Any, Any, None]) -> None:
    """Begin them one after the other, and wait for all."""
    async with asyncio.TaskGroup() as group:
        for act in acts:
            group.create_task(act)
            await asyncio.sleep(0)


async def test_erasing_waits_for_a_press_that_is_under_way() -> None:
    story = Story()
    await _in_turn(story.press(ANA, "press", takes=0.02), story.erase(ANA))
    assert story.told == ["press begins", "press ends", "erasing begins", "erasing ends"]


async def test_a_press_during_erasing_begins_after_it() -> None:
    story = Story()
    await _in_turn(story.erase(ANA, takes=0.02), story.press(ANA, "press"))
    assert story.told == ["erasing begins", "erasing ends", "press begins", "press ends"]


async def test_a_press_after_erasing_does_not_wait() -> None:
    story = Story()
    await story.erase(ANA)
    await story.press(ANA, "press")
    assert story.told[-1] == "press ends"


async def test_presses_of_others_neither_wait_nor_are_waited_for() -> None:
    story = Story()
    await _in_turn(
        story.press(BO, "long", takes=0.05), story.erase(ANA, takes=0.02), story.press(BO, "short")
    )
    assert story.told == [
        "long begins", "erasing begins", "short begins", "short ends", "erasing ends", "long ends",
    ]  # fmt: skip


async def test_erasing_twice_at_once_is_done_one_after_the_other() -> None:
    story = Story()
    await _in_turn(story.erase(ANA, takes=0.01), story.erase(ANA))
    assert story.told == ["erasing begins", "erasing ends"] * 2


async def test_erasing_waits_no_longer_than_it_has_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_way, "PATIENCE", 0.01)
    story = Story()
    await _in_turn(story.press(ANA, "endless", takes=0.1), story.erase(ANA))
    assert story.told == ["endless begins", "erasing begins", "erasing ends", "endless ends"]


async def test_a_press_that_raises_is_not_waited_for() -> None:
    story = Story()

    async def fails() -> None:
        await story.all.begin(ANA)
        raise ValueError

    await asyncio.gather(fails(), return_exceptions=True)
    await story.erase(ANA)
    assert story.told == ["erasing begins", "erasing ends"]
