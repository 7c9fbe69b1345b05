"""Pictures are drawn one after the other, one at a time for each person, and hold nothing else up."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from bot.ids import PersonId
from bot.ui.components import Attached
from bot.ui.picture_queue import MOST_WAITING, Picture, PictureQueue
from tests.patience import PATIENCE


@dataclass
class Easel:
    """Draws when it may, and remembers what it has drawn, in which thread."""

    begun: threading.Event = field(default_factory=threading.Event)
    may: threading.Event = field(default_factory=threading.Event)
    drawn: list[str] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)

    def draw(self, what: str) -> bytes:
        self.begun.set()
        assert self.may.wait(PATIENCE)
        self.threads.add(threading.current_thread().name)
        self.drawn.append(what)
        if what == "impossible":
            raise ValueError(what)
        return what.encode()

    def picture(self, what: str) -> Picture:
        return Picture("a.png", "alt", self.draw, what)


@pytest.fixture
def easel() -> Iterator[Easel]:
    made = Easel()
    yield made
    made.may.set()


@pytest.fixture
def queue() -> Iterator[PictureQueue]:
    made = PictureQueue()
    yield made
    made.stop()


def person(number: int) -> PersonId:
    return PersonId(f"person {number}")


async def busy(queue: PictureQueue, easel: Easel, who: int = 0) -> "asyncio.Future[Attached | None]":
    """Let the thread begin to draw something for this person."""
    drawing = queue.wanted(person(who), easel.picture("the first"))
    assert drawing is not None
    await asyncio.to_thread(easel.begun.wait, PATIENCE)
    return drawing


async def content(drawing: "asyncio.Future[Attached | None] | None") -> bytes | None:
    assert drawing is not None
    found = await asyncio.wait_for(drawing, PATIENCE)
    return None if found is None else found.content


async def test_names_of_hosts_are_looked_up_while_fifty_people_wait_for_pictures(
    queue: PictureQueue, easel: Easel
) -> None:
    await busy(queue, easel)
    wanted = [queue.wanted(person(number), easel.picture(str(number))) for number in range(1, 51)]
    assert await asyncio.wait_for(asyncio.get_running_loop().getaddrinfo("127.0.0.1", 80), PATIENCE)
    assert easel.drawn == []
    assert [one is not None for one in wanted] == [True] * MOST_WAITING + [False] * (50 - MOST_WAITING)
    easel.may.set()
    assert [await content(one) for one in wanted if one] == [
        str(number).encode() for number in range(1, MOST_WAITING + 1)
    ]
    assert len(easel.threads) == 1
    assert queue.wanted(person(50), easel.picture("again")) is not None, "there is room again"


async def test_only_the_newest_picture_of_a_person_is_drawn(queue: PictureQueue, easel: Easel) -> None:
    other = await busy(queue, easel)
    wanted = [queue.wanted(person(1), easel.picture(f"page {number}")) for number in range(50)]
    easel.may.set()
    assert [await content(one) for one in wanted] == [None] * 49 + [b"page 49"]
    assert await content(other) == b"the first"
    assert easel.drawn == ["the first", "page 49"]


async def test_a_newer_card_is_not_replaced_by_the_picture_that_is_being_drawn(
    queue: PictureQueue, easel: Easel
) -> None:
    first = await busy(queue, easel)
    second = queue.wanted(person(0), easel.picture("the second"))
    back_again = queue.wanted(person(0), easel.picture("the first"))
    easel.may.set()
    assert [await content(one) for one in (first, second, back_again)] == [None, None, b"the first"]


async def test_the_same_picture_is_drawn_once_for_all_presses(queue: PictureQueue, easel: Easel) -> None:
    first = await busy(queue, easel)
    more = [queue.wanted(person(0), easel.picture("the first")) for _ in range(50)]
    assert more[0] is not None
    more[0].cancel()
    easel.may.set()
    assert await content(first) == b"the first"
    assert [await content(one) for one in more[1:]] == [b"the first"] * 49
    assert easel.drawn == ["the first"]


async def test_a_picture_that_fails_raises_its_error_and_the_next_is_drawn(
    queue: PictureQueue, easel: Easel
) -> None:
    impossible = queue.wanted(person(0), easel.picture("impossible"))
    following = queue.wanted(person(1), easel.picture("following"))
    easel.may.set()
    with pytest.raises(ValueError, match="impossible"):
        await content(impossible)
    assert await content(following) == b"following"


async def test_when_the_bot_stops_nothing_more_is_drawn_and_nobody_waits(
    queue: PictureQueue, easel: Easel
) -> None:
    under_way = await busy(queue, easel)
    waiting = queue.wanted(person(1), easel.picture("waiting"))
    queue.stop()
    assert await content(waiting) is None
    assert await content(queue.wanted(person(2), easel.picture("late"))) is None
    easel.may.set()
    assert await content(under_way) == b"the first"
    assert easel.drawn == ["the first"]


async def test_a_queue_that_never_drew_stops(queue: PictureQueue) -> None:
    queue.stop()
    assert not [one for one in threading.enumerate() if one.name.startswith("drawing")]
