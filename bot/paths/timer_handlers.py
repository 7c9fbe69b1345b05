"""What happens when the timers of paths are due."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.boundaries.service import Boundaries
from bot.delivery.outbox_message import OutboxMessage
from bot.ids import new_id
from bot.paths import (
    answer_store,
    commitment_store,
    companion_store,
    due_times,
    invitation_store,
    notifications,
    store,
    timers,
    vote_store,
)
from bot.paths.answer import Answer
from bot.paths.models import FORGOTTEN_AFTER, Companion, Path
from bot.paths.moves import PathMoves
from bot.paths.schedule import ASKED_AFTER
from bot.people.service import People
from bot.pods.models import InvitationState
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class PathTimers:
    """One handler for each kind of timer. Meetings are asked about in batches, with few statements."""

    def __init__(
        self, context: SliceContext, moves: PathMoves, people: People, boundaries: Boundaries
    ) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._moves = moves
        self._people = people
        self._boundaries = boundaries

    async def meet(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Ask everybody about the meetings that are over, and go on to the next ones."""
        found = [one for one in (await store.these(tx, subjects)).values() if one.next_at is not None]
        early = {one.id: at for one in found if (at := _asked_at(one)) > now}
        await self._agenda.put_all(tx, timers.MEET, early)
        due = [one for one in found if one.id not in early]
        for path in due:
            if path.closing:
                await self._moves.close(tx, path, now, tell_owner=True, plans=True)
        await self._ask_about(tx, [one for one in due if not one.closing], now)

    async def look(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Ask people to look at a commitment again."""
        for id in subjects:
            one = await commitment_store.get(tx, id)
            if one is None or one.look_at is None:
                continue
            if one.look_at > now:
                await self._agenda.put(tx, timers.LOOK, id, one.look_at)
                continue
            path = await store.get(tx, one.path)
            server = None if path is None else path.server
            await commitment_store.keep(tx, replace(one, look_at=None))
            await self._outbox.tell(tx, one.owner, notifications.LOOK, id, now, server=server, question=True)

    async def term(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Ask companions whose six months are over whether they go on. Nothing follows from no answer."""
        for id in subjects:
            companion = await companion_store.get(tx, id)
            if companion is not None and companion.term_at <= now:
                await self._outbox.tell(
                    tx, companion.person, notifications.TERM, id, now, server=companion.server, question=True
                )

    async def stop_waiting(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Close paths that waited too long for companions. What they stay away from goes on as plans."""
        for path in (await store.these(tx, subjects)).values():
            if path.open and path.waits_until is not None and path.waits_until <= now:
                await self._moves.close(tx, path, now, tell_owner=True, plans=True)

    async def destroy(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Destroy the sentences of closed paths. One with companions leaves a row without any for a year."""
        for path in (await store.these(tx, subjects)).values():
            if path.closed_at is None:
                continue
            if path.begun_at is None:
                await self._moves.remove(tx, path, now)
            else:
                await self._moves.destroy_texts(tx, path)
                await self._outbox.close(tx, path.id, now, person=path.owner)
                await self._agenda.put(tx, timers.FORGET, path.id, path.closed_at + FORGOTTEN_AFTER)

    async def forget(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Delete the rows of paths that closed a year ago."""
        for path in (await store.these(tx, subjects)).values():
            if path.closed_at is not None and path.closed_at + FORGOTTEN_AFTER <= now:
                await self._moves.remove(tx, path, now)

    async def part(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """End places beside a path because of a boundary, each at its own random time."""
        for id in subjects:
            companion = await companion_store.get(tx, id)
            if companion is None:
                await self._take_back(tx, id)
            else:
                await self._part(tx, companion, now)

    async def lapse(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Close invitations that nobody answered."""
        for id in subjects:
            one = await invitation_store.get(tx, id)
            if one is not None and one.state is InvitationState.OPEN and one.lapses_at <= now:
                await invitation_store.keep(tx, one.closed())

    async def forget_invitations(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Delete invitations that are no longer needed."""
        for id in subjects:
            one = await invitation_store.get(tx, id)
            if one is not None and one.forgotten_at <= now:
                await self._agenda.drop(tx, timers.PART, id)
                await invitation_store.forget(tx, id)

    # -- inside ---------------------------------------------------------------------------------

    async def _ask_about(self, tx: Tx, due: Sequence[Path], now: datetime) -> None:
        ids = [one.id for one in due]
        beside = await companion_store.of_paths(tx, ids)
        await self._end_round(tx, due, now)
        asked = [answer for path in due for answer in _answers(path, beside[path.id], now)]
        await answer_store.add_all(tx, asked)
        moved = [_moved(path, now) for path in due]
        await store.keep_next(tx, moved)
        await self._agenda.put_all(tx, timers.MEET, {one.id: _asked_at(one) for one in moved})
        resting = [
            id for id, one in (await self._people.these(tx, {one.person for one in asked})).items()
            if one.resting(now)
        ]  # fmt: skip
        owner = {one.id: one.owner for one in due}
        await self._outbox.tell_all(
            tx,
            [
                OutboxMessage.to(one.person, notifications.MET, one.id, now, server=one.server, question=True)
                for one in asked
                # Nothing new is asked of a companion who rests.
                if one.person not in resting or one.person == owner[one.path]
            ],
        )

    async def _end_round(self, tx: Tx, due: Sequence[Path], now: datetime) -> None:
        """Forget what was said after the meeting before, but for what the person said of having met."""
        since = {one.id: (one.owner, one.step_since) for one in due}
        earlier = await answer_store.of_paths(tx, list(since))
        gone = []
        for one in earlier:
            owner, step_since = since[one.path]
            if one.sense is None or one.told or one.person == owner:
                await self._outbox.close(tx, one.id, now)
            if not (one.person == owner and one.met and one.asked_at >= step_since):
                gone.append(one.id)
        await answer_store.remove(tx, gone)
        over = [path for path in due if not _said_since(path)]
        for path in over:
            if path.ready_at is not None:
                await self._outbox.close(tx, path.id, now, kinds=(notifications.READY,))
        await vote_store.clear_steps(tx, [path.id for path in over])

    async def _part(self, tx: Tx, companion: Companion, now: datetime) -> None:
        path = await store.get(tx, companion.path)
        if path is None:
            return
        others = [one.person for one in await companion_store.of(tx, path.id) if one.id != companion.id]
        theirs = [
            one for one in (path.owner, *others) if await self._boundaries.has(tx, companion.person, one)
        ]
        if theirs or await self._boundaries.parted(tx, companion.person, path.owner):
            await self._moves.leave(tx, companion, now, tells_them=not theirs)
        elif companion.hushed_at is not None:
            # The boundary was lifted before their place ended, so they go along as before.
            await companion_store.keep(tx, replace(companion, hushed_at=None))

    async def _take_back(self, tx: Tx, id: str) -> None:
        """Take back an invitation whose inviter set a boundary, or withhold one to a path with a boundary."""
        one = await invitation_store.get(tx, id)
        if one is None or one.state is InvitationState.ACCEPTED:
            return
        if await self._boundaries.has(tx, one.owner, one.member):
            await invitation_store.keep(tx, one.taken_back(one.owner))
            await self._agenda.drop(tx, timers.LAPSE, id)
            return
        path = await store.open_of(tx, one.owner, one.server)
        if path is None:
            return
        beside = [each.person for each in await companion_store.of(tx, path.id)]
        if any([await self._boundaries.parted(tx, one.member, each) for each in beside]):
            await invitation_store.keep(tx, replace(one, withheld=True))


def _asked_at(path: Path) -> datetime:
    assert path.next_at is not None
    return path.next_at + ASKED_AFTER


def _said_since(path: Path) -> bool:
    """Whether they said at this meeting, or after it, that they are ready: that holds until the next one."""
    return path.ready_at is not None and path.next_at is not None and path.ready_at >= path.next_at


def _moved(path: Path, now: datetime) -> Path:
    """Return the path with its next meeting. Those missed in a downtime are skipped."""
    following = due_times.after(path, now - ASKED_AFTER)
    assert following is not None
    ready_at = path.ready_at if _said_since(path) else None
    return replace(path, next_at=following, number=path.number + 1, ready_at=ready_at)


def _answers(path: Path, beside: Sequence[Companion], now: datetime) -> list[Answer]:
    """Return a question for everybody who was to be at the meeting."""
    whom = [one.person for one in beside] + ([] if path.alone else [path.owner])
    return [Answer(new_id(), path.id, path.server, one, path.number, now, path.alone) for one in whom]
