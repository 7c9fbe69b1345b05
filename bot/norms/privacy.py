"""What norms hold about a person: their answers, their notes to moderators, and what they proposed."""

from collections.abc import Sequence
from datetime import datetime

from bot.ids import PersonId, new_id
from bot.norms import note_store, stand_store, store
from bot.norms.moderator_inbox import ModeratorInbox
from bot.norms.sealed import note_cell
from bot.norms.tables import LEDGER, drafts, notes, readers, stands, versions
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, Sealed, ledger_of, owned
from bot.storage.tx import Tx


class NormPrivacy:
    """Shows, and erases, one person's part in the norms. The norms themselves are the group's, and stay."""

    tables: Sequence[HeldTable] = (
        HeldTable(versions, ledger_of(LEDGER, versions), mine=owned(versions, "made_by")),
        HeldTable(stands, ledger_of(LEDGER, stands), mine=owned(stands, "person")),
        HeldTable(drafts, ledger_of(LEDGER, drafts), mine=owned(drafts, "changed_by")),
        HeldTable(
            notes,
            ledger_of(LEDGER, notes),
            mine=owned(notes, "person"),
            sealed={"text": Sealed(lambda row: note_cell(note_store.to_note(row)))},
        ),
        # A moderator must not learn of a note that isn't sent, or not to them.
        HeldTable(
            readers,
            ledger_of(LEDGER, readers),
            mine=lambda person: (
                (readers.c.moderator == person) & readers.c.reads & readers.c.note.in_(note_store.SENT_IDS)
            ),
        ),
    )

    def __init__(self, inbox: ModeratorInbox) -> None:
        self._inbox = inbox

    async def consequences(self, tx: Tx, person: PersonId, _now: datetime) -> Sequence[Consequence]:
        found = [Consequence.NORMS_UNCOUNTED] if await stand_store.counting(tx, person, None) else []
        return [*found, Consequence.NOTES_GO] if await note_store.of_author(tx, person) else found

    async def erase(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Delete their answers and notes. Versions that they proposed lose their author."""
        await self._inbox.remove(tx, await note_store.of_author(tx, person), now)
        await note_store.reads_no_more(tx, person, None)
        await stand_store.leave(tx, person, None)
        await store.unname(tx, person, PersonId(new_id()))
