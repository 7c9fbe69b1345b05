"""Times and months as people say them."""

from cogs.shared.calendar import strings


def clock(minute: int) -> str:
    """Return a time of day, given as minutes since midnight."""
    return f"{minute // 60:02}:{minute % 60:02}"


def month_name(year: int, month: int) -> str:
    """Return the name of a month with its year. `month` counts from 0."""
    return strings.MONTH.format(month=strings.MONTHS[month], year=year)
