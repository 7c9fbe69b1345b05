"""Turn the errors that stop `plumbline run` into sentences for the person who started it."""

from pathlib import Path

from bot import strings
from bot.content.library import Unreadable
from bot.login_throttle import TooManyStarts
from bot.settings import Misconfigured, Settings
from bot.storage.database import Damaged
from bot.storage.lock import AlreadyRunning
from bot.storage.migrate import NewerSchema
from bot.ui.running import TokenRefused, Unreachable
from bot.vault.keyring import KeyFileMissing, KeyFileUnusable


def sentence(error: Exception, settings: Settings) -> str | None:
    """Return the sentence for an error; None for an unexpected one."""
    match error:
        case Misconfigured():
            return str(error)
        case AlreadyRunning():
            return strings.ALREADY_RUNNING
        case KeyFileMissing():
            return strings.KEYS_MISSING.format(path=settings.key_path)
        case KeyFileUnusable():
            return strings.KEY_UNUSABLE.format(path=settings.key_path)
        case NewerSchema():
            return strings.DATABASE_NEWER.format(path=settings.database_path)
        case Unreadable():
            return strings.UNREADABLE.format(what=error)
        case TooManyStarts():
            return strings.TOO_MANY_STARTS
        case TokenRefused():
            return strings.TOKEN_REFUSED
        case Unreachable():
            return strings.UNREACHABLE
        case Damaged():
            return strings.DATABASE_BROKEN.format(path=settings.database_path)
        case OSError(filename=str(file)) if Path(file) == settings.key_path:
            return strings.KEYS_SHUT.format(path=settings.key_path)
        case PermissionError() | FileExistsError() | NotADirectoryError():
            return strings.STATE_SHUT.format(path=settings.state_dir)
    return None
