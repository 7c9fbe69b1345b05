"""`/inbox`, and the `Open` of every line, here and in direct messages."""

from collections.abc import Sequence

from discord import app_commands
from discord.ext import commands

from bot.delivery.outbox import Line, State
from bot.errors import NotYours
from bot.house import House
from bot.ui import plain
from bot.ui.inbox import Entry
from bot.ui.press import Interaction, Press
from bot.ui.route import to
from cogs.me.inbox import cards, words

_STANDS = (State.WAITING, State.SENT, State.SHUT)


class InboxDesk(commands.Cog):
    """Lists what waits, and hands each line to the room that opens it."""

    def __init__(self, house: House) -> None:
        self._house = house
        house.door.on("inbox.show", self.show)
        house.door.on("inbox.open", self.open)

    @app_commands.command(name=words.COMMAND, description=words.INBOX)
    async def inbox(self, interaction: Interaction) -> None:
        await self._show(await self._house.door.admit(interaction), 0)

    async def show(self, press: Press) -> None:
        if press.argument and not press.argument.isdecimal():
            raise NotYours
        await self._show(press, int(press.argument or 0))

    async def open(self, press: Press) -> None:
        """A line's own card; one that has closed, or whose other has left, says so."""
        line = await self._line(press)
        if line.other is not None and line.server is not None:
            # Whoever left takes what they had here along: the line may close in this very look.
            await self._house.presence.still_here(line.server, line.other)
            line = await self._line(press)
        if line.state not in _STANDS:
            await press.add(cards.closed())
            return
        try:
            await self._house.inbox.open(press, line)
        except NotYours:
            # The line is theirs, and leads to nothing any more: it ends as when what it tells of closes.
            await self._house.db.write(
                lambda tx: self._house.outbox.close(tx, line.subject, press.now, person=press.person)
            )
            await press.add(cards.closed())

    async def _line(self, press: Press) -> Line:
        """The line on the button; NotYours for anybody else's, and for one that is held back from them."""
        line = await self._house.db.read(lambda tx: self._house.outbox.get(tx, press.argument))
        if line is None or line.person != press.person or line.state is State.HELD:
            raise NotYours
        return line

    async def _show(self, press: Press, page: int) -> None:
        lines = await self._house.db.read(lambda tx: self._house.outbox.listed(tx, press.person))
        entries = [Entry(await self._describe(line), to("inbox.open", line.id)) for line in lines]
        others: Sequence[Entry] = await self._house.inbox.others(press.person, press.now)
        await press.show(cards.inbox([*entries, *others], page))

    async def _describe(self, line: Line) -> str:
        name = None
        if line.other is not None and line.server is not None:
            name = await self._house.people.called(line.server, line.other)
        return self._house.inbox.describe(line, plain.name(name) if name else "")
