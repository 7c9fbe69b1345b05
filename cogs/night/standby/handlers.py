"""Presses during a night while the database can't be used, answered from memory.

Nothing of it is written or logged. `bot/nights/standby.py` says what is held, and of whom.
"""

import asyncio
from collections.abc import Awaitable, Callable

from bot.delivery.outcome import Delivered, Missing, Refused
from bot.nights.models import Call, Heard, Quick
from bot.nights.queries import Friend
from bot.nights.standby import Looker
from bot.people.service import Address
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from cogs.night import strings
from cogs.night.looking import cards as looking
from cogs.night.looking.cards import Why
from cogs.night.out import cards

TRIES, APART = 3, 1.0
"""How often a message is tried, and the seconds between. With its nonce, Discord takes it once."""


class StandbyHandlers:
    """Each returns whether it has answered: it answers nobody of whom nothing is held."""

    def __init__(self, services: Services) -> None:
        self._standby = services.nights.standby
        self._gateway = services.dm_gateway
        self._pace = services.dm_dispatcher.pace
        self._country = services.servers.country
        self._library = services.library

    def register(self, services: Services) -> None:
        for verb, stand_in in {
            "nights.open": self.night,
            "nights.show": self.night,
            "nights.hand": self.hand,
            "nights.quick": self.quick,
            "nights.friend": self.friend,
            "inbox.open": self.message,
        }.items():
            services.router.stands_in(verb, stand_in)

    async def night(self, ctx: InteractionContext) -> bool:
        """Show their night that is on, with `I need a hand`."""
        view = self._standby.mine(_account(ctx), ctx.now)
        if view is None:
            return False
        card = cards.from_memory(view, begun=view.night.begun(ctx.now))
        await ctx.show(card.within(self._country(view.night.server)))
        return True

    async def hand(self, ctx: InteractionContext) -> bool:
        """Tell those who look out for them, and show whom it has reached."""
        return await self._reach(ctx, ctx.show)

    async def go_on(self, ctx: InteractionContext) -> bool:
        """Go on with a call whose card is shown, because the database has failed since."""
        return await self._reach(ctx, ctx.refresh)

    async def quick(self, ctx: InteractionContext) -> bool:
        """Say what it is, about a call that was made from memory."""
        if ctx.word not in set(Quick):
            return False
        made = self._standby.say(_account(ctx), ctx.argument, Quick(ctx.word), ctx.now)
        if made is None:
            return False
        await ctx.show(self._call(made, waited=True))
        return True

    async def friend(self, ctx: InteractionContext) -> bool:
        """Show a friend's card, or what to do in one of three things that happen."""
        one = self._standby.friend(_account(ctx), ctx.argument, ctx.now)
        if one is None or (ctx.word and ctx.word not in set(Quick)):
            return False
        await ctx.show(self._friend(ctx, one, Quick(ctx.word) if ctx.word else None))
        return True

    async def message(self, ctx: InteractionContext) -> bool:
        """Open a message that leads to a friend's card, or that asks them how they are."""
        account = _account(ctx)
        member = self._standby.leads_to(account, ctx.argument, ctx.now)
        one = None if member is None else self._standby.friend(account, member, ctx.now)
        if one is not None:
            await ctx.add(self._friend(ctx, one, None))
            return True
        return self._standby.asked(account, ctx.argument, ctx.now) and await self.night(ctx)

    # -- inside ---------------------------------------------------------------------------------

    async def _reach(self, ctx: InteractionContext, show: Callable[[Card], Awaitable[object]]) -> bool:
        member = ctx.argument
        made = self._standby.call(_account(ctx), member, ctx.now)
        if made is None:
            return False
        friends = self._standby.unreached(member, ctx.now)
        telling = [asyncio.create_task(self._tell(ctx, member, made, one)) for one in friends]
        await show(self._call(made))
        if telling:
            await asyncio.wait(telling)
            # None if they have left or were erased meanwhile.
            if (now := self._standby.called(member, ctx.now)) is not None:
                await ctx.refresh(self._call(now, waited=True))
        return True

    async def _tell(self, ctx: InteractionContext, member: str, made: Call, friend: Looker) -> None:
        heard, where = Heard.TRYING, Address(friend.account, friend.channel)
        for again in range(TRIES):
            await asyncio.sleep(APART if again else 0)
            await self._pace.turn(urgent=True)
            # They may have stopped, or set a boundary, while it waited.
            if not self._standby.looks_out(friend.look.id, member, ctx.now):
                return
            nonce = f"{made.hand.id[:12]}{friend.look.id[:12]}"
            outcome = await self._gateway.hand(where, friend.called, to("nights.friend", member), nonce)
            if isinstance(outcome, Delivered):
                heard = Heard.REACHED
            elif isinstance(outcome, Missing) and where.channel_id is not None:
                where = Address(friend.account, None)  # the channel that was opened once is gone
                continue
            elif isinstance(outcome, Refused | Missing):
                heard = Heard.NOT
            if heard is not Heard.TRYING:
                break
        self._standby.heard(made.hand.id, friend.look.id, heard)

    def _call(self, made: Call, *, waited: bool = False) -> Card:
        country = self._country(made.night.server)
        card = cards.call(made, self._library, country, waited=waited, notice=strings.LATE_CARD)
        return card.within(country)

    def _friend(self, ctx: InteractionContext, one: Friend, quick: Quick | None) -> Card:
        country = self._country(one.night.server)
        if quick is not None:
            return looking.advice(one, self._library, country, quick).within(country)
        why = Why.HAND if one.called_lately(ctx.now) else Why.LOOK
        return looking.friend(one, self._library, country, why, strings.LATE_CARD).within(country)


def _account(ctx: InteractionContext) -> int:
    return ctx.interaction.user.id
