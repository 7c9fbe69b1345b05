"""One interaction (a button, a select, a form or a command) as a handler sees it, and how to answer it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import discord
from msgspec import Struct, field
from msgspec.structs import replace

from bot.ids import PersonId, ServerId
from bot.ui import strings
from bot.ui.components import Card
from bot.ui.form import Form
from bot.ui.picture_queue import Picture, PictureQueue
from bot.ui.reply import Interaction, InteractionReply

__all__ = ["Interaction", "InteractionContext"]


class InteractionContext(Struct, frozen=True):
    """Who did what, and when. A stateless verb uses no database, so it has no `person`.

    argument, word: from the custom_id. chosen: the values of a select. typed: the fields of a form.
    """

    interaction: Interaction
    now: datetime
    who: PersonId | None = None
    argument: str = ""
    word: str = ""
    chosen: Sequence[str] = ()
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def person(self) -> PersonId:
        """The person who acted. Raises LookupError for a stateless verb."""
        if self.who is None:
            raise LookupError("a stateless verb has no person")
        return self.who

    @property
    def server(self) -> ServerId | None:
        return None if self.interaction.guild_id is None else ServerId(self.interaction.guild_id)

    @property
    def pressed_own(self) -> bool:
        """Whether they pressed a card that only they can see."""
        message = self.interaction.message
        return message is not None and message.flags.ephemeral

    @property
    def shown(self) -> str:
        """The text of the card that was pressed, as Discord has it."""
        message = self.interaction.message
        return "" if message is None else "\n".join(_texts(message.components))

    @property
    def moderates(self) -> bool:
        """Whether they have Manage Server in this server. False in direct messages."""
        return self.server is not None and self.interaction.permissions.manage_guild

    def has_role(self, role: int) -> bool:
        """Whether they have this role in this server. False in direct messages."""
        user = self.interaction.user
        return isinstance(user, discord.Member) and user.get_role(role) is not None

    async def show(self, card: Card) -> None:
        """Replace the card that was pressed if only they can see it; otherwise send a new card."""
        await InteractionReply.to(self.interaction).show(card)

    async def show_with(self, card: Card, picture: Picture, queue: PictureQueue) -> None:
        """Show the card with its picture; if that takes long to draw, it follows.

        If too many pictures are wanted at once, the card says that it has none.
        """
        drawn = queue.wanted(self.person, picture)
        if drawn is None:
            await self.show(replace(card, after=strings.NO_PICTURE))
        else:
            await InteractionReply.to(self.interaction).show_with(card, drawn)

    async def refresh(self, card: Card) -> bool:
        """Change the card that was shown, because something has happened since. False if it is gone."""
        return await InteractionReply.to(self.interaction).refresh(card)

    async def add(self, card: Card) -> None:
        """Send a new card that only they can see. The card that was pressed stays."""
        await InteractionReply.to(self.interaction).add(card)

    async def close(self) -> None:
        """Delete the card that was pressed. Only for cards that only they can see."""
        await InteractionReply.to(self.interaction).close()

    async def ask(self, form: Form, then: Card | None = None) -> None:
        """Open a form. `then` replaces the card, so that a select on it can be used again."""
        await InteractionReply.to(self.interaction).ask(form, then)


def _texts(components: Iterable[object]) -> Iterator[str]:
    """Yield every text of a message's components."""
    for one in components:
        if isinstance(one, discord.TextDisplay):
            yield one.content
        elif isinstance(one, discord.Container | discord.SectionComponent):
            yield from _texts(one.children)
