"""How `plumbline` ends, for whatever started it. docs/OPERATIONS.md says when to start it again."""

from enum import IntEnum


class ExitCode(IntEnum):
    """One number for each ending. They never change, because service files name them."""

    STOPPED = 0
    """Told to stop, by a signal or by Ctrl-C."""
    BUG = 1
    """An error that nobody expected. Other commands than `run` also end so when they refuse something."""
    WRONG_COMMAND_LINE = 2
    """click's own code."""
    MISCONFIGURED = 10
    TOKEN_REFUSED = 11
    UNREACHABLE = 12
    REJECTED = 13
    ALREADY_RUNNING = 14
    TOO_MANY_LOGINS = 15
    KEY_FILE_MISSING = 16
    KEY_FILE_UNUSABLE = 17
    DATABASE_DAMAGED = 18
    DATABASE_NEWER = 19
    TEXTS_UNREADABLE = 20
    STATE_UNUSABLE = 21
    DISK_FULL = 22
    DATABASE_LOCKED = 23
    DISK_FAILING = 24
    KEYS_DO_NOT_FIT = 25
    DELETIONS_UNUSABLE = 26
    DATABASE_UNREACHABLE = 27
