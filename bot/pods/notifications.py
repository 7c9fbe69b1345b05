"""The kinds of outbox messages about pods. The subject of both is the tie's id."""

JOINED = "pods.joined"
"""To the inviter: somebody agreed to be asked."""
ENDED = "pods.ended"
"""That a tie has ended. No longer sent, but messages of earlier versions can still be opened."""
KINDS = (JOINED, ENDED)
