"""Respond to one interaction, within Discord's three seconds even if the work takes longer."""

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any

import discord
from msgspec.structs import replace

from bot.logs import get_logger
from bot.ui import strings
from bot.ui.components import Attached, Card
from bot.ui.form import Form, modal
from bot.ui.rendering import files, laid
from bot.ui.request_errors import REQUEST_ERRORS, code_of

log = get_logger(__name__)

Interaction = discord.Interaction[Any]

PATIENCE = 2.0
"""Seconds after which the response is deferred. Discord gives up after three."""
PICTURE_PATIENCE = 0.5
"""Seconds after which a card is shown without its picture, which then follows."""
_KEY = "plumbline.reply"
_UNANSWERABLE = {10062, 40060}
"""Discord takes no answer to this interaction any more: it is too late, or it was answered."""
_GONE = {10008, 10015}
"""The message of this interaction is gone: it was dismissed, or closed by another press."""


class InteractionReply:
    """Shows cards and opens forms. If the work takes long, the response is deferred and filled in later."""

    def __init__(self, interaction: Interaction) -> None:
        self._interaction = interaction
        self._turn = asyncio.Lock()
        self._deferred = False
        self._followed: discord.WebhookMessage | None = None
        """The last card that was sent beside the first response, if one was."""
        self._timer = asyncio.create_task(self._defer())

    @classmethod
    def to(cls, interaction: Interaction) -> "InteractionReply":
        """Return the reply of this interaction. There is only one, however often this is called."""
        if _KEY not in interaction.extras:
            interaction.extras[_KEY] = cls(interaction)
        reply: InteractionReply = interaction.extras[_KEY]
        return reply

    async def show(self, card: Card) -> None:
        """Replace the card that was pressed if only they can see it; otherwise send a new card.

        Never raises because of Discord: what was to be shown is done already.
        """
        async with self._turn:
            self._timer.cancel()
            await self._shown(card, self._replace(card))

    async def show_with(self, card: Card, picture: Awaitable[Attached | None]) -> None:
        """Show the card at once with its picture, or if that takes long, first without it.

        Nobody has to wait for a picture: the card says the same in words. If there won't be one, the card
        stays as it is, since a newer one may have taken its place.
        """
        drawing = asyncio.ensure_future(picture)
        await asyncio.wait({drawing}, timeout=PICTURE_PATIENCE)
        if drawing.done():
            await self.show(replace(card, attached=drawing.result()))
            return
        await self.show(card)
        if (drawn := await drawing) is not None:
            await self._refresh(replace(card, attached=drawn))

    async def add(self, card: Card) -> None:
        """Send a new card that only they can see. The card that was pressed stays. Never raises as above."""
        async with self._turn:
            self._timer.cancel()
            await self._shown(card, self._add(card) if self._pressed_own else self._replace(card))

    async def refresh(self, card: Card) -> bool:
        """Change the card that was shown last. Never raises as above.

        Return False if there is none: nothing could be shown, or they have dismissed it.
        """
        async with self._turn:
            if not self._interaction.response.is_done() or self._deferred:
                return False
            return await self._refresh(card)

    async def close(self) -> None:
        """Delete the card that was pressed. It may be gone already, which is what they want."""
        async with self._turn:
            self._timer.cancel()
            try:
                if not self._interaction.response.is_done():
                    await self._interaction.response.defer()
                await self._interaction.delete_original_response()
            except REQUEST_ERRORS as error:
                if code_of(error) not in _GONE:
                    log.failure("A card could not be closed", error)

    async def ask(self, form: Form, then: Card | None) -> None:
        """Open a form. `then` replaces the card, so that a select on it can be used again."""
        async with self._turn:
            self._timer.cancel()
            if self._interaction.response.is_done():
                # A form must be the first response. The work before it is faster the second time.
                again = Card(strings.AGAIN_TITLE, strings.AGAIN)
                await self._shown(again, self._add(again))
                return
            if self._interaction.type is discord.InteractionType.modal_submit:
                # Discord takes no form in answer to a form. Nothing that is shown leads here.
                await self._show_otherwise(None)
                return
            try:
                await self._interaction.response.send_modal(modal(form))
            except REQUEST_ERRORS as error:
                log.failure("An answer could not be shown", error)
                if code_of(error) not in _UNANSWERABLE:
                    await self._show_otherwise(None)
                return
            if then is not None:
                await self._refresh(then)

    # -- inside ---------------------------------------------------------------------------------

    async def _shown(self, card: Card, showing: Coroutine[Any, Any, object]) -> None:
        """Show a card. If that fails, send it as a new message, or else say that it can't be shown.

        They may have dismissed the card that was to be replaced, waited too long, or lost the connection.
        """
        try:
            await showing
        except REQUEST_ERRORS as error:
            log.failure("An answer could not be shown", error)
            if code_of(error) not in _UNANSWERABLE:
                await self._show_otherwise(card)

    async def _show_otherwise(self, card: Card | None) -> None:
        """Send a card that could not take another's place, or else a short one without its content."""
        short = Card(strings.NOT_SHOWN_TITLE, strings.NOT_SHOWN)
        for one in (card, short) if card is not None and self._interaction.response.is_done() else (short,):
            try:
                await self._add(one)
            except REQUEST_ERRORS as error:
                log.failure("An answer could not be shown", error)
            else:
                return

    async def _replace(self, card: Card) -> None:
        if self._deferred:
            self._deferred = False
            await self._interaction.edit_original_response(view=laid(card), attachments=files(card))
        elif self._pressed_own and not self._interaction.response.is_done():
            await self._interaction.response.edit_message(view=laid(card), attachments=files(card))
        else:
            await self._add(card)

    async def _add(self, card: Card) -> None:
        if self._interaction.response.is_done():
            self._followed = await self._interaction.followup.send(
                view=laid(card), files=files(card), ephemeral=True, wait=True
            )
        else:
            await self._interaction.response.send_message(view=laid(card), files=files(card), ephemeral=True)

    async def _refresh(self, card: Card) -> bool:
        """Change a card that is there. Return False if it is there no more."""
        edit = self._interaction.edit_original_response if self._followed is None else self._followed.edit
        try:
            await edit(view=laid(card), attachments=files(card))
        except REQUEST_ERRORS as error:
            if code_of(error) in _GONE:
                return False  # they have dismissed it, which is what they want
            # A form has opened, or a card is shown, which is what matters.
            log.failure("A card was not refreshed", error)
        return True

    async def _defer(self) -> None:
        await asyncio.sleep(PATIENCE)
        async with self._turn:
            response = self._interaction.response
            if response.is_done():
                return
            try:
                if self._pressed_own:
                    await response.defer()
                else:
                    await response.defer(ephemeral=True, thinking=True)
            except REQUEST_ERRORS as error:
                # The work goes on. What comes of it can't be shown, but it can be found in /inbox.
                log.failure("An interaction could not be deferred", error)
                return
            self._deferred = True

    @property
    def _pressed_own(self) -> bool:
        message = self._interaction.message
        return message is not None and message.flags.ephemeral
