"""What a reminder shows next: the norms of the version in force, or the stories, one after the other."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.ids import ServerId
from bot.norms.models import Version
from bot.norms.service import Norms
from bot.reminders.models import Reminder, ReminderKind, RotationTurn
from bot.storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Rotation:
    """Finds the next norm or story. `stories` are the keys of all stories, in order."""

    norms: Norms
    stories: Sequence[str]

    async def of(self, tx: Tx, due: Collection[Reminder]) -> dict[str, RotationTurn]:
        """Return the turns by reminder id.

        A reminder of norms has none if its server has no norms in force.
        """
        servers = {one.server for one in due if one.kind is not ReminderKind.STORY}
        in_force = await self.norms.in_force_in(tx, servers) if servers else {}
        turns = {one.id: self._turn(one, in_force) for one in due}
        return {id: turn for id, turn in turns.items() if turn is not None}

    def _turn(self, reminder: Reminder, in_force: dict[ServerId, Version]) -> RotationTurn | None:
        if reminder.kind is ReminderKind.STORY:
            return RotationTurn(self.stories[reminder.turn % len(self.stories)]) if self.stories else None
        version = in_force.get(reminder.server)
        if version is None or not version.norms:
            return None
        return RotationTurn(version.norms[reminder.turn % len(version.norms)].key, version.id)
