"""The kinds of outbox messages about asks."""

ASKED = "asks.asked"
AGAIN = "asks.again"
"""These two go to somebody who was asked. Their subject is the AskRecipient's id."""
CAME = "asks.came"
CANT = "asks.cant"
"""These two go to the asker, with the same subject."""
OVER = "asks.over"
NOBODY = "asks.nobody"
UNREAD = "asks.unread"
PAUSED = "asks.paused"
"""These four go to the asker. Their subject is the ask's id."""
KINDS = (ASKED, AGAIN, CAME, CANT, OVER, NOBODY, UNREAD, PAUSED)
