"""What became of one request to Discord about a message."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Delivered:
    """The message is there, with this id."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The bot may not write there: their direct messages are closed, or a permission is missing."""


@dataclass(frozen=True, slots=True)
class Missing:
    """The person, the channel or the message doesn't exist any more."""


@dataclass(frozen=True, slots=True)
class Retry:
    """It was certainly not sent, and is to be tried again after at least `delay`."""

    delay: timedelta


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It may have been sent: there was a timeout, a lost connection or an error at Discord."""


Outcome = Delivered | Refused | Missing | Retry | Uncertain
