"""The handlers for previewing the draft, putting it to the members, and withdrawing the proposal."""

from contextlib import suppress

from bot.errors import NotYours
from bot.norms.drafts import mark
from bot.norms.errors import NoNorms, NothingChanged, OverTaken
from bot.norms.models import Version
from bot.norms.queries import NormDesk, Put
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.manage.norms.cards import put as cards
from cogs.manage.norms.cards.home import fresh
from cogs.manage.norms.home import NormsHome, here


class Putting:
    """Puts a draft exactly as the moderator saw it.

    If it has changed since then, it must be looked at first.
    """

    def __init__(self, services: Services, home: NormsHome) -> None:
        self._services = services
        self._norms = services.norms
        self._home = home

    def register(self, services: Services) -> None:
        for verb, handler in {
            "manage.preview": self.preview,
            "manage.read": self.read,
            "manage.changes": self.changes,
            "manage.put": self.put,
            "manage.norms_channel": self.channel,
            "manage.post": self.post,
            "manage.withdraw": self.withdraw,
            "manage.withdrawn": self.withdrawn,
        }.items():
            services.router.handle(verb, handler, moderators=True)

    async def preview(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.preview(await self._as_put(ctx)))

    async def read(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.read(await self._as_put(ctx), ctx.argument))

    async def changes(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.changes(await self._as_put(ctx), ctx.argument))

    async def put(self, ctx: InteractionContext) -> None:
        await self._follows(ctx, _how(ctx))

    async def follow(self, ctx: InteractionContext, notice: str = "") -> None:
        """Say what happens when the draft is put in the server's usual way. `notice` comes first."""
        direct = (await self._services.servers.settings(here(ctx))).ratifying.direct
        await self._follows(ctx, cards.DIRECT if direct else cards.MEMBERS, notice)

    async def channel(self, ctx: InteractionContext) -> None:
        """Store the channel for norms that was chosen on this card, and go on."""
        how, chosen = _how(ctx), ctx.chosen[0] if ctx.chosen else ""
        server = here(ctx)
        if not chosen.isdecimal() or self._services.channel_permissions.lacks(server, int(chosen)) is None:
            raise NotYours
        await self._services.servers.change(server, ctx.person, ctx.now, {"norms_channel": int(chosen)})
        await self._follows(ctx, how)

    async def post(self, ctx: InteractionContext) -> None:
        """Put the draft to the members. A second press shows what was put.

        The word of the custom_id is the mark of the draft as the moderator saw it.
        """
        server, how = here(ctx), _how(ctx)
        desk = await self._home.desk(ctx)
        if desk.begun and mark(desk.draft.norms) == ctx.word:
            barred = await self._barred(ctx, how)
            if barred is not None:
                await ctx.show(barred)
                return
            direct, ballots = how == cards.DIRECT, self._norms.ballots
            try:
                version = await ballots.put(
                    ctx.person,
                    server,
                    ctx.now,
                    direct=direct,
                    seen=ctx.word,
                    members=self._services.server_lookup.members(server),
                )
            except NothingChanged:
                version = await self._put_already(ctx)
        else:
            version = await self._put_already(ctx)
        channel = (await self._services.servers.settings(server)).norms_channel
        await ctx.show(cards.posted(await self._norms.queries.shown(version.id), channel))

    async def withdraw(self, ctx: InteractionContext) -> None:
        desk = await self._home.desk(ctx)
        if desk.proposal is None or desk.ballot is None or str(desk.proposal.number) != ctx.argument:
            raise OverTaken
        await ctx.show(cards.withdrawing(desk, desk.ballot, desk.proposal.number))

    async def withdrawn(self, ctx: InteractionContext) -> None:
        """Withdraw the proposal that the moderator saw.

        If it has closed meanwhile, show the current state.
        """
        number = int(ctx.argument) if ctx.argument.isdecimal() else 0
        with suppress(NotYours):
            await self._norms.ballots.withdraw(ctx.person, here(ctx), ctx.now, number)
        await self._home.show(ctx)

    # -- inside ---------------------------------------------------------------------------------

    async def _follows(self, ctx: InteractionContext, how: str, notice: str = "") -> None:
        """Say what happens when the draft is put, or which channel problem must be solved first."""
        put = await self._as_put(ctx, direct=how == cards.DIRECT)
        barred = await self._barred(ctx, how)
        if barred is not None:
            await ctx.show(barred)
            return
        settings, desk = await self._services.servers.settings(here(ctx)), await self._home.desk(ctx)
        await ctx.show(cards.putting(put, desk, settings, mark(put.version.norms), notice))

    async def _as_put(self, ctx: InteractionContext, *, direct: bool | None = None) -> Put:
        """Return the draft as the version that it would become, by default in the server's usual way.

        Raises NoNorms or NothingChanged.
        """
        server, desk = here(ctx), await self._home.desk(ctx)
        _fit(desk)
        settings, versions = await self._services.servers.settings(server), await self._norms.versions(server)
        number = versions[0].number + 1 if versions else 1
        usual = settings.ratifying.direct if direct is None else direct
        members = self._services.server_lookup.members(server)
        return cards.as_put(desk, number, settings, ctx.now, direct=usual, members=members)

    async def _barred(self, ctx: InteractionContext, how: str) -> Card | None:
        """Return the card that says why nothing can be posted in the channel for norms; None if it can be."""
        server = here(ctx)
        channel = (await self._services.servers.settings(server)).norms_channel
        if channel is None:
            return cards.no_channel(how)
        missing = self._services.channel_permissions.lacks(server, channel)
        if missing is None:
            return cards.no_channel(how, gone=True)
        return cards.lacks(how, channel, missing) if missing else None

    async def _put_already(self, ctx: InteractionContext) -> Version:
        """Return the newest version if it says what the moderator saw. Otherwise raise OverTaken."""
        versions = await self._norms.versions(here(ctx))
        if not versions or mark(versions[0].norms) != ctx.word:
            raise OverTaken
        return versions[0]


def _fit(desk: NormDesk) -> None:
    """Raises NoNorms or NothingChanged, as putting the draft would."""
    if not desk.draft.norms:
        raise NoNorms
    if not fresh(desk):
        raise NothingChanged


def _how(ctx: InteractionContext) -> str:
    if ctx.argument not in (cards.MEMBERS, cards.DIRECT):
        raise NotYours
    return ctx.argument
