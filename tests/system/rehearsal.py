"""Try something on the real services and roll it back, to see what a press would show."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from bot.ids import PersonId
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.ui import reply
from bot.ui.components import Card
from bot.ui.context import Interaction, InteractionContext

T = TypeVar("T")


class _Undone(Exception):
    """Raised to roll everything back."""


async def rehearsed(db: Database, act: Callable[[], Awaitable[T]], *, one_task: bool = False) -> T:
    """Return the result of `act`; everything that it wrote is rolled back.

    one_task: it begins no other tasks. What works in the background meanwhile is then none of it, and waits.
    """
    outcome: list[T] = []

    async def body(tx: Tx) -> None:
        rehearsing = asyncio.current_task()

        def belongs() -> bool:
            return not one_task or asyncio.current_task() is rehearsing

        async def write(verb: Callable[[Tx], Awaitable[Any]]) -> Any:
            return await (verb(tx) if belongs() else Database.write(db, verb))

        async def read(verb: Callable[[Tx], Awaitable[Any]]) -> Any:
            return await (verb(tx) if belongs() else Database.read(db, verb))

        vars(db).update(write=write, read=read)
        try:
            outcome.append(await act())
        finally:
            del vars(db)["write"], vars(db)["read"]
        raise _Undone

    with contextlib.suppress(_Undone):
        await db.write(body)
    return outcome[0]


@dataclass
class Answers:
    """Takes the answer to a press in the place of Discord, and keeps what was shown."""

    cards: list[Card] = field(default_factory=list)

    async def show(self, card: Card) -> None:
        self.cards.append(card)

    async def add(self, card: Card) -> None:
        self.cards.append(card)


def press(
    person: PersonId, now: datetime, argument: str = "", word: str = ""
) -> tuple[InteractionContext, Answers]:
    """Make a press by that person in the bot's DMs; return it with the object that takes its answers."""
    answers = Answers()
    interaction = SimpleNamespace(
        extras={reply._KEY: answers},
        guild_id=None,
        user=SimpleNamespace(name="someone", display_name="Someone"),
        client=SimpleNamespace(get_guild=lambda _: None),
    )
    return InteractionContext(cast(Interaction, interaction), now, person, argument, word), answers
