"""One press, or one command, as a handler sees it, and the ways to answer it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.ids import PersonId, ServerId
from bot.ui.components import Card
from bot.ui.form import Form
from bot.ui.reply import Interaction, Reply

__all__ = ["Interaction", "InteractionContext"]


@dataclass(frozen=True, slots=True)
class InteractionContext:
    """Who pressed what, and when. A stateless verb has no `person`: it touches no row."""

    interaction: Interaction
    now: datetime
    who: PersonId | None = None
    argument: str = ""
    word: str = ""
    chosen: Sequence[str] = ()
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def person(self) -> PersonId:
        if self.who is None:
            raise LookupError("a stateless verb knows nobody")
        return self.who

    @property
    def server(self) -> ServerId | None:
        return None if self.interaction.guild_id is None else ServerId(self.interaction.guild_id)

    @property
    def moderates(self) -> bool:
        """Whether Discord says that they have Manage Server here; nowhere else is that known."""
        return self.server is not None and self.interaction.permissions.manage_guild

    async def show(self, card: Card) -> None:
        """Put this card in the place of the one pressed, if it was theirs alone; else beside it."""
        await Reply.to(self.interaction).show(card)

    async def add(self, card: Card) -> None:
        """A new card, seen by them alone; the one pressed stays."""
        await Reply.to(self.interaction).add(card)

    async def ask(self, form: Form, then: Card | None = None) -> None:
        """Open a form; `then` takes the place of the card, so that a select on it can be used again."""
        await Reply.to(self.interaction).ask(form, then)
