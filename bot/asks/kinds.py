"""What comes due for asks, and what is told of them."""

DRAFT_ENDS = "asks.draft_ends"
MESSAGE_ENDS = "asks.message_ends"
ENDS = "asks.ends"
UNREAD = "asks.unread"
CLOSES = "asks.closes"
DESTROYED = "asks.destroyed"
"""These have the ask as their subject, the next two the asking."""
REMINDED = "asks.reminded"
BEYOND = "asks.beyond"

ASKED_LINE = "asks.asked"
AGAIN_LINE = "asks.again"
"""To an answerer; their subject is the asking, as that of the next two, which are to the asker."""
CAME_LINE = "asks.came"
CANT_LINE = "asks.cant"
OVER_LINE = "asks.over"
NOBODY_LINE = "asks.nobody"
UNREAD_LINE = "asks.unread"
PAUSED_LINE = "asks.paused"
"""To the asker; the subject of these four is the ask."""
KINDS = (
    ASKED_LINE, AGAIN_LINE, CAME_LINE, CANT_LINE, OVER_LINE, NOBODY_LINE, UNREAD_LINE, PAUSED_LINE,
)  # fmt: skip
