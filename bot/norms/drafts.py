"""The draft of the next version of the norms, which the moderators of a server edit together."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from msgspec.structs import replace

from bot.content.packs import Pack
from bot.ids import PersonId, ServerId, is_id
from bot.norms import note_store, stand_store, store
from bot.norms.changes import changes
from bot.norms.errors import NormGone, NormUnwritten, OverTaken
from bot.norms.models import Norm, NormDraft
from bot.norms.note import NoteState
from bot.norms.queries import NormDesk
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.text import is_blank

Edit = Callable[[NormDraft], NormDraft]
_MARK = 8


class NormDrafts:
    """Each server has one draft. It begins as the open proposal, or else as what is in force.

    It is stored with the first change. `seen` is the `mark` of what the moderator saw.
    """

    def __init__(self, context: SliceContext) -> None:
        self._db = context.db

    @reads
    async def desk(self, tx: Tx, person: PersonId, server: ServerId, now: datetime) -> NormDesk:
        return await self._desk(tx, person, server, now)

    @writes
    async def adopt(
        self, tx: Tx, person: PersonId, server: ServerId, norms: Sequence[Norm], now: datetime
    ) -> NormDesk:
        """Replace the draft with these norms."""
        return await self._edit(tx, person, server, now, lambda d: d.with_norms(norms, person, now))

    @writes
    async def write(
        self,
        tx: Tx,
        person: PersonId,
        server: ServerId,
        key: str,
        parts: Mapping[str, str],
        now: datetime,
        *,
        seen: str,
    ) -> NormDesk:
        """Change these parts of the norm with this key, or add it if it is not in the draft.

        Raises OverTaken if somebody else has changed that norm, TooMany if the draft is full,
        NormUnwritten if the norm would be blank, and NormGone if no norm can have this key.
        """
        if not is_id(key):
            raise NormGone

        def say(draft: NormDraft) -> NormDraft:
            found = _norm(draft, key)
            norm = replace(found or Norm(key, "", ""), **parts)
            if is_blank(norm.norm):
                raise NormUnwritten("" if found is None else key)
            if found is not None and found != norm and mark([found]) != seen:
                raise OverTaken
            return draft.edited(norm, person, now)

        return await self._edit(tx, person, server, now, say)

    @writes
    async def move(
        self, tx: Tx, person: PersonId, server: ServerId, key: str, now: datetime, *, up: bool, seen: str
    ) -> NormDesk:
        """Move a norm one place up or down. Raises OverTaken if the draft has changed since `seen`.

        A second press changes nothing, because the norm has moved already.
        """

        def shift(draft: NormDraft) -> NormDraft:
            if mark(draft.moved(key, not up, person, now).norms) == seen != mark(draft.norms):
                return draft
            if mark(draft.norms) != seen:
                raise OverTaken
            return draft.moved(key, up, person, now)

        return await self._edit(tx, person, server, now, shift)

    @writes
    async def retire(self, tx: Tx, person: PersonId, server: ServerId, key: str, now: datetime) -> NormDesk:
        """Leave a norm out of the next version. The version in force stays as it is."""
        return await self._edit(tx, person, server, now, lambda d: d.retired(key, person, now))

    @writes
    async def discard(self, tx: Tx, person: PersonId, server: ServerId, now: datetime) -> NormDesk:
        """Delete the draft, which goes back to what is proposed or in force."""
        await store.drop_draft(tx, server)
        return await self._desk(tx, person, server, now)

    @reads
    async def norm(self, tx: Tx, server: ServerId, key: str, now: datetime) -> Norm:
        """Return a norm of the draft. Raises NormGone if it is not in it."""
        found = _norm(await self._draft(tx, server, now), key)
        if found is None:
            raise NormGone
        return found

    # -- inside ---------------------------------------------------------------------------------

    async def _draft(self, tx: Tx, server: ServerId, now: datetime) -> NormDraft:
        kept = await store.draft(tx, server)
        if kept is not None:
            return kept
        ballot = await store.open_ballot(tx, server)
        proposed = None if ballot is None else await store.get(tx, ballot.version)
        base = proposed or await store.in_force(tx, server)
        return NormDraft(server, () if base is None else base.norms, now, PersonId(""))

    async def _edit(self, tx: Tx, person: PersonId, server: ServerId, now: datetime, edit: Edit) -> NormDesk:
        before = await self._draft(tx, server, now)
        after = edit(before)
        if after.norms != before.norms:
            await store.keep_draft(tx, after)
        return await self._desk(tx, person, server, now)

    async def _desk(self, tx: Tx, person: PersonId, server: ServerId, now: datetime) -> NormDesk:
        draft = await self._draft(tx, server, now)
        current, ballot = await store.in_force(tx, server), await store.open_ballot(tx, server)
        notes = await note_store.sent_to(tx, server, person)
        waiting = sum(note.state is NoteState.SENT for note in notes)
        return NormDesk(
            draft,
            current,
            tuple(changes(() if current is None else current.norms, draft.norms)),
            None if ballot is None else await store.get(tx, ballot.version),
            ballot,
            0 if ballot is None else await stand_store.shown(tx, ballot.version),
            waiting,
            len(notes) - waiting,
            await store.draft(tx, server) is not None,
        )


def mark(norms: Sequence[Norm]) -> str:
    """Return a hash of the norms' texts and order that is short enough for a custom_id."""
    return sha256(repr(tuple(norms)).encode()).hexdigest()[:_MARK]


def of_pack(pack: Pack) -> tuple[Norm, ...]:
    """Return a pack's norms. Their keys are always the same, so adopting it twice changes nothing."""
    return tuple(
        Norm(f"{pack.code}_{place}", one.title, one.norm, one.why, one.kept, one.question)
        for place, one in enumerate(pack.norms)
    )


def _norm(draft: NormDraft, key: str) -> Norm | None:
    return next((one for one in draft.norms if one.key == key), None)
