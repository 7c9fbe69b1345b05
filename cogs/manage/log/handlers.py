"""The handlers of `/manage log`."""

import re

from bot.ids import ServerId
from bot.servers.models import LogEntry
from bot.services import Services
from bot.ui.components import Attached, Button, Card
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from cogs.manage.log import strings
from cogs.manage.log.wording import Wording, bars_in, file

SHOWN = 6
"""How many entries a card shows."""
_NUMBER = re.compile(r"[0-9]{1,15}")


class LogHandlers:
    """Shows the log of the server in which they are used. No argument names another server."""

    def __init__(self, services: Services) -> None:
        self._log = services.servers.log
        self._bars = services.reports.bars
        self._wording = Wording(services.library)

    def register(self, services: Services) -> None:
        services.router.handle("manage.log", self.begin, moderators=True)
        services.router.handle("manage.log_file", self.file, moderators=True)

    async def begin(self, ctx: InteractionContext) -> None:
        """Show the newest entries; with a number as the argument, show the entries before that number."""
        server = _here(ctx)
        before = int(ctx.argument) if _NUMBER.fullmatch(ctx.argument) else None
        found = await self._log.latest(server, SHOWN + 1, before)
        if not found:
            await ctx.show(Card(strings.EMPTY_TITLE, strings.EMPTY))
            return
        shown = found[:SHOWN]
        names = await self._log.names(server, shown)
        bars = await self._bars.told(server, bars_in(shown))
        text = "\n\n".join(self._wording.line(one, names, bars) for one in shown)
        buttons = _buttons(shown, later=before is not None, earlier=len(found) > SHOWN)
        await ctx.show(Card(strings.TITLE, text, rows=(buttons,), small=strings.SMALL))

    async def file(self, ctx: InteractionContext) -> None:
        server = _here(ctx)
        entries = await self._log.every(server)
        bars = await self._bars.told(server, bars_in(entries))
        written = file(entries, await self._log.names(server, entries), bars)
        await ctx.add(
            Card(strings.FILE_TITLE, strings.FILE_TEXT, attached=Attached(strings.FILE_NAME, written))
        )


def _here(ctx: InteractionContext) -> ServerId:
    assert ctx.server is not None, "moderators are those of a server"
    return ctx.server


def _buttons(shown: list[LogEntry], *, later: bool, earlier: bool) -> list[Button]:
    older = [Button(strings.OLDER, to("manage.log", str(shown[-1].number)))]
    newest = [Button(strings.NEWEST, to("manage.log"))]
    export = Button(strings.EXPORT, to("manage.log_file"))
    return [*(newest if later else []), *(older if earlier else []), export]
