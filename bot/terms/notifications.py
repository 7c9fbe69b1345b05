"""The kinds of outbox messages about terms. The subject of each is the carrying's id."""

AGREED = "terms.agreed"
"""To the author: somebody agreed to carry their terms."""
LET = "terms.let"
"""To the carrier: they can read it."""
CHANGED = "terms.changed"
"""To the carrier: its author has changed it, and the new writing isn't theirs to read yet."""
ENDED = "terms.ended"
"""To the carrier: it is taken back. It names nobody, so that no boundary withholds it."""
STOPPED = "terms.stopped"
"""To the author: nobody carries it any more. It names nobody either."""
CAME = "terms.came"
"""To the author, if they asked for it: the carrier has said how it went. It names nobody.

A boundary that the carrier sets after it doesn't withhold it: there would be a word of which no message came.
"""
KINDS = (AGREED, LET, CHANGED, ENDED, STOPPED, CAME)
