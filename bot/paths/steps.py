"""Moving between the steps: on together, back, and to the beginning when it happened again."""

from datetime import datetime

from msgspec.structs import replace

from bot.errors import AlreadyDone
from bot.ids import PersonId
from bot.paths import answer_store, companion_store, notifications, store, vote_store
from bot.paths.errors import NoMeetings, NotReadyYet
from bot.paths.models import COMPANIONS_AT_LEAST, HELD_MEETINGS, Path, Step, enough
from bot.paths.moves import PathMoves
from bot.paths.queries import PathQueries
from bot.paths.schedule import ASKED_AFTER, MeetingSchedule
from bot.paths.vote import BACK, BACK_TAKES, ON, Said, Vote
from bot.slice_context import SliceContext
from bot.storage.transaction import writes
from bot.storage.tx import Tx


class Steps:
    """Moves a path on and back.

    Whether two meetings were held is what the person on the path says themselves. So nothing that they see
    depends on what a companion has said in private; and a companion who knows better says "Not yet".
    """

    def __init__(self, context: SliceContext, queries: PathQueries, moves: PathMoves) -> None:
        self._db = context.db
        self._outbox = context.outbox
        self._queries = queries
        self._moves = moves

    @writes
    async def go_on(self, tx: Tx, by: PersonId, id: str, schedule: MeetingSchedule, now: datetime) -> Path:
        """Go on to the second step for the first time, once two have agreed, with the schedule of meetings.

        Later, this only changes the schedule. Raises NotReadyYet.
        """
        path = await self._queries.own(tx, by, id)
        many = len(await companion_store.of(tx, id))
        if path.begun_at is None and many < COMPANIONS_AT_LEAST:
            raise NotReadyYet
        starts_on = schedule.first_on(now, await self._met_last(tx, path, now))
        planned = replace(path, schedule=schedule, starts_on=starts_on)
        if path.begun_at is not None:
            changed = await self._moves.meet_next(tx, planned, now)
            await self._moves.tell(tx, changed, now, but=by)
            return changed
        return await self._moves.step_to(tx, replace(planned, begun_at=now), Step.SAY, by, now)

    @writes
    async def ready(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Path:
        """Say that they are ready for the next step. It holds until the next meeting.

        Their companions are asked. Raises NotReadyYet unless they said of two meetings in this step that
        they met.
        """
        path = await self._queries.own(tx, by, id)
        if path.ready_at is not None:
            return path
        held = await answer_store.held(tx, id, by, path.step_since)
        if path.begun_at is None or path.waits or held < HELD_MEETINGS:
            raise NotReadyYet
        if path.last_step:
            raise AlreadyDone
        said = await store.keep(tx, replace(path, ready_at=now))
        if await self._moves.may_ask(tx, by, now):
            await self._moves.ask_to_go_on(tx, said, now)
        return said

    @writes
    async def not_ready(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Path:
        """Take back that they are ready."""
        path = await self._queries.own(tx, by, id)
        if path.ready_at is None:
            return path
        await vote_store.remove(tx, id, about=[ON])
        await self._outbox.close(tx, id, now, kinds=(notifications.READY,))
        return await store.keep(tx, replace(path, ready_at=None))

    @writes
    async def vote(self, tx: Tx, by: PersonId, id: str, said: Said, now: datetime) -> Path:
        """Say, as a companion, whether the path should go on. The last one who is needed moves it.

        Raises AlreadyDone if it doesn't wait for that.
        """
        path, _ = await self._queries.accompanied(tx, by, id)
        if path.ready_at is None or said not in (Said.YES, Said.NOT_YET):
            raise AlreadyDone
        await self._outbox.close(tx, id, now, kinds=(notifications.READY,), person=by)
        await vote_store.keep(tx, Vote(id, ON, by, said, now))
        yes = sum(one.about == ON and one.said is Said.YES for one in await vote_store.of(tx, id))
        if enough(yes, len(await companion_store.of(tx, id))):
            return await self._moves.step_to(tx, path, path.step.following, by, now)
        return path

    @writes
    async def back(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Path:
        """Go back one step: at once for the person; for companions, when two say so. Raises AlreadyDone."""
        path = await self._queries.either(tx, by, id)
        before = path.step.before
        if by != path.owner:
            await vote_store.keep(tx, Vote(id, BACK, by, Said.YES, now))
            if sum(one.about == BACK for one in await vote_store.of(tx, id)) < BACK_TAKES:
                return path
        return await self._moves.step_to(tx, path, before, by, now)

    @writes
    async def happened_again(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Path:
        """Go back to *Stop*, because it happened again. The person or any companion can say so."""
        path = await self._queries.either(tx, by, id)
        if path.step is Step.STOP and path.ready_at is None:
            return path
        return await self._moves.step_to(tx, path, Step.STOP, by, now)

    # -- the end --------------------------------------------------------------------------------

    @writes
    async def close_together(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Path:
        """Let the next meeting be the last one. Everybody is told. Raises NoMeetings if there is none."""
        return await self._closing(tx, by, id, now, closing=True)

    @writes
    async def go_on_after_all(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Path:
        """Don't let the next meeting be the last one."""
        return await self._closing(tx, by, id, now, closing=False)

    @writes
    async def end(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Path:
        """End the path at once. Its companions read that it has closed. A second time changes nothing."""
        path = await self._queries.mine(tx, by, id)
        return await self._moves.close(tx, path, now, tell_owner=False) if path.open else path

    async def _met_last(self, tx: Tx, path: Path, now: datetime) -> datetime | None:
        """Return when they met last, as far as it is known: until the next meeting."""
        if path.next_at is not None and path.next_at <= now:
            return path.next_at
        asked = [one.asked_at for one in await answer_store.of_paths(tx, [path.id])]
        return max(asked) - ASKED_AFTER if asked else None

    async def _closing(self, tx: Tx, by: PersonId, id: str, now: datetime, *, closing: bool) -> Path:
        path = await self._queries.own(tx, by, id)
        if path.closing is closing:
            return path
        if path.next_at is None:
            raise NoMeetings
        changed = await store.keep(tx, replace(path, closing=closing))
        await self._moves.tell(tx, changed, now, but=by)
        return changed
