"""The kinds of outbox messages about pods. The subject of both is the tie's id."""

JOINED = "pods.joined"
"""To the inviter: somebody agreed to be asked."""
ENDED = "pods.ended"
"""To the person who did not end it: the tie has ended."""
KINDS = (JOINED, ENDED)
