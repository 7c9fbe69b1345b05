"""The tables of what is delivered: the messages to people, and the posts in channels."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    and_,
    or_,
)

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
    Column("held_until", Moment),
    Column("holder", String),
    Column("hindered_since", Moment),
    Column("last_code", Integer),
)
OPEN = outbox.c.ended_at.is_(None)
# A message that a worker has claimed is marked as tried before it is sent, and a boundary still stops it.
TOLD = or_(
    outbox.c.message_id.is_not(None),
    outbox.c.opened_at.is_not(None),
    and_(outbox.c.tried_at.is_not(None), outbox.c.holder.is_(None)),
)
"""Its person was told of it: by a direct message that was sent or may have been, or by /inbox."""
ONE_OPEN = ("person", "kind", "subject")
Index(None, *(outbox.c[name] for name in ONE_OPEN), unique=True, **partial_index(OPEN))
Index(None, outbox.c.subject)
Index(None, outbox.c.lane, outbox.c.due_at, **partial_index(outbox.c.lane.is_not(None)))
Index(None, outbox.c.ended_at, **partial_index(outbox.c.ended_at.is_not(None)))
Index(None, outbox.c.held_until, **partial_index(outbox.c.held_until.is_not(None)))

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
    Column("held_until", Moment),
    Column("holder", String),
    Column("hindered_since", Moment),
    Column("last_code", Integer),
)
PENDING = (posts.c.shown == NEVER) & (posts.c.wanted != NEVER)
"""It is to be sent, and was not yet. One that is being taken down again is not pending any more."""
# At most one post waits for each (kind, subject): asking for another one changes nothing.
Index("uq_posts_pending", posts.c.kind, posts.c.subject, unique=True, **partial_index(PENDING))
Index(None, posts.c.kind, posts.c.subject)
Index(None, posts.c.due_at, **partial_index(posts.c.due_at.is_not(None)))
Index(None, posts.c.held_until, **partial_index(posts.c.held_until.is_not(None)))

counts = Table(
    "delivery_counts",
    metadata,
    Column("day", Date, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("outcome", String, primary_key=True),
    Column("code", Integer, primary_key=True),
    Column("many", Integer, nullable=False),
)
"""How often deliveries of each kind ended in each way, by day. `code` is 0 if there was none."""

failures = Table(
    "delivery_failures",
    metadata,
    Column("id", String, primary_key=True),
    Column("what", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("server", BigInteger, index=True),
    Column("made_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=False, index=True),
    Column("outcome", String, nullable=False),
    Column("code", Integer),
    Column("tries", Integer, nullable=False),
)
"""What will not arrive any more, and why. It names nobody, and outlives the message or post itself."""

deletions = Table(
    "dm_deletions",
    metadata,
    Column("id", String, primary_key=True),
    Column("person", String, index=True),
    Column("message", BigInteger),
    Column("channel", LargeBinary),
    Column("before", BigInteger),
    Column("tries", Integer, nullable=False),
)
"""Direct messages that are to be deleted: one of a person, or all in a channel, whose id is sealed."""

LEDGER = (
    Ledger(
        "outbox",
        subjects=("person", "other"),
        exported=("kind", "server", "opened_at", "ended_at"),
        # A state tells apart what a boundary has ended from what ended in another way. When a message was
        # made tells when somebody did something, and one that is made in place of another is made later.
        internal=(
            "state", "made_at",
            "id", "subject", "nonce", "due_at", "lane", "early", "tries", "tried_at", "message_id",
            "held_until", "holder", "hindered_since", "last_code",
        ),
    ),
    # What is posted in channels belongs to a server and is about nobody.
    Ledger("posts", internal=tuple(posts.columns.keys())),
    Ledger("dm_deletions", subjects=("person",), internal=("id", "message", "channel", "before", "tries")),
    Ledger("delivery_counts", internal=tuple(counts.columns.keys())),
    Ledger("delivery_failures", internal=tuple(failures.columns.keys())),
)  # fmt: skip
