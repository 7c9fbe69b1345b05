"""The answer to one interaction: the first within three seconds, whatever the work behind it takes."""

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
"""Seconds after which Discord is told that an answer will come: it gives up after three."""
_HERE = "plumbline.reply"


class Reply:
    """Shows cards and opens forms. Work that takes long is announced, and its card takes that place."""

    def __init__(self, interaction: Interaction) -> None:
        self._interaction = interaction
        self._turn = asyncio.Lock()
        self._announced = False
        self._timer = asyncio.create_task(self._announce())

    @classmethod
    def to(cls, interaction: Interaction) -> "Reply":
        """The one reply of this interaction."""
        if _HERE not in interaction.extras:
            interaction.extras[_HERE] = cls(interaction)
        reply: Reply = interaction.extras[_HERE]
        return reply

    async def show(self, card: Card) -> None:
        """Put this card in the place of the one pressed, if it was theirs alone; else beside it."""
        async with self._turn:
            self._timer.cancel()
            if self._announced:
                self._announced = False
                await self._interaction.edit_original_response(view=laid(card), attachments=files(card))
            elif self._pressed_own and not self._interaction.response.is_done():
                await self._interaction.response.edit_message(view=laid(card), attachments=files(card))
            else:
                await self._add(card)

    async def add(self, card: Card) -> None:
        """A new card, seen by them alone; the one pressed stays."""
        async with self._turn:
            self._timer.cancel()
            if self._announced and not self._pressed_own:
                self._announced = False
                await self._interaction.edit_original_response(view=laid(card), attachments=files(card))
            else:
                await self._add(card)

    async def ask(self, form: Form, then: Card | None) -> None:
        """Open a form; `then` takes the place of the card, so that a select on it can be used again."""
        async with self._turn:
            self._timer.cancel()
            if self._interaction.response.is_done():
                # A form must come first. What stands behind the press is quicker the second time.
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
            # The form is open, which is what was asked for; only the select keeps showing its choice.
            log.info("A card behind a form was not refreshed", error=error)

    async def _announce(self) -> None:
        await asyncio.sleep(PATIENCE)
        async with self._turn:
            response = self._interaction.response
            if response.is_done():
                return
            if self._pressed_own:
                await response.defer()
            else:
                await response.defer(ephemeral=True, thinking=True)
            self._announced = True

    @property
    def _pressed_own(self) -> bool:
        message = self._interaction.message
        return message is not None and message.flags.ephemeral
