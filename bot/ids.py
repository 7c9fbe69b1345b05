"""Random names for things: meaningless without the rows that they lead to."""

import secrets
from typing import NewType

PersonId = NewType("PersonId", str)
"""A person, everywhere: random, and joined to a Discord account in `people` alone."""

ServerId = NewType("ServerId", int)
"""A Discord server's own id (servers are not people)."""


def new_id() -> str:
    """16 characters of [A-Za-z0-9_-], 96 random bits: fits a custom_id, and nothing follows from it."""
    return secrets.token_urlsafe(12)
