"""A post: what should be shown in a channel, what is shown there, and how one becomes the other."""

from datetime import datetime
from enum import Enum
from typing import NamedTuple

from bot.delivery.outcome import Retry, Uncertain
from bot.delivery.retries import settled_at
from bot.ids import ServerId, new_id

NEVER = 0
"""The revision that means: nothing should be shown (`wanted`), or nothing is shown (`shown`)."""


class PostOutcome(Enum):
    """What the slice that made a post is told about it."""

    UP = "up"
    """It was posted for the first time."""
    QUIET = "quiet"
    """Too few messages had been written since the last one: it was not posted, and the last one stays."""
    BARRED = "barred"
    """The channel was deleted, or the bot may not post there."""
    LATE = "late"
    """It could not be posted before its `until`."""
    EDITED = "edited"
    """Its message could be edited again, after the slice was told that it is barred."""


class ChannelPost(NamedTuple):
    """One message in a channel. `wanted` and `shown` are revisions: if they differ there is something to do.

    detail: what its renderer needs besides the subject. It is chosen once, so that every try shows the same.
    at_least: how many messages people must have written since `replaces`, or it is not posted.
    replaces: the message that is deleted when this one is posted.
    until: from this time on it is not worth posting; None means that it always is.
    due_at: when the next request for it may be made; None if nothing is to be done.
    tried_at: on a post that isn't shown yet, when it may have been sent.
    held_until, holder: until when a worker has claimed it, and whose worker.
    hindered_since: since when Discord refuses it in a way that may pass; None if the last try was different.
    last_code: the code of the last outcome, if it had one (see `outcome.py`).
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
    held_until: datetime | None = None
    holder: str | None = None
    hindered_since: datetime | None = None
    last_code: int | None = None

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
        """Make a new post that is to be sent now."""
        return cls(
            new_id(), server, channel, kind, subject, detail, now, now,
            until=until, at_least=at_least, replaces=replaces,
        )  # fmt: skip

    @property
    def standing(self) -> bool:
        """Whether the post's message is in the channel."""
        return self.message_id is not None

    @property
    def next_at(self) -> datetime | None:
        """When the next request for it may be made; None if nothing is to be done."""
        return self.due_at

    @property
    def sends(self) -> bool:
        """Whether the next request for it sends a new message."""
        return bool(self.wanted) and not self.standing

    @property
    def may_be_there(self) -> bool:
        """Whether it may have been sent, so that it must be looked for first."""
        return self.tried_at is not None and not self.standing

    @property
    def settles_at(self) -> datetime | None:
        """When a message that may have been sent can be found, if it was sent. None if none may have been."""
        return settled_at(self.tried_at) if self.may_be_there else None

    def at(self, message_id: int) -> "ChannelPost":
        """Return the post with the id of the message that was found for it."""
        return self._replace(message_id=message_id)

    def released(self) -> "ChannelPost":
        """Return the post without a worker."""
        return self._replace(held_until=None, holder=None)

    def tried(self, now: datetime) -> "ChannelPost":
        return self._replace(tried_at=now)

    def untried(self) -> "ChannelPost":
        return self._replace(tried_at=None)

    def put_off(self, until: datetime) -> "ChannelPost":
        return self._replace(due_at=until)

    def renewed(self, at: datetime) -> "ChannelPost":
        """Return the post to be edited at `at`, because its content has changed.

        Until then more changes may follow.
        """
        return self._replace(wanted=self.wanted + 1, due_at=self.due_at or at)

    def taken_down(self, now: datetime) -> "ChannelPost":
        return self._replace(wanted=NEVER, due_at=now, tries=0, hindered_since=None)

    def stands(self, message_id: int, revision: int, now: datetime) -> "ChannelPost":
        """Return the post as showing `revision`.

        If its content has changed in the meantime, it is due at once.
        """
        more = now if self.wanted != revision else None
        return self._replace(
            message_id=message_id, shown=revision, tries=0, tried_at=None, due_at=more,
            hindered_since=None, last_code=None,
        )  # fmt: skip

    def failed(
        self, until: datetime, now: datetime, outcome: Retry | Uncertain, *, first: bool = False
    ) -> "ChannelPost":
        """Return the post to be tried again at `until`.

        Unless nothing was sent, neither now nor before (`first`), it must be looked for first.
        """
        unsent = isinstance(outcome, Retry) and outcome.unsent
        hindered = isinstance(outcome, Retry) and outcome.lasting_after is not None
        return self._replace(
            due_at=until, tries=self.tries + 1, last_code=outcome.code,
            hindered_since=(self.hindered_since or now) if hindered else None,
            tried_at=None if unsent and first else self.tried_at,
        )  # fmt: skip

    def parked(self, code: int | None, now: datetime) -> "ChannelPost":
        """Return the post as one that can't be edited now. It is tried again when something has changed."""
        return self._replace(
            due_at=None, tries=self.tries + 1, hindered_since=self.hindered_since or now, last_code=code
        )
