"""The tables of what is delivered: the messages to people, and the posts in channels."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table

from bot.delivery.channel_post import NEVER
from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata, partial_index

outbox = Table(
    "outbox",
    metadata,
    Column("id", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("server", BigInteger),
    Column("other", String),
    Column("state", String, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("nonce", String, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("lane", Integer),
    Column("early", Boolean, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("tried_at", Moment),
    Column("message_id", BigInteger),
    Column("opened_at", Moment),
    Column("ended_at", Moment),
)
OPEN = outbox.c.ended_at.is_(None)
ONE_OPEN = ("person", "kind", "subject")
Index(None, *(outbox.c[name] for name in ONE_OPEN), unique=True, **partial_index(OPEN))
Index(None, outbox.c.subject)
Index(None, outbox.c.lane, outbox.c.due_at, **partial_index(outbox.c.lane.is_not(None)))
Index(None, outbox.c.ended_at, **partial_index(outbox.c.ended_at.is_not(None)))

posts = Table(
    "posts",
    metadata,
    Column("id", String, primary_key=True),
    Column("server", BigInteger, nullable=False, index=True),
    Column("channel", BigInteger, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("due_at", Moment),
    Column("until", Moment),
    Column("wanted", Integer, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("at_least", Integer, nullable=False),
    Column("replaces", BigInteger),
    Column("tries", Integer, nullable=False),
    Column("tried_at", Moment),
    Column("message_id", BigInteger),
)
PENDING = posts.c.shown == NEVER
# At most one post waits for each (kind, subject): asking for another one changes nothing.
Index("uq_posts_pending", posts.c.kind, posts.c.subject, unique=True, **partial_index(PENDING))
Index(None, posts.c.kind, posts.c.subject)
Index(None, posts.c.due_at, **partial_index(posts.c.due_at.is_not(None)))

LEDGER = (
    Ledger(
        "outbox",
        subjects=("person", "other"),
        exported=("kind", "server", "state", "made_at", "opened_at", "ended_at"),
        internal=("id", "subject", "nonce", "due_at", "lane", "early", "tries", "tried_at", "message_id"),
    ),
    # What is posted in channels belongs to a server and is about nobody.
    Ledger("posts", internal=tuple(posts.columns.keys())),
)
