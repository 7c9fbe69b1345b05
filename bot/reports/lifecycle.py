"""What happens to reports and bars when somebody leaves or sets a boundary, or a server is forgotten."""

from bot.events import BoundarySet, PersonParted, ServerForgotten
from bot.reports import bar_store, store
from bot.reports.bars import Bars
from bot.reports.moves import ReportMoves
from bot.storage.tx import Tx


class ReportLifecycle:
    """Reacts to events about people and servers."""

    def __init__(self, moves: ReportMoves, bars: Bars) -> None:
        self._moves = moves
        self._bars = bars

    async def on_parted(self, tx: Tx, event: PersonParted) -> None:
        """If a person left, delete the reports that they haven't sent, and stop their reading.

        What they have sent stays with its readers until its time is over: somebody may leave because of it.
        So does a report of something that they wrote.
        """
        written = await store.of_reporter(tx, event.person, event.server)
        await self._moves.remove(tx, [report for report in written if report.draft], event.at)
        await self._moves.stop_reading(tx, event.person, event.server, event.at)

    async def on_boundary(self, tx: Tx, event: BoundarySet) -> None:
        """Untick the other person as a reader of unsent reports. The reporter can tick them again."""
        await store.untick(tx, event.owner, event.other)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Delete every report and every bar of the server."""
        await self._moves.remove(tx, await store.in_server(tx, event.server), event.at)
        await self._bars.remove(tx, await bar_store.every(tx, event.server), event.at)
