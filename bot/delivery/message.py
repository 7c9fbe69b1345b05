"""A line: one thing that one person must be told, and the moves that it makes."""

import secrets
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import NamedTuple

from bot.ids import PersonId, ServerId, new_id

SETTLES = timedelta(seconds=30)
"""How long a message of which nobody knows may take to appear: a request outlives its process."""
_NONCE_BYTES = 15


class MessageState(StrEnum):
    """Where a line stands. The last three have ended for the person it was for."""

    WAITING = "waiting"
    SENT = "sent"
    SHUT = "shut"
    """Their direct messages are closed: it waits in /inbox."""
    HELD = "held"
    """A boundary stands between the two: never delivered, never listed."""
    GONE = "gone"
    CLOSING = "closing"
    """Its message is to be edited to say that this has closed."""
    CLOSED = "closed"


class Lane(IntEnum):
    """What the courier takes first. A line in no lane has nothing to send."""

    QUESTION = 0
    NOTICE = 1
    NEW_QUESTION = 2
    """To somebody with whom no channel was opened before: these are paced on their own."""
    NEW_NOTICE = 3

    @property
    def new(self) -> bool:
        return self >= Lane.NEW_QUESTION

    @property
    def to_new(self) -> "Lane":
        return self if self.new else Lane(self + 2)

    @property
    def to_known(self) -> "Lane":
        return Lane(self - 2) if self.new else self


class OutboxMessage(NamedTuple):
    """`tried_at` on a line that waits: it may have been sent then, and what came of it is not known.

    A tuple: thousands are made at once, and a frozen dataclass takes five times as long.
    """

    id: str
    person: PersonId
    kind: str
    subject: str
    server: ServerId | None
    other: PersonId | None
    state: MessageState
    made_at: datetime
    nonce: str
    due_at: datetime
    lane: Lane | None = None
    early: bool = False
    """Its time has not come: not listed."""
    tries: int = 0
    tried_at: datetime | None = None
    message_id: int | None = None
    opened_at: datetime | None = None
    ended_at: datetime | None = None

    @classmethod
    def to(
        cls,
        person: PersonId,
        kind: str,
        subject: str,
        now: datetime,
        *,
        other: PersonId | None = None,
        server: ServerId | None = None,
        held: bool = False,
        question: bool = False,
        quietly: bool = False,
        not_before: datetime | None = None,
    ) -> "OutboxMessage":
        """A new line. `question`: somebody waits for it, so it goes first. `quietly`: for /inbox alone."""
        return cls(
            id=new_id(),
            person=person,
            kind=kind,
            subject=subject,
            server=server,
            other=other,
            state=MessageState.HELD if held else MessageState.SHUT if quietly else MessageState.WAITING,
            made_at=now,
            nonce=secrets.token_urlsafe(_NONCE_BYTES),
            due_at=now if not_before is None else max(now, not_before),
            lane=None if held or quietly else Lane.QUESTION if question else Lane.NOTICE,
            early=not_before is not None and not_before > now,
        )

    @property
    def waiting(self) -> bool:
        return self.state is MessageState.WAITING

    @property
    def settles_at(self) -> datetime | None:
        """When a message that may have been sent is there to be found, if it was; None when none was."""
        return None if self.tried_at is None else self.tried_at + SETTLES

    def tried(self, now: datetime) -> "OutboxMessage":
        """About to be sent."""
        return self._replace(tried_at=now, early=False)

    def untried(self) -> "OutboxMessage":
        """It was not sent after all."""
        return self._replace(tried_at=None)

    def put_off(self, until: datetime) -> "OutboxMessage":
        """Nothing was tried: it waits for a better hour."""
        return self._replace(due_at=until, early=False)

    def among_new(self) -> "OutboxMessage":
        """No channel to them was opened yet: it waits among those."""
        return self._replace(lane=None if self.lane is None else self.lane.to_new, early=False)

    def sent(self, message_id: int) -> "OutboxMessage":
        """It is there. One that was held or closed meanwhile stays so, and knows its message."""
        if self.waiting:
            return self._replace(state=MessageState.SENT, lane=None, message_id=message_id, tries=0)
        return self._replace(message_id=message_id, tries=0)

    def failed(self, until: datetime, *, surely: bool) -> "OutboxMessage":
        """To be tried again; `surely` not sent, or perhaps sent."""
        return self._replace(due_at=until, tries=self.tries + 1, tried_at=None if surely else self.tried_at)

    def shut(self, now: datetime) -> "OutboxMessage":
        """Not sent, and not to be: it waits in /inbox."""
        if self.state is MessageState.CLOSING:
            return self.closed(now)
        state = MessageState.SHUT if self.waiting else self.state
        return self._replace(state=state, lane=None, tried_at=None)

    def gone(self, now: datetime) -> "OutboxMessage":
        """Nobody is there to be told."""
        if self.state is MessageState.CLOSING:
            return self.closed(now)
        return self._replace(state=MessageState.GONE, lane=None, ended_at=self.ended_at or now)

    def closed(self, now: datetime) -> "OutboxMessage":
        """Nothing of it is left to be changed."""
        return self._replace(state=MessageState.CLOSED, lane=None, ended_at=self.ended_at or now)
