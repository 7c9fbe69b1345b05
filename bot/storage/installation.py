"""What the database says about itself: with which versions it works, and which keys are its own."""

from sqlalchemy import select, update

from bot.storage.tables import installation
from bot.storage.tx import Tx


async def works_with(tx: Tx) -> str:
    """Return the oldest revision whose code works with this schema."""
    found: str = await tx.scalar(select(installation.c.works_with))
    return found


async def key_check(tx: Tx) -> bytes | None:
    """Return what only the keyring of this database gives; None before the first start."""
    found: bytes | None = await tx.scalar(select(installation.c.key_check))
    return found


async def keep_key_check(tx: Tx, check: bytes) -> None:
    await tx.execute(update(installation).values(key_check=check))
