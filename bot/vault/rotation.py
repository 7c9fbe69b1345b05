"""After `plumbline keys rotate`: the running bot takes the new key, and wraps every data key with it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.logs import get_logger, where
from bot.scheduling.agenda import Agenda
from bot.storage import installation
from bot.storage.database import Database
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.vault.keyring import KeyFileMissing, KeyFileUnusable, Keyring, KeysMissing, KeysOfAnother
from bot.vault.sealing import Vault
from bot.vault.timers import DATA_KEYS, REWRAP

log = get_logger(__name__)

_PAUSE = timedelta(seconds=1)
"""Between two batches, so that others can write as well."""


class KeyRotation:
    """Takes a keyring that was changed, and wraps data keys again in batches on the agenda."""

    def __init__(self, db: Database, vault: Vault, agenda: Agenda) -> None:
        self._db = db
        self._vault = vault
        self._agenda = agenda

    @writes
    async def start(self, tx: Tx, now: datetime) -> None:
        """Begin, or go on after a crash, if any data key is wrapped with an older key.

        Raises KeysOfAnother if the database was begun with another keyring, and KeysMissing if a data key is
        wrapped with a key that isn't in the key file.
        """
        check = await installation.key_check(tx)
        if check is None:
            await installation.keep_key_check(tx, self._vault.ring.check)
        elif check != self._vault.ring.check:
            raise KeysOfAnother
        if not await self._vault.opens_with(tx, self._vault.ring):
            raise KeysMissing
        if await self._vault.under_older_keys(tx):
            await self._agenda.put(tx, REWRAP, DATA_KEYS, now)

    async def reread(self, load: Callable[[], Keyring], now: datetime) -> None:
        """Use the key file as it is now. If that can't be done, say so and keep the keys that are in use."""
        try:
            ring = load()
        except (OSError, KeyFileUnusable, KeyFileMissing) as error:
            log.error(
                "The key file can't be read, so the keys stay as they were",
                error=error,
                traceback=where(error),
            )
            return
        if not await self._fits(ring):
            log.error("The key file lacks keys that are in use, so the keys stay as they were")
            return
        self._vault.use(ring)
        log.info("The key file was read again", id=ring.current)
        await self.start(now)

    async def rewrap(self, tx: Tx, _subjects: Sequence[str], now: datetime) -> None:
        """Wrap one batch. The timer is on the agenda again until none is left, or only damaged ones are."""
        done = await self._vault.rewrap(tx)
        left = await self._vault.under_older_keys(tx)
        if left and done:
            await self._agenda.put(tx, REWRAP, DATA_KEYS, now + _PAUSE)
        tx.afterwards(lambda: log.info("Data keys were wrapped with the current key", count=done, left=left))

    @reads
    async def _fits(self, tx: Tx, ring: Keyring) -> bool:
        return await self._vault.opens_with(tx, ring)
