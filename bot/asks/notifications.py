"""What people are told of asks."""

ASKED = "asks.asked"
AGAIN = "asks.again"
"""These two are to somebody who was asked; their subject is that person's part in the ask."""
CAME = "asks.came"
CANT = "asks.cant"
"""These two are to the asker, with the same subject."""
OVER = "asks.over"
NOBODY = "asks.nobody"
UNREAD = "asks.unread"
PAUSED = "asks.paused"
"""These four are to the asker, and their subject is the ask."""
KINDS = (ASKED, AGAIN, CAME, CANT, OVER, NOBODY, UNREAD, PAUSED)
