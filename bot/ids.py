"""Ids. They are random, and mean nothing without the rows that they identify."""

import re
import secrets
from typing import NewType

PersonId = NewType("PersonId", str)
"""A person's id. It is random, and only `people` connects it to a Discord account."""

ServerId = NewType("ServerId", int)
"""The id that Discord gives to a server. It needs no protection, since it identifies no person."""


_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


def is_id(text: str) -> bool:
    """Whether a new row may have this id. What comes back in a custom_id may have been made up by anybody."""
    return _ID.fullmatch(text) is not None


def new_id() -> str:
    """Return 96 random bits as 16 characters of [A-Za-z0-9_-], which fit a custom_id."""
    return secrets.token_urlsafe(12)
