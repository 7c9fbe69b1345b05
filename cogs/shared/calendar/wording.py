"""Times and months as people say them."""

from cogs.shared.calendar import words


def clock(minute: int) -> str:
    """A time of day, from the minutes since midnight."""
    return f"{minute // 60:02}:{minute % 60:02}"


def month_name(year: int, month: int) -> str:
    """`month` from 0."""
    return words.MONTH.format(month=words.MONTHS[month], year=year)
