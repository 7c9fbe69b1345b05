"""The file of the deletion log: what was deleted for good, so that a restored backup can delete it again.

Each line has the day and a sealed entry, and all lines have the same length. Without the key file nobody can
tell what an entry says. Entries come in batches, one for each transaction: it begins, names what it deletes,
and is marked as committed afterwards. A batch that another one follows without such a mark was not committed.
"""

import base64
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum, IntEnum
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct

from bot.storage.files import alone_in, created, make_folder, or_nothing, sync_folder
from bot.vault.keyring import Keyring

ID_BYTES = 16
_NONCE = 12
_DAY = len("2026-11-30")
_SEALED = 60
"""The length of nonce, entry and tag in base64."""
LINE = _DAY + 1 + _SEALED + 1
"""The length of every line in bytes."""
_PURPOSE = "plumbline deletion log"


class DeletionsUnusable(Exception):
    """The file isn't the deletion log of this installation, or it is damaged."""


class Kind(IntEnum):
    """What an entry says. The numbers are in the files, so they never change."""

    BEGUN = 1
    KEY = 2
    PERSON = 3
    COMMITTED = 4
    UNDONE = 5


class Entry(Struct, frozen=True):
    """One line. The id is that of the batch, or it names a data key or a person."""

    kind: Kind
    id: bytes


class State(Enum):
    """Whether the transaction of a batch was committed. That can be open for the last batch only."""

    OPEN = "open"
    COMMITTED = "committed"
    UNDONE = "undone"


class Batch(Struct, frozen=True):
    """What one transaction deleted."""

    id: bytes
    day: date
    keys: frozenset[bytes] = frozenset()
    persons: frozenset[bytes] = frozenset()
    state: State = State.OPEN

    @classmethod
    def of(cls, id: bytes, day: date, entries: Sequence[Entry], *, followed: bool) -> "Batch":
        """Put a batch together from the entries after its beginning. `followed` says that another one begins
        after it.
        """
        named = {kind: frozenset(one.id for one in entries if one.kind is kind) for kind in Kind}
        if not named[Kind.COMMITTED] | named[Kind.UNDONE] <= {id}:
            raise DeletionsUnusable
        if named[Kind.COMMITTED]:
            state = State.COMMITTED
        else:
            state = State.UNDONE if followed or named[Kind.UNDONE] else State.OPEN
        return cls(id, day, named[Kind.KEY], named[Kind.PERSON], state)


class DeletionFile:
    """Reads and writes the file. Nothing of it is kept in memory."""

    def __init__(self, path: Path, ring: Keyring) -> None:
        self.path = path
        self._cipher = AESGCM(ring.derived(_PURPOSE))

    def append(
        self, entries: Iterable[Entry], day: date, *, durable: bool = True, waiting: bool = True
    ) -> None:
        """Add lines. If `durable`, they survive a loss of power when this returns.

        Raises OSError, and BlockingIOError if another process is changing the file and `waiting` is False.
        """
        lines = b"".join(self._line(entry, day) for entry in entries)
        path = self.path.resolve()
        make_folder(path.parent)
        with alone_in(path.parent, waiting=waiting):
            new = not path.exists()
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                size = os.fstat(file).st_size
                # A line that a loss of power cut short was of a transaction that wasn't committed.
                os.ftruncate(file, size - size % LINE)
                _write(file, lines)
                if durable:
                    os.fsync(file)
            finally:
                os.close(file)
            if new:
                sync_folder(path.parent)

    def batches(self) -> list[Batch]:
        """Return all batches, the oldest first; none if there is no file. Raises DeletionsUnusable."""
        return list(reversed([*self._newest_first()]))

    def after(self, mark: bytes | None) -> tuple[bool, list[Batch]]:
        """Return whether the file has the batch with this id, and the batches after it (else all).

        Only as much of the file is decrypted as that takes.
        """
        found: list[Batch] = []
        for batch in self._newest_first():
            if batch.id == mark:
                return True, found[::-1]
            found.append(batch)
        return False, found[::-1]

    def last(self) -> Batch | None:
        return next(self._newest_first(), None)

    def forget_before(self, day: date) -> int:
        """Delete the batches of earlier days, and return how many lines went.

        The last of them stays: a backup of that day has come as far as that.
        """
        path = self.path.resolve()
        with alone_in(path.parent):
            content = self._content()
            begins = [at for at, entry, _ in self._entries(content) if entry.kind is Kind.BEGUN]
            earlier = [at for at in begins if _day(content[at : at + LINE]) < day]
            if len(earlier) < 2:
                return 0
            written = path.with_name(f"{path.name}.new")
            with or_nothing(written):
                file = created(written, like=path)
                try:
                    _write(file, content[earlier[-1] :])
                    os.fsync(file)
                finally:
                    os.close(file)
                written.replace(path)
            sync_folder(path.parent)
            return earlier[-1] // LINE

    # -- inside ---------------------------------------------------------------------------------

    def _newest_first(self) -> Iterator[Batch]:
        later: list[Entry] = []
        followed, content = False, self._content()
        for at in range(len(content) - LINE, -1, -LINE):
            line = content[at : at + LINE]
            entry = self._entry(line)
            if entry.kind is not Kind.BEGUN:
                later.append(entry)
                continue
            yield Batch.of(entry.id, _day(line), later, followed=followed)
            later, followed = [], True
        if later:
            raise DeletionsUnusable

    def _entries(self, content: bytes) -> Iterator[tuple[int, Entry, date]]:
        for at in range(0, len(content), LINE):
            line = content[at : at + LINE]
            yield at, self._entry(line), _day(line)

    def _content(self) -> bytes:
        """Return the whole lines of the file."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return b""
        return content[: len(content) - len(content) % LINE]

    def _line(self, entry: Entry, day: date) -> bytes:
        nonce, written = os.urandom(_NONCE), day.isoformat().encode()
        sealed = nonce + self._cipher.encrypt(nonce, bytes([entry.kind]) + entry.id, written)
        return written + b" " + base64.urlsafe_b64encode(sealed) + b"\n"

    def _entry(self, line: bytes) -> Entry:
        try:
            sealed = base64.urlsafe_b64decode(line[_DAY + 1 : -1])
            kind, *id = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], line[:_DAY])
            return Entry(Kind(kind), bytes(id))
        except (ValueError, InvalidTag) as error:
            raise DeletionsUnusable(str(self.path)) from error


def _day(line: bytes) -> date:
    try:
        return date.fromisoformat(line[:_DAY].decode("ascii", "replace"))
    except ValueError as error:
        raise DeletionsUnusable from error


def _write(file: int, content: bytes | Sequence[int]) -> None:
    """Write all of it: the system may write less than it was given."""
    left = memoryview(bytes(content))
    while left:
        left = left[os.write(file, left) :]
