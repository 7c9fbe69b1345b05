"""One press, or one command, as a handler sees it, and the ways to answer it."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import discord

from bot.ids import PersonId, ServerId
from bot.ui.form import Form, modal
from bot.ui.look import Card, laid

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]


@dataclass(frozen=True, slots=True)
class Press:
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

    async def show(self, card: Card) -> None:
        """Put this card in the place of the one pressed, if it was theirs alone; else beside it."""
        message = self.interaction.message
        if message is not None and message.flags.ephemeral and not self.interaction.response.is_done():
            await self.interaction.response.edit_message(view=laid(card))
        else:
            await self.add(card)

    async def add(self, card: Card) -> None:
        """A new card, seen by them alone; the one pressed stays."""
        await add(self.interaction, card)

    async def ask(self, form: Form, then: Card | None = None) -> None:
        """Open a form; `then` takes the place of the card, so that a select on it can be used again."""
        await self.interaction.response.send_modal(modal(form))
        if then is None:
            return
        try:
            await self.interaction.edit_original_response(view=laid(then))
        except discord.HTTPException as error:
            # The form is open, which is what was asked for; only the select keeps showing its choice.
            log.info("A card behind a form was not refreshed: %s", type(error).__name__)


async def add(interaction: Interaction, card: Card) -> None:
    """A new card, seen by one person alone."""
    if interaction.response.is_done():
        await interaction.followup.send(view=laid(card), ephemeral=True)
    else:
        await interaction.response.send_message(view=laid(card), ephemeral=True)
