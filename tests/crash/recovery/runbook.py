"""The commands that docs/OPERATIONS.md tells an operator to type, word by word, in this test's own places."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.wire.client import ROOT

_BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_A_BACKUP = "plumbline-20261130T030000Z.db.age"
"""The backup that the page restores."""


@dataclass(frozen=True, slots=True)
class Runbook:
    """Each method returns lines for a shell. The fields are the places that the page calls otherwise."""

    backups: Path
    elsewhere: Path
    rehearsal: Path

    @property
    def daily(self) -> str:
        """Make a backup, and copy the key file and the deletion log."""
        return self._block("plumbline backup /var/backups/plumbline --keep")

    @property
    def copy(self) -> str:
        """Copy the key file and the deletion log, as often as an operator can."""
        [line] = [one for one in self.daily.splitlines() if one.startswith("cp ")]
        return line

    def rehearse(self, backup: Path) -> str:
        """Restore a backup by hand, and delete it again. It reads the private key."""
        return self._block("mkdir -p /tmp/rehearsal", backup)

    def restore(self, backup: Path) -> str:
        """Restore a backup on a new machine. It reads the private key."""
        return self._block("plumbline restore /var/backups", backup, without="/tmp/rehearsal")

    def _block(self, part: str, backup: Path | None = None, without: str = "\0") -> str:
        page = (ROOT / "docs" / "OPERATIONS.md").read_text("utf-8")
        found = [one for one in _BLOCK.findall(page) if part in one and without not in one]
        [block] = found
        if backup is not None:
            block = block.replace(_A_BACKUP, backup.name)
        for documented, place in (
            ("/var/backups/plumbline", self.backups),
            ("/another/place", self.elsewhere),
            ("/tmp/rehearsal", self.rehearsal),
        ):
            block = block.replace(documented, str(place))
        return str(block)
