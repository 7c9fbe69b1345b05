"""Why something about reminders is refused."""

from bot.errors import TooMany


class TooManyReminders(TooMany):
    """The server has as many reminders as are allowed."""
