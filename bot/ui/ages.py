"""What is for 18 and over, and what of it nobody is too young for."""

GROWN = ("asks.", "pods.", "pairs.", "talks.", "plans.")
"""All that begins so is refused to whoever is under 18, or stands in a server that is set for minors ..."""
ANY_AGE = frozenset(
    {
        *("asks.minor", "asks.cant", "asks.close_to_me", "asks.beyond", "asks.tell_beyond", "asks.never"),
        *("asks.withdraw", "asks.discard", "pods.decline", "pods.never", "pods.remove", "pods.leave"),
        *("pairs.decline", "pairs.untake", "pairs.take_back", "pairs.end", "talks.take_back", "plans.end"),
    }
)
"""... but to say so, to say no, to take back, to leave."""


def grown(verb: str) -> bool:
    """Whether the one who presses it must be 18 or over."""
    return verb.startswith(GROWN) and verb not in ANY_AGE
