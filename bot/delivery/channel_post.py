"""A post: what should stand in a channel, what does stand there, and the moves between the two."""

from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple

from bot.ids import ServerId, new_id

SETTLES = timedelta(seconds=30)
"""How long a message of which nobody knows may take to appear."""
NEVER = 0
"""As a revision: nothing should stand, or nothing does."""


class PostOutcome(Enum):
    """What a post's own slice is told."""

    UP = "up"
    """It stands there for the first time."""
    QUIET = "quiet"
    """Too few messages had come: it was not posted, and what stood there before still does."""
    BARRED = "barred"
    """The channel is gone, or closed to us."""
    LATE = "late"
    """It could not be posted before it was of no more use."""


class ChannelPost(NamedTuple):
    """`wanted` and `shown` are revisions of what it says; where they differ there is something to do.

    detail: what its renderer needs beside the subject, chosen once, so that a second try says the same.
    at_least: so many messages of people must have come since `replaces`, else it is let go.
    replaces: the message that goes when this one comes.
    until: from then on it is of no more use; None: always of use.
    due_at: when the next step may be made; None where nothing is to be done.
    tried_at: on one that does not stand yet: it may have been sent then.
    """

    id: str
    server: ServerId
    channel: int
    kind: str
    subject: str
    detail: str
    made_at: datetime
    due_at: datetime | None
    until: datetime | None = None
    wanted: int = 1
    shown: int = NEVER
    at_least: int = 0
    replaces: int | None = None
    tries: int = 0
    tried_at: datetime | None = None
    message_id: int | None = None

    @classmethod
    def to(
        cls,
        server: ServerId,
        channel: int,
        kind: str,
        subject: str,
        now: datetime,
        *,
        detail: str = "",
        at_least: int = 0,
        replaces: int | None = None,
        until: datetime | None = None,
    ) -> "ChannelPost":
        return cls(
            new_id(), server, channel, kind, subject, detail, now, now,
            until=until, at_least=at_least, replaces=replaces,
        )  # fmt: skip

    @property
    def standing(self) -> bool:
        return self.message_id is not None

    @property
    def settles_at(self) -> datetime | None:
        """When a message that may have been sent is there to be found, if it was."""
        return None if self.standing or self.tried_at is None else self.tried_at + SETTLES

    def tried(self, now: datetime) -> "ChannelPost":
        return self._replace(tried_at=now)

    def untried(self) -> "ChannelPost":
        return self._replace(tried_at=None)

    def put_off(self, until: datetime) -> "ChannelPost":
        return self._replace(due_at=until)

    def renewed(self, at: datetime) -> "ChannelPost":
        """It says something else now; soon, and not at once: more may follow."""
        return self._replace(wanted=self.wanted + 1, due_at=self.due_at or at)

    def taken_down(self, now: datetime) -> "ChannelPost":
        return self._replace(wanted=NEVER, due_at=now, tries=0)

    def stands(self, message_id: int, revision: int, now: datetime) -> "ChannelPost":
        """Its message says what this revision says; it may have been asked to say more meanwhile."""
        more = now if self.wanted != revision else None
        return self._replace(message_id=message_id, shown=revision, tries=0, tried_at=None, due_at=more)

    def failed(self, until: datetime, *, surely: bool) -> "ChannelPost":
        """To be tried again; `surely` not sent, or perhaps sent."""
        return self._replace(due_at=until, tries=self.tries + 1, tried_at=None if surely else self.tried_at)
