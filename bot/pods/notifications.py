"""What people are told of pods. The subject of both is the tie."""

JOINED = "pods.joined"
"""To the inviter: somebody agreed to be asked."""
ENDED = "pods.ended"
"""To the one of the two who did not end it: the tie has ended."""
KINDS = (JOINED, ENDED)
