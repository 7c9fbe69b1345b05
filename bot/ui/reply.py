"""Respond to one interaction, within Discord's three seconds even if the work takes longer."""

import asyncio
from typing import Any

import discord

from bot.logs import get_logger
from bot.ui import strings
from bot.ui.components import Card
from bot.ui.form import Form, modal
from bot.ui.rendering import files, laid

log = get_logger(__name__)

Interaction = discord.Interaction[Any]

PATIENCE = 2.0
"""Seconds after which the response is deferred. Discord gives up after three."""
_KEY = "plumbline.reply"


class InteractionReply:
    """Shows cards and opens forms. If the work takes long, the response is deferred and filled in later."""

    def __init__(self, interaction: Interaction) -> None:
        self._interaction = interaction
        self._turn = asyncio.Lock()
        self._deferred = False
        self._timer = asyncio.create_task(self._defer())

    @classmethod
    def to(cls, interaction: Interaction) -> "InteractionReply":
        """Return the reply of this interaction. There is only one, however often this is called."""
        if _KEY not in interaction.extras:
            interaction.extras[_KEY] = cls(interaction)
        reply: InteractionReply = interaction.extras[_KEY]
        return reply

    async def show(self, card: Card) -> None:
        """Replace the card that was pressed if only they can see it; otherwise send a new card."""
        async with self._turn:
            self._timer.cancel()
            if self._deferred:
                self._deferred = False
                await self._interaction.edit_original_response(view=laid(card), attachments=files(card))
            elif self._pressed_own and not self._interaction.response.is_done():
                await self._interaction.response.edit_message(view=laid(card), attachments=files(card))
            else:
                await self._add(card)

    async def add(self, card: Card) -> None:
        """Send a new card that only they can see. The card that was pressed stays."""
        async with self._turn:
            self._timer.cancel()
            if self._deferred and not self._pressed_own:
                self._deferred = False
                await self._interaction.edit_original_response(view=laid(card), attachments=files(card))
            else:
                await self._add(card)

    async def ask(self, form: Form, then: Card | None) -> None:
        """Open a form. `then` replaces the card, so that a select on it can be used again."""
        async with self._turn:
            self._timer.cancel()
            if self._interaction.response.is_done():
                # A form must be the first response. The work before it is faster the second time.
                await self._add(Card(strings.AGAIN_TITLE, strings.AGAIN))
                return
            await self._interaction.response.send_modal(modal(form))
            if then is not None:
                await self._refresh(then)

    async def _add(self, card: Card) -> None:
        if self._interaction.response.is_done():
            await self._interaction.followup.send(view=laid(card), files=files(card), ephemeral=True)
        else:
            await self._interaction.response.send_message(view=laid(card), files=files(card), ephemeral=True)

    async def _refresh(self, card: Card) -> None:
        try:
            await self._interaction.edit_original_response(view=laid(card), attachments=files(card))
        except discord.HTTPException as error:
            # The form has opened, which is what matters. Only the select still shows the old choice.
            log.info("The card behind a form was not refreshed", error=error)

    async def _defer(self) -> None:
        await asyncio.sleep(PATIENCE)
        async with self._turn:
            response = self._interaction.response
            if response.is_done():
                return
            if self._pressed_own:
                await response.defer()
            else:
                await response.defer(ephemeral=True, thinking=True)
            self._deferred = True

    @property
    def _pressed_own(self) -> bool:
        message = self._interaction.message
        return message is not None and message.flags.ephemeral
