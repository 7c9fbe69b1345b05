"""What became of one message to one person."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Delivered:
    """It is there, under this id."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """They take no direct messages from us: it waits in /inbox."""


@dataclass(frozen=True, slots=True)
class Missing:
    """There is nobody to tell any more."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Surely not sent; to be tried again after this long."""

    delay: timedelta


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It may have been sent or not: a timeout, a reset, an error on the other side."""


Outcome = Delivered | Refused | Missing | Retry | Uncertain
