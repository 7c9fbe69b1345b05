"""One Discord account that uses the bot over the wire, as far as one life of the bot's process lasts."""

import asyncio
import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.ui.custom_id import CustomId
from tests.crash.snapshot import Snapshot
from tests.crash.submissions import Present, Submission, Submissions
from tests.wire.client import Answered, Json, Message, Wire, WireError
from tests.wire.state import flattened

FOR_GOOD = 1000.0
"""In days: longer than any run lasts."""


class Interrupted(Exception):
    """The bot ended before it had answered."""


class NotOffered(Exception):
    """What the bot shows them has no such button, option or field now."""


@dataclass(frozen=True, slots=True)
class Place:
    """The server on which all this happens, and its channels."""

    server: int
    general: int
    moderators: int


@dataclass(frozen=True, slots=True)
class Life:
    """One process of the bot, from its start to its end."""

    wire: Wire
    over: asyncio.Event
    chance: random.Random
    now: Callable[[], datetime]
    submissions: Submissions


class Screen:
    """What somebody sees before them: a card, a form, or a message that they found in a channel."""

    def __init__(self, answer: Answered | None, message: Message | None) -> None:
        self.answer = answer
        self.message = message

    @property
    def components(self) -> Iterator[Json]:
        return flattened([] if self.message is None else self.message.components)

    @property
    def text(self) -> str:
        return "" if self.message is None else "\n".join([self.message.content, *self.message.texts])

    @property
    def is_form(self) -> bool:
        return self.answer is not None and (self.answer.callback or {}).get("type") == 9

    def routes(self, verb: str) -> list[CustomId]:
        """Return where the buttons and selects of this verb lead, in order."""
        found = [CustomId.read(str(one["custom_id"])) for one in self.components if "custom_id" in one]
        return [one for one in found if one is not None and one.verb == verb]

    def offers(self, verb: str) -> bool:
        return bool(self.routes(verb))

    def route(self, verb: str, word: str = "", argument: str = "") -> CustomId:
        """Return where the first of these leads. Raises NotOffered."""
        for one in self.routes(verb):
            if word in ("", one.word) and argument in ("", one.argument):
                return one
        raise NotOffered(verb)

    def options(self, verb: str) -> list[str]:
        """Return the values that the select of this verb offers. Raises NotOffered if there is none."""
        return [str(option["value"]) for option in self._options(verb)]

    def chosen(self, verb: str) -> list[str]:
        """Return the values that are chosen already in the select of this verb."""
        return [str(option["value"]) for option in self._options(verb) if option.get("default")]

    def _options(self, verb: str) -> list[Json]:
        wanted = self.route(verb).text
        select = next(one for one in self.components if one.get("custom_id") == wanted)
        return [*select.get("options", ())]


class Friend:
    """What one person does. Every method returns what they see next, and may raise Interrupted."""

    def __init__(self, name: str, account: int, place: Place, life: Life, *, moderates: bool = False) -> None:
        self.name = name
        self.account = account
        self.place = place
        self.life = life
        self.moderates = moderates

    @property
    def chance(self) -> random.Random:
        return self.life.chance

    # -- what they do ---------------------------------------------------------------------------

    async def slash(self, path: str, **options: Any) -> Screen:
        how = {"path": path, "options": options, "target": None}
        return await self._do({"do": "command", "person": self.account, "channel": self.place.general, **how})

    async def press(
        self, screen: Screen, verb: str, *, word: str = "", argument: str = "", values: Sequence[object] = ()
    ) -> Screen:
        """Press the button of this verb, or choose values in its select."""
        if screen.message is None:
            raise NotOffered(verb)
        custom_id = screen.route(verb, word, argument).text
        chosen = {"custom_id": custom_id, "values": [str(one) for one in values]}
        return await self._do({"do": "press", "person": self.account, "message": screen.message.id, **chosen})

    async def submit(self, form: Screen, fields: Mapping[str, str]) -> Screen:
        if form.answer is None or not form.is_form:
            raise NotOffered("a form")
        return await self._do({"do": "submit", "opened_by": form.answer.id, "fields": dict(fields)})

    async def inbox(self) -> Screen:
        return await self.slash("inbox")

    async def where_messages_are(self) -> Screen:
        """Show what has come: in `/inbox`, or the newest direct message that can still be opened."""
        if self.chance.random() < 0.6:
            return await self.inbox()
        channel = await self.life.wire.open_dm(self.account)
        found = await self.posts(channel, "inbox.open")
        return found[0] if found else await self.inbox()

    async def open_one(self, screen: Screen, verb: str) -> Screen:
        """Open the entries of an inbox one after the other, until one of them offers this verb."""
        for route in screen.routes("inbox.open"):
            opened = await self.press(screen, "inbox.open", argument=route.argument)
            if opened.offers(verb):
                return opened
        raise NotOffered(verb)

    async def posts(self, channel: int, verb: str) -> list[Screen]:
        """Return the messages in a channel that offer this verb, newest first."""
        found = [Screen(None, one) for one in await self.life.wire.messages(channel)]
        return [one for one in reversed(found) if one.offers(verb)]

    # -- what they have submitted ---------------------------------------------------------------

    def submitted(self, kind: str, about: str, present: Present, *, days: float = 0.0) -> None:
        """Take note that the bot has said that something is done. The bot's rules keep it for so long."""
        until = self.life.now() + timedelta(days=days)
        self.life.submissions.add(Submission(kind, about, until, present))

    def writes(self, about: str, text: str) -> None:
        """Take note, before it is sent, of a text that could be deleted for good."""
        self.life.submissions.written[about].add(text)

    def deleted(self, kind: str, about: str, readable: Callable[[Snapshot], Collection[str]]) -> None:
        """Take note that the bot has said that what was written about this until now is deleted for good.

        readable: returns the texts that can still be read there.
        """
        until, texts = (
            self.life.now() + timedelta(days=FOR_GOOD),
            frozenset(self.life.submissions.written[about]),
        )

        def gone(files: Snapshot) -> bool:
            return texts.isdisjoint(readable(files))

        self.life.submissions.add(Submission(kind, about, until, gone, deletes=True))

    def undoes(self, about: str, *kinds: str) -> None:
        """Take note, before doing so, that they undo something."""
        self.life.submissions.drop(about, *kinds)

    # -- inside ---------------------------------------------------------------------------------

    async def _do(self, act: Json) -> Screen:
        if self.life.over.is_set():
            raise Interrupted
        try:
            [id] = await self.life.wire.act([act])
        except WireError as error:
            raise NotOffered(str(error)) from None
        answer = await self.life.wire.interaction(id)
        if answer.reached:
            answer = await self._answer(id)
        if answer.answered_at is None:
            raise Interrupted
        return Screen(answer, answer.messages[-1] if answer.messages else None)

    async def _answer(self, id: int) -> Answered:
        """Return the answer that had come when the bot ended, if it ended first."""
        waiting = asyncio.create_task(self.life.wire.interaction(id, "answered"))
        over = asyncio.create_task(self.life.over.wait())
        try:
            await asyncio.wait({waiting, over}, return_when=asyncio.FIRST_COMPLETED)
            if waiting.done():
                return waiting.result()
        finally:
            for task in (waiting, over):
                task.cancel()
            with suppress(asyncio.CancelledError):
                await waiting
        return await self.life.wire.interaction(id)
