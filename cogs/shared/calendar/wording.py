"""Times and months as people say them."""

from cogs.shared.calendar import strings


def clock(minute: int) -> str:
    """A time of day, from the minutes since midnight."""
    return f"{minute // 60:02}:{minute % 60:02}"


def month_name(year: int, month: int) -> str:
    """`month` from 0."""
    return strings.MONTH.format(month=strings.MONTHS[month], year=year)
