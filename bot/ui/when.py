"""Times in a card's text. Discord shows them in each reader's own time zone and language."""

from datetime import datetime


def day(at: datetime) -> str:
    """Show a date, such as "7 January 2026"."""
    return f"<t:{int(at.timestamp())}:D>"


def clock(at: datetime) -> str:
    """Show a time of day, such as "12:00"."""
    return f"<t:{int(at.timestamp())}:t>"


def moment(at: datetime) -> str:
    """Show a date and time, such as "7 January 2026 12:00"."""
    return f"<t:{int(at.timestamp())}:f>"
