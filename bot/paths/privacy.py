"""What paths hold about a person: their own path, what they accompany, and what they wrote or said there."""

from collections.abc import Sequence
from datetime import datetime

from bot.ids import PersonId, new_id
from bot.paths import (
    answer_store,
    companion_store,
    invitation_store,
    request_store,
    store,
    vote_store,
)
from bot.paths.commitment_store import to_commitment
from bot.paths.moves import PathMoves
from bot.paths.request_store import to_request
from bot.paths.sealed import SealedPaths, commitment_cell, request_cell
from bot.paths.tables import (
    LEDGER,
    path_answers,
    path_commitments,
    path_companions,
    path_invitations,
    path_requests,
    path_votes,
    paths,
)
from bot.paths.vote import Said
from bot.pods.models import InvitationState
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, Sealed, ledger_of, owned
from bot.storage.tx import Tx


class PathPrivacy:
    """Shows, and erases, one person's part in paths."""

    tables: Sequence[HeldTable] = (
        HeldTable(paths, ledger_of(LEDGER, paths), mine=owned(paths, "owner")),
        HeldTable(path_companions, ledger_of(LEDGER, path_companions), mine=owned(path_companions, "person")),
        HeldTable(
            path_invitations,
            ledger_of(LEDGER, path_invitations),
            # An invitation that a boundary keeps from them was never shown to them.
            mine=lambda person: (
                (path_invitations.c.owner == person)
                | (
                    (path_invitations.c.member == person)
                    & (path_invitations.c.state == InvitationState.OPEN.value)
                    & path_invitations.c.withheld.is_(False)
                )
            ),
        ),
        HeldTable(
            path_commitments,
            ledger_of(LEDGER, path_commitments),
            mine=owned(path_commitments, "owner"),
            sealed={"text": Sealed(lambda row: commitment_cell(to_commitment(row)))},
        ),
        # What others entered is theirs, also when it has reached the person on the path.
        HeldTable(
            path_requests,
            ledger_of(LEDGER, path_requests),
            mine=owned(path_requests, "by"),
            sealed={"text": Sealed(lambda row: request_cell(to_request(row)))},
        ),
        HeldTable(
            path_votes,
            ledger_of(LEDGER, path_votes),
            # One that hides a request from them would tell them of a boundary.
            mine=lambda person: (path_votes.c.person == person) & (path_votes.c.said != Said.HIDDEN.value),
        ),
        HeldTable(path_answers, ledger_of(LEDGER, path_answers), mine=owned(path_answers, "person")),
    )

    def __init__(self, sealed: SealedPaths, moves: PathMoves) -> None:
        self._sealed = sealed
        self._moves = moves

    async def consequences(self, tx: Tx, person: PersonId, now: datetime) -> Sequence[Consequence]:
        found = []
        own = [one for one in await store.of_owner(tx, person) if one.open]
        if any([await companion_store.of(tx, one.id) for one in own]):
            found.append(Consequence.PATH_CLOSES)
        if await companion_store.of_person(tx, person) is not None:
            found.append(Consequence.COMPANION_GOES)
        if any(one.released_at is None for one in await request_store.by(tx, person)):
            found.append(Consequence.REQUESTS_GO)
        waiting = await invitation_store.of(tx, person)
        if any(one.owner == person and one.shown(now) for one in waiting):
            found.append(Consequence.INVITATIONS_CLOSE)
        if any(one.reaches(person, now) for one in waiting):
            found.append(Consequence.NO_NAME)
        return found

    async def erase(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Remove their paths, and their words from those of others. They have parted from everybody before.

        What they entered as a request loses its sentence, unless it has reached the person on the path: its
        loss would show to them who entered it. A companion whose path closed has nothing left to open,
        whichever way it ended, so no row has to stay for them.
        """
        for path in await store.of_owner(tx, person):
            await self._moves.remove(tx, path, now)
        place = await companion_store.of_person(tx, person)
        if place is not None:
            await self._moves.leave(tx, place, now, tells_them=False)
        for request in await request_store.by(tx, person):
            if request.reader is None:
                await self._sealed.forget_request(tx, request)
            await request_store.unname(tx, request, PersonId(new_id()))
        await vote_store.remove_of(tx, person)
        await answer_store.remove(tx, [one.id for one in await answer_store.of_person(tx, person)])
        for one in await invitation_store.of(tx, person):
            await self._moves.unname(tx, one, person, now)
