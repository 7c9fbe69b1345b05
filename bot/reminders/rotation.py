"""What a reminder shows next: the norms of the version in force, or the stories, one after the other."""

from collections.abc import Collection, Sequence

from bot.ids import ServerId
from bot.norms.models import Version
from bot.norms.service import Norms
from bot.reminders.models import OFFER, Reminder, ReminderKind, RotationTurn
from bot.storage.tx import Tx


class Rotation:
    """Finds the next norm or story. `stories` are the keys of all stories, in order."""

    def __init__(self, norms: Norms, stories: Sequence[str]) -> None:
        self._norms = norms
        self._stories = stories

    async def of(self, tx: Tx, due: Collection[Reminder]) -> dict[str, RotationTurn]:
        """Return the turns by reminder id.

        A reminder of norms has none if its server has no norms in force.
        """
        servers = {one.server for one in due if one.kind.shows_norms}
        in_force = await self._norms.in_force_in(tx, servers) if servers else {}
        turns = {one.id: self._turn(one, in_force) for one in due}
        return {id: turn for id, turn in turns.items() if turn is not None}

    def _turn(self, reminder: Reminder, in_force: dict[ServerId, Version]) -> RotationTurn | None:
        if reminder.kind is ReminderKind.STORY:
            return RotationTurn(self._stories[reminder.turn % len(self._stories)]) if self._stories else None
        if reminder.kind is ReminderKind.NIGHT:
            return OFFER
        version = in_force.get(reminder.server)
        if version is None or not version.norms:
            return None
        return RotationTurn(version.norms[reminder.turn % len(version.norms)].key, version.id)
