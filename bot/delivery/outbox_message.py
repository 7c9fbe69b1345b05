"""An outbox message: one thing that one person is to be told, and the states that it goes through."""

import secrets
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple

from bot.delivery.outcome import Retry, Uncertain
from bot.delivery.retries import settled_at
from bot.ids import PersonId, ServerId, new_id

_NONCE_BYTES = 15


class MessageState(StrEnum):
    """The states of an outbox message. In the last three it has ended for its person."""

    WAITING = "waiting"
    SENT = "sent"
    DMS_CLOSED = "shut"
    """Discord doesn't take it, mostly because their direct messages are closed. It is in /inbox only."""
    WITHHELD = "held"
    """There is a boundary between the two people: it is never delivered and never listed.

    So is a reply to an ask that is not announced because another message tells of it.
    """
    UNREACHABLE = "gone"
    """It can no longer be delivered: one of the two people left, or the account is gone."""
    CLOSING = "closing"
    """Its Discord message is to be edited to say that this has closed."""
    CLOSED = "closed"


class Lane(IntEnum):
    """Which messages go first. The numbers are stored. A message without a lane has nothing to send."""

    QUESTION = 0
    NOTICE = 1
    NEW_QUESTION = 2
    """To somebody with whom no DM channel was opened before. New channels have a rate limit of their own."""
    NEW_NOTICE = 3
    URGENT = 4
    """Before what isn't, without waiting for a worker, in quiet hours too."""
    ALARM = 5
    """Before everything else, in the same way: somebody needs help now, or may need it."""

    @property
    def new(self) -> bool:
        return self in (Lane.NEW_QUESTION, Lane.NEW_NOTICE)

    @property
    def to_new(self) -> "Lane":
        return Lane(self + 2) if self in (Lane.QUESTION, Lane.NOTICE) else self

    @property
    def to_known(self) -> "Lane":
        return Lane(self - 2) if self.new else self


class OutboxMessage(NamedTuple):
    """One message to one person. If it is waiting and has a `tried_at`, it may have been sent at that time.

    It is a tuple because thousands are made at once, and a frozen dataclass takes five times as long.
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
    """It has a `not_before` that has not come yet, so /inbox doesn't list it."""
    tries: int = 0
    tried_at: datetime | None = None
    message_id: int | None = None
    opened_at: datetime | None = None
    """When /inbox first showed it to its person."""
    ended_at: datetime | None = None
    held_until: datetime | None = None
    """Until when a worker has claimed it. `holder` says whose worker."""
    holder: str | None = None
    hindered_since: datetime | None = None
    """Since when Discord refuses it in a way that may pass; None if the last try ended otherwise."""
    last_code: int | None = None
    """The code of the last outcome, if it had one (see `outcome.py`)."""

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
        withheld: bool = False,
        question: bool = False,
        urgent: bool = False,
        alarm: bool = False,
        quietly: bool = False,
        not_before: datetime | None = None,
    ) -> "OutboxMessage":
        """Make a new message.

        withheld: there is a boundary, so it is never delivered. question: somebody is waiting for an answer,
        so it is delivered before notices. urgent: it is delivered before both, in quiet hours too. alarm: it
        is delivered in the same way before everything else.
        quietly: it is shown in /inbox only, without a direct message.
        """
        return cls(
            id=new_id(),
            person=person,
            kind=kind,
            subject=subject,
            server=server,
            other=other,
            state=_first_state(withheld=withheld, quietly=quietly),
            made_at=now,
            nonce=secrets.token_urlsafe(_NONCE_BYTES),
            due_at=now if not_before is None else max(now, not_before),
            lane=None if withheld or quietly else _first_lane(question=question, urgent=urgent, alarm=alarm),
            early=not_before is not None and not_before > now,
        )

    @property
    def waiting(self) -> bool:
        return self.state is MessageState.WAITING

    @property
    def urgent(self) -> bool:
        """Whether it is sent ahead of what isn't, in quiet hours too."""
        return self.lane in (Lane.URGENT, Lane.ALARM)

    @property
    def withheld(self) -> bool:
        return self.state is MessageState.WITHHELD

    @property
    def next_at(self) -> datetime | None:
        """When the next request for it may be made; None if nothing is to be done."""
        return None if self.lane is None else self.due_at

    @property
    def sends(self) -> bool:
        """Whether the next request for it sends a new message."""
        return self.waiting

    @property
    def may_be_there(self) -> bool:
        """Whether it may have been sent, so that it must be looked for first."""
        return self.tried_at is not None and self.message_id is None

    @property
    def settles_at(self) -> datetime | None:
        """When a message that may have been sent can be found, if it was sent. None if none may have been."""
        return settled_at(self.tried_at) if self.may_be_there else None

    def at(self, message_id: int) -> "OutboxMessage":
        """Return the message with the id of the Discord message that was found for it."""
        return self._replace(message_id=message_id)

    def released(self) -> "OutboxMessage":
        """Return the message without a worker."""
        return self._replace(held_until=None, holder=None)

    def tried(self, now: datetime) -> "OutboxMessage":
        """Return the message, marked because it is about to be sent."""
        return self._replace(tried_at=now, early=False)

    def untried(self) -> "OutboxMessage":
        """Return the message without the mark, because it was not sent after all."""
        return self._replace(tried_at=None)

    def put_off(self, until: datetime) -> "OutboxMessage":
        """Return the message to be sent at `until`, without having been tried."""
        return self._replace(due_at=until, early=False)

    def among_new(self) -> "OutboxMessage":
        """Return the message in a lane for new DM channels, because no channel to the person is open yet."""
        return self._replace(lane=None if self.lane is None else self.lane.to_new, early=False)

    def sent(self, message_id: int) -> "OutboxMessage":
        """Return the message as sent, with the id that Discord gave it.

        If it was withheld or closed in the meantime, it stays so.
        """
        found = self._replace(message_id=message_id, tries=0, hindered_since=None, last_code=None)
        return found._replace(state=MessageState.SENT, lane=None) if self.waiting else found

    def failed(
        self, until: datetime, now: datetime, outcome: Retry | Uncertain, *, first: bool = False
    ) -> "OutboxMessage":
        """Return the message to be tried again at `until`.

        Unless nothing was sent, neither now nor before (`first`), it must be looked for first.
        """
        unsent = isinstance(outcome, Retry) and outcome.unsent
        hindered = isinstance(outcome, Retry) and outcome.lasting_after is not None
        return self._replace(
            due_at=until, tries=self.tries + 1, last_code=outcome.code,
            hindered_since=(self.hindered_since or now) if hindered else None,
            tried_at=None if unsent and first else self.tried_at,
        )  # fmt: skip

    def dms_closed(self, now: datetime, code: int | None = None) -> "OutboxMessage":
        """Return the message for /inbox only, because Discord doesn't take it."""
        if self.state is MessageState.CLOSING:
            return self.closed(now)
        state = MessageState.DMS_CLOSED if self.waiting else self.state
        return self._replace(state=state, lane=None, tried_at=None, last_code=code)

    def unreachable(self, now: datetime, code: int | None = None) -> "OutboxMessage":
        """Return the message as ended, because the person can't be reached any more."""
        if self.state is MessageState.CLOSING:
            return self.closed(now)
        return self._replace(
            state=MessageState.UNREACHABLE, lane=None, ended_at=self.ended_at or now, last_code=code
        )

    def closed(self, now: datetime) -> "OutboxMessage":
        """Return the message as ended, with nothing left to be edited."""
        return self._replace(state=MessageState.CLOSED, lane=None, ended_at=self.ended_at or now)


def _first_state(*, withheld: bool, quietly: bool) -> MessageState:
    if withheld:
        return MessageState.WITHHELD
    return MessageState.DMS_CLOSED if quietly else MessageState.WAITING


def _first_lane(*, question: bool, urgent: bool, alarm: bool) -> Lane:
    if alarm:
        return Lane.ALARM
    if urgent:
        return Lane.URGENT
    return Lane.QUESTION if question else Lane.NOTICE
