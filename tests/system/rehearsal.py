"""Trying something on the real services and taking it back: what a press would show, unpressed."""

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
    """Rolls the whole rehearsal back."""


async def rehearsed(db: Database, act: Callable[[], Awaitable[T]]) -> T:
    """What `act` gives; whatever it wrote through the services is undone."""
    outcome: list[T] = []

    async def body(tx: Tx) -> None:
        async def inside(verb: Callable[[Tx], Awaitable[Any]]) -> Any:
            return await verb(tx)

        vars(db).update(write=inside, read=inside)
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
    """Stands where Discord takes the answer to a press, and keeps what was shown."""

    cards: list[Card] = field(default_factory=list)

    async def show(self, card: Card) -> None:
        self.cards.append(card)

    async def add(self, card: Card) -> None:
        self.cards.append(card)


def press(
    person: PersonId, now: datetime, argument: str = "", word: str = ""
) -> tuple[InteractionContext, Answers]:
    """A press by that person in the bot's DMs, and what was answered to it."""
    answers = Answers()
    interaction = SimpleNamespace(
        extras={reply._KEY: answers},
        guild_id=None,
        user=SimpleNamespace(display_name="Someone"),
        client=SimpleNamespace(get_guild=lambda _: None),
    )
    return InteractionContext(cast(Interaction, interaction), now, person, argument, word), answers
