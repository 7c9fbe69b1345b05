"""What became of one attempt to deliver something.

`code` is Discord's error code, or the HTTP status if Discord gave no code; None if there was no answer.
"""

from datetime import timedelta
from enum import StrEnum

from msgspec import Struct


class Delivered(Struct, frozen=True):
    """The message is there, with this id."""

    message_id: int


class Why(StrEnum):
    """Why nothing had to be sent."""

    OVER = "over"
    """There is nothing left to say: what it is about has ended, or a boundary was set."""
    QUIET = "quiet"
    """Too few messages had been written since the last post."""
    LATE = "late"
    """Its time has passed."""


class NotNeeded(Struct, frozen=True):
    """Nothing was sent, because nothing has to be."""

    why: Why = Why.OVER


class Refused(Struct, frozen=True):
    """Lasting: Discord will never accept it by this way."""

    code: int | None = None


class Missing(Struct, frozen=True):
    """Lasting: the person, the channel or the message doesn't exist any more."""

    code: int | None = None


class Retry(Struct, frozen=True):
    """Passing: it is to be tried again after at least `after`.

    lasting_after: a hindrance that goes on for so long counts as Refused; None for what always passes.
    unsent: nothing was sent at all, so that there is nothing to look for. Otherwise an earlier attempt of
    discord.py, which repeats some requests by itself, may have sent it.
    """

    after: timedelta = timedelta(0)
    code: int | None = None
    lasting_after: timedelta | None = None
    unsent: bool = False


class Uncertain(Struct, frozen=True):
    """It may have been sent: there was a timeout, a lost connection or an error at Discord."""

    code: int | None = None


class SearchPage(Struct, frozen=True):
    """A page of a channel's history was read, and what was looked for isn't on it.

    older: the message before which to read on; None if nothing older can be it.
    """

    older: int | None = None


Failure = Refused | Missing | Retry | Uncertain
Outcome = Delivered | NotNeeded | Failure


def name_of(outcome: Outcome) -> str:
    """Return the outcome's name for the log and the counts."""
    match outcome:
        case NotNeeded(why):
            return f"not needed: {why}"
        case _:
            return type(outcome).__name__.lower()


def code_of(outcome: Outcome) -> int | None:
    """Return the code of an outcome that has one."""
    return None if isinstance(outcome, Delivered | NotNeeded) else outcome.code
