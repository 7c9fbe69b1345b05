"""Turn the errors that stop `plumbline run` into exit codes, and sentences for the person who started it."""

from pathlib import Path

from msgspec import Struct

from bot import strings
from bot.content.library import Unreadable
from bot.exit_codes import ExitCode
from bot.instances.instance import NumberTaken
from bot.login_throttle import TooManyLogins
from bot.settings import Misconfigured, Settings
from bot.storage.file_keys import WrongKey
from bot.storage.lock import AlreadyRunning
from bot.storage.migrate import NewerSchema
from bot.storage.session import SessionLost
from bot.storage.unavailable import DriverMissing, Reason, reason_of
from bot.ui.discord_errors import Rejected, TokenRefused, TooManyRequests, Unreachable
from bot.vault.deletion_file import DeletionsUnusable
from bot.vault.keyring import KeyFileMissing, KeyFileUnusable, KeysMissing, KeysOfAnother


class Ending(Struct, frozen=True):
    """How the program ends: the code for what started it, and the sentence for a person."""

    code: ExitCode
    sentence: str


def ending(error: Exception, settings: Settings) -> Ending | None:
    """Return how the program ends after an error; None for an unexpected one."""
    return _of_discord(error) or _of_files(error, settings) or _of_the_disk(error, settings)


def _of_discord(error: Exception) -> Ending | None:
    match error:
        case TooManyLogins(until=until):
            return Ending(ExitCode.TOO_MANY_LOGINS, strings.TOO_MANY_LOGINS.format(until=until))
        case TokenRefused():
            return Ending(ExitCode.TOKEN_REFUSED, strings.TOKEN_REFUSED)
        case Unreachable():
            return Ending(ExitCode.UNREACHABLE, strings.UNREACHABLE)
        case TooManyRequests(seconds=seconds):
            return Ending(ExitCode.UNREACHABLE, strings.too_many_requests(seconds))
        case Rejected(status=None, code=code):
            return Ending(ExitCode.REJECTED, strings.CLOSED_FOR_GOOD.format(code=code))
        case Rejected(status=status, code=code):
            return Ending(ExitCode.REJECTED, strings.REJECTED.format(status=status, code=code))
    return None


def _of_files(error: Exception, settings: Settings) -> Ending | None:
    match error:
        case Misconfigured():
            return Ending(ExitCode.MISCONFIGURED, "\n".join(error.problems))
        case AlreadyRunning():
            return Ending(ExitCode.ALREADY_RUNNING, strings.ALREADY_RUNNING)
        case NumberTaken():
            sentence = strings.INSTANCE_RUNS.format(number=settings.instance)
            return Ending(ExitCode.ALREADY_RUNNING, sentence)
        case SessionLost():
            return Ending(ExitCode.DATABASE_UNREACHABLE, strings.SERVER_UNREACHABLE)
        case KeyFileMissing():
            sentence = strings.KEYS_MISSING if settings.database_url is None else strings.KEYS_NOT_MADE
            return Ending(ExitCode.KEY_FILE_MISSING, sentence.format(path=settings.key_path))
        case KeysOfAnother():
            return Ending(ExitCode.KEYS_DO_NOT_FIT, strings.KEYS_OF_ANOTHER.format(keys=settings.key_path))
        case DriverMissing():
            return Ending(ExitCode.MISCONFIGURED, strings.SERVER_NOT_INSTALLED)
        case KeyFileUnusable():
            return Ending(ExitCode.KEY_FILE_UNUSABLE, strings.KEY_UNUSABLE.format(path=settings.key_path))
        case WrongKey() | KeysMissing():
            sentence = strings.KEYS_DO_NOT_FIT.format(keys=settings.key_path, path=settings.database_named)
            return Ending(ExitCode.KEYS_DO_NOT_FIT, sentence)
        case DeletionsUnusable():
            sentence = strings.DELETIONS_UNUSABLE.format(path=settings.deletions_path)
            return Ending(ExitCode.DELETIONS_UNUSABLE, sentence)
        case NewerSchema():
            return Ending(
                ExitCode.DATABASE_NEWER, strings.DATABASE_NEWER.format(path=settings.database_named)
            )
        case Unreadable():
            return Ending(ExitCode.TEXTS_UNREADABLE, strings.UNREADABLE.format(what=error))
    return None


def _of_the_disk(error: Exception, settings: Settings) -> Ending | None:
    reason = reason_of(error)
    if reason is not None:
        return _of_reason(reason, settings)
    match error:
        case OSError(filename=str(file)) if Path(file) == settings.key_path:
            return Ending(ExitCode.STATE_UNUSABLE, strings.KEYS_SHUT.format(path=settings.key_path))
        case PermissionError() | FileExistsError() | NotADirectoryError() | IsADirectoryError():
            return Ending(ExitCode.STATE_UNUSABLE, strings.STATE_SHUT.format(path=settings.state_dir))
    return None


def _of_reason(reason: Reason, settings: Settings) -> Ending:
    state, database = settings.state_dir, settings.database_path
    match reason:
        case Reason.FULL | Reason.READ_ONLY:
            return Ending(ExitCode.DISK_FULL, strings.DISK_FULL.format(path=state))
        case Reason.LOCKED:
            return Ending(ExitCode.DATABASE_LOCKED, strings.DATABASE_LOCKED.format(path=database))
        case Reason.FAILING:
            return Ending(ExitCode.DISK_FAILING, strings.DISK_FAILING.format(path=state))
        case Reason.UNREACHABLE:
            return Ending(ExitCode.DATABASE_UNREACHABLE, strings.SERVER_UNREACHABLE)
        case Reason.SHUT:
            return Ending(ExitCode.STATE_UNUSABLE, strings.STATE_SHUT.format(path=state))
        case Reason.DAMAGED:
            return Ending(ExitCode.DATABASE_DAMAGED, strings.DATABASE_BROKEN.format(path=database))
