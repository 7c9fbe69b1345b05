"""Which bot answers: several on one machine may have been given the same address."""

from hashlib import sha256
from pathlib import Path

from bot.storage.lock import holder_of

HEADER = "Plumbline-Instance"


def instance(state_dir: Path) -> str:
    """Return a name for the bot of this state folder, from which nothing about it can be told."""
    return sha256(f"instance {holder_of(state_dir / 'lock')}".encode()).hexdigest()[:16]
