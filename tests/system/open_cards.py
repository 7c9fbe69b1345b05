"""What somebody sees: each card that they can open, and what each button on an old card shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from msgspec import Struct

from bot.errors import Refusal
from bot.ids import PersonId
from bot.services import Services
from bot.ui import reply
from bot.ui.components import Beside, Button, Card
from bot.ui.context import Interaction, InteractionContext
from bot.ui.custom_id import CustomId, to
from bot.ui.form import Form
from tests.system.fixtures import SERVER, Harness
from tests.system.rehearsal import rehearsed

FIRST = (
    "inbox.show",
    "pods.show",
    "asks.begin",
    "talks.open",
    "plans.list",
    "boundaries.names",
    "terms.home",
)
"""What the commands open. `/pair` opens one card for each pair."""
SLICES = ("asks.", "pods.", "pairs.", "talks.", "inbox.", "plans.", "terms.")
MOST = 120


class _Screen:
    """Takes the answers to a press in the place of Discord."""

    def __init__(self) -> None:
        self.shown: list[Card | Form] = []

    async def show(self, card: Card) -> None:
        self.shown.append(card)

    async def add(self, card: Card) -> None:
        self.shown.append(card)

    async def show_with(self, card: Card, picture: Any) -> None:
        picture.cancel()
        self.shown.append(card)

    async def ask(self, form: Form, then: Card | None = None) -> None:
        self.shown.append(form)

    async def close(self) -> None:
        return


@dataclass(frozen=True)
class Screens:
    """One person's presses on one harness. Whatever they write is rolled back."""

    harness: Harness
    name: str

    def opened(self) -> dict[str, Any]:
        """Return each custom_id that they can find, with what pressing it shows."""
        seen: dict[str, Any] = {}
        waiting = [to(verb) for verb in FIRST] + [to("pairs.show", id) for id in self._pairs()]
        while waiting and len(seen) < MOST:
            custom_id = waiting.pop(0)
            if custom_id not in seen:
                seen[custom_id] = self.pressed(custom_id)
                waiting += [one for one in _buttons(seen[custom_id]) if _looks(one)]
        return seen

    def pressed(self, custom_id: str) -> list[Card | Form]:
        """Return what pressing this button shows."""
        return self.harness.run(rehearsed(self.harness.bot.db, lambda: self._press(custom_id)))

    async def _press(self, custom_id: str) -> list[Card | Form]:
        services: Services = self.harness.services
        route = CustomId.read(custom_id)
        assert route is not None
        ctx, screen = _context(self.harness.people[self.name], self.harness.now, route)
        try:
            await services.router._handlers[route.verb][0](ctx)
        except Refusal as refusal:
            screen.shown += services.router._cards(refusal, {})
        return screen.shown

    def _pairs(self) -> list[str]:
        found = self.harness.rows(
            "SELECT id FROM pairs WHERE ? IN (starter, partner) ORDER BY id", self.harness.people[self.name]
        )
        return [row["id"] for row in found]


def _context(person: PersonId, now: datetime, route: CustomId) -> tuple[InteractionContext, _Screen]:
    screen = _Screen()
    interaction = SimpleNamespace(
        extras={reply._KEY: screen},
        guild_id=SERVER,
        message=None,
        user=SimpleNamespace(name="someone", display_name="Someone"),
        client=SimpleNamespace(get_guild=lambda _: None),
    )
    return InteractionContext(cast(Interaction, interaction), now, person, route.argument, route.word), screen


def _looks(custom_id: str) -> bool:
    return custom_id.startswith(tuple(f"v1:{one}" for one in SLICES))


def lines(pages: Iterable[Any]) -> list[Beside]:
    """Return the lines of `/inbox`, in an order that says nothing: lines of one moment are in any order."""
    found = {
        repr(row): row for page in pages for card in page for row in card.rows if isinstance(row, Beside)
    }
    return [found[one] for one in sorted(found)]


def _buttons(shown: Any) -> Iterator[str]:
    if isinstance(shown, Button):
        yield shown.custom_id
    elif isinstance(shown, list | tuple):
        for one in shown:
            yield from _buttons(one)
    elif isinstance(shown, Struct):
        for name in shown.__struct_fields__:
            yield from _buttons(getattr(shown, name))
