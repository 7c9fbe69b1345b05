"""The kinds of outbox messages about talks."""

ASKED = "talks.asked"
"""To the person who is asked. Its subject is the request's id; that of the others is the talk's id."""
AGREED = "talks.agreed"
CANT = "talks.cant"
DID_YOU = "talks.did_you"
KINDS = (ASKED, AGREED, CANT, DID_YOU)
