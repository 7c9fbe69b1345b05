"""The two tables of asks, their ledgers, and how rows become models."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, Row, String, Table

from bot.asks.models import Ask, AskKind, AskRecipient, AskState, Reply
from bot.asks.wait import Wait
from bot.ids import PersonId, ServerId
from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata

asks = Table(
    "asks",
    metadata,
    Column("id", String, primary_key=True),
    Column("asker", String, nullable=False),
    Column("server", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("kind", String),
    Column("wait", String, nullable=False),
    Column("chosen", String, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("ends_at", Moment),
    Column("over_at", Moment),
    Column("closed_at", Moment),
    Column("extended", Integer, nullable=False),
    Column("written", Integer, nullable=False),
    Column("words", LargeBinary),
    Column("message", LargeBinary),
    Column("kept_days", Integer, nullable=False, server_default="7"),
    Index("ix_asks_asker_state", "asker", "state"),
)
askings = Table(
    "askings",
    metadata,
    Column("id", String, primary_key=True),
    Column("ask", String, nullable=False),
    Column("answerer", String, nullable=False),
    Column("reply", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("held", Boolean, key="withheld", nullable=False),
    Column("parted", Boolean, nullable=False, server_default="0"),
    Column("shown", Boolean, nullable=False),
    Column("told", Boolean, nullable=False, server_default="0"),
    Column("opened", Boolean, nullable=False, server_default="0"),
    Column("written", Integer, nullable=False),
    Column("words", LargeBinary),
    Index("ix_askings_answerer_reply", "answerer", "reply"),
    Index("ix_askings_ask_answerer", "ask", "answerer", unique=True),
)
LEDGER = (
    Ledger(
        "asks",
        subjects=("asker", "chosen"),
        exported=(
            "server",
            "state",
            "kind",
            "made_at",
            "sent_at",
            "ends_at",
            "closed_at",
            "kept_days",
            "words",
            "message",
        ),
        # A wait that is over before its time tells that everybody has replied, before any message does.
        internal=("over_at", "id", "revision", "wait", "extended", "written"),
    ),
    Ledger(
        "askings",
        subjects=("answerer",),
        exported=("asked_at", "words"),
        # The reply stands here as a boundary of the asker made it, and not as the answerer sees it.
        internal=(
            "reply", "id", "ask", "revision", "withheld", "parted", "opened", "shown", "told", "written",
        ),
    ),
)  # fmt: skip
OPEN = (AskState.OPEN, AskState.PAUSED)
WAITED_FOR = (Reply.ASKED, Reply.READING, Reply.BEYOND, Reply.WITHHELD)
BOTH = asks.join(askings, askings.c.ask == asks.c.id)


def columns(ask: Ask) -> dict[str, Any]:
    return {
        "asker": ask.asker,
        "server": ask.server,
        "state": ask.state,
        "revision": ask.revision,
        "kind": ask.kind,
        "wait": ask.wait,
        "chosen": " ".join(ask.chosen),
        "made_at": ask.made_at,
        "sent_at": ask.sent_at,
        "ends_at": ask.ends_at,
        "over_at": ask.over_at,
        "closed_at": ask.closed_at,
        "extended": ask.extended,
        "written": ask.written,
        "kept_days": ask.kept_days,
    }


def to_ask(row: Row[Any]) -> Ask:
    return Ask(
        id=row.id,
        asker=PersonId(row.asker),
        server=ServerId(row.server),
        state=AskState(row.state),
        made_at=row.made_at,
        revision=row.revision,
        kind=None if row.kind is None else AskKind(row.kind),
        wait=Wait(row.wait),
        chosen=tuple(PersonId(one) for one in row.chosen.split()),
        sent_at=row.sent_at,
        ends_at=row.ends_at,
        over_at=row.over_at,
        closed_at=row.closed_at,
        extended=row.extended,
        written=row.written,
        kept_days=row.kept_days,
    )


def to_asking(row: Row[Any]) -> AskRecipient:
    return AskRecipient(
        id=row.id,
        ask=row.ask,
        answerer=PersonId(row.answerer),
        reply=Reply(row.reply),
        asked_at=row.asked_at,
        withheld=row.withheld,
        parted=row.parted,
        shown=row.shown,
        told=row.told,
        opened=row.opened,
        revision=row.revision,
        written=row.written,
    )
