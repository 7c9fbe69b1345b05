"""Draw pictures one after the other in a thread of their own, so that nothing else waits for them.

Nobody has to wait for a picture either: the card that it belongs to says the same in words.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

from msgspec import Struct

from bot.ids import PersonId
from bot.ui.components import Attached

MOST_WAITING = 25
"""How many pictures may wait. Drawing that many takes about five seconds."""


class Picture(Struct, frozen=True):
    """What is to be drawn: `draw` makes a PNG of `shown`. `alt` says the same to a screen reader."""

    name: str
    alt: str
    draw: Callable[[Any], bytes]
    shown: object


class _Wanted(Struct, frozen=True):
    """A picture, and where it is put when it is drawn; None is put there if it won't be."""

    picture: Picture
    drawn: "asyncio.Future[Attached | None]"


class PictureQueue:
    """The pictures that wait, at most one for each person, and the thread that draws them.

    The thread begins with the first picture.
    """

    def __init__(self) -> None:
        self._waiting: dict[PersonId, _Wanted] = {}
        self._drawing: dict[PersonId, _Wanted] = {}
        self._work: asyncio.Task[None] | None = None
        self._thread: Executor | None = None
        self._open = True

    def wanted(self, person: PersonId, picture: Picture) -> "asyncio.Future[Attached | None] | None":
        """Return what will be the picture; None if too many are waiting.

        It becomes None if the person wants another picture before it is drawn, since that one's card may have
        taken the place of this one's, and when the bot stops. The same picture is drawn once.
        """
        earlier = [place[person] for place in (self._waiting, self._drawing) if person in place]
        same = [one for one in earlier if one.picture == picture and not one.drawn.done()]
        if same:
            # Shielded, because whoever else waits for the same picture must get it.
            return asyncio.shield(same[0].drawn)
        if person not in self._waiting and len(self._waiting) >= MOST_WAITING:
            return None
        for one in earlier:
            _settle(one)
        wanted = _Wanted(picture, asyncio.get_running_loop().create_future())
        if not self._open:
            _settle(wanted)
            return wanted.drawn
        self._waiting[person] = wanted
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._draw_all())
        return asyncio.shield(wanted.drawn)

    def stop(self) -> None:
        """Draw nothing more. Cards that wait for a picture stay as they are, in words."""
        self._open = False
        for one in self._waiting.values():
            _settle(one)
        self._waiting.clear()
        if self._thread is not None:
            self._thread.shutdown(wait=False)

    async def _draw_all(self) -> None:
        while self._waiting:
            person = next(iter(self._waiting))
            wanted = self._drawing[person] = self._waiting.pop(person)
            try:
                await self._draw(wanted)
            finally:
                del self._drawing[person]

    async def _draw(self, wanted: _Wanted) -> None:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "drawing")
        picture = wanted.picture
        work = asyncio.get_running_loop().run_in_executor(self._thread, picture.draw, picture.shown)
        try:
            png = await work
        except Exception as error:  # noqa: BLE001 - the future passes it on to whoever waits for the picture
            if not wanted.drawn.done():
                wanted.drawn.set_exception(error)
        else:
            _settle(wanted, Attached(picture.name, png, picture.alt))


def _settle(wanted: _Wanted, picture: Attached | None = None) -> None:
    if not wanted.drawn.done():
        wanted.drawn.set_result(picture)
