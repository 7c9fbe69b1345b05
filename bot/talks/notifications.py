"""What people are told of talks."""

ASKED = "talks.asked"
"""To the one who is asked. Its subject is the request; the others' is the talk."""
AGREED = "talks.agreed"
CANT = "talks.cant"
DID_YOU = "talks.did_you"
KINDS = (ASKED, AGREED, CANT, DID_YOU)
