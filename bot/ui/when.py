"""A moment in a card's text, shown by Discord in each reader's own zone and language."""

from datetime import datetime


def day(at: datetime) -> str:
    """7 January 2026"""
    return f"<t:{int(at.timestamp())}:D>"


def moment(at: datetime) -> str:
    """7 January 2026 12:00"""
    return f"<t:{int(at.timestamp())}:f>"
