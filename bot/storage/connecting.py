"""Open a connection to a database file, encrypted or plain."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from bot.storage.authorizer import Allowed
from bot.storage.driver import sqlite
from bot.storage.file_keys import FileKey

Mode = Literal["mode=rwc", "mode=rw", "mode=ro", "immutable=1"]

_CIPHER = (
    # SQLCipher would write its own lines to stderr, in the middle of a log that may be JSON.
    "cipher_log_level=NONE",
    # Each page has an HMAC. With SHA-256 a read after a write takes two thirds of the time that it takes with
    # SQLCipher's default, SHA-512. It is a default for the whole process, so it holds for attached files too.
    "cipher_default_hmac_algorithm=HMAC_SHA256",
)
_ALWAYS = ("trusted_schema=OFF", "cell_size_check=ON")
"""What holds for every connection: no function of ours runs because the file's schema names it, and a cell
that reaches beyond its page is found before it is used."""


def connect(
    path: Path,
    key: FileKey | None,
    allowed: Allowed | None,
    mode: Mode = "mode=rwc",
    pragmas: Sequence[str] = (),
) -> sqlite.Connection:
    """Open a file with its key (see `key_of`), or a plain one without. Transactions are begun by hand.

    `allowed`: what its statements may do from then on; None for everything, which only tests may ask for.
    """
    # isolation_level: sqlite must not begin transactions of its own. They would be deferred, and a deferred
    # one can't become a write while others write.
    raw = sqlite.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=1024,
    )
    try:
        for pragma in _CIPHER:
            raw.execute(f"PRAGMA {pragma}")
        if key is not None:
            # Not the pragma of that name: the text of a statement is cached, and shown by a trace.
            raw.set_key(key.literal())  # type: ignore[attr-defined] # `driver` is typed as sqlite3, which has no keys
        for pragma in (*_ALWAYS, *pragmas):
            raw.execute(f"PRAGMA {pragma}")
        raw.set_authorizer(allowed)
    except BaseException:
        raw.close()
        raise
    return raw
