"""What other cards show of reports: the button, and a passage with its texts."""

from bot.reports.models import Content, PassageKind, Words
from bot.ui import labels
from bot.ui.components import Button
from bot.ui.custom_id import to
from cogs.shared.reporting import strings


def report(kind: PassageKind, row: str) -> Button:
    """Return the button with which the person to whom something was written can report it."""
    return Button(strings.REPORT, to("reports.begin", row, kind))


def what(content: Content, author: str) -> str:
    """Say what kind of passage it is and who wrote it. `author` is that person's label."""
    return strings.WHAT[content.kind].format(name=labels.name(author))


def heading(kind: PassageKind, key: str) -> str:
    return strings.HEADINGS.get(kind, {}).get(key, strings.OTHER_TEXT)


def spoken(content: Content, texts: Words, reason: str) -> list[tuple[str, str]]:
    """Return the texts with their headings, and then the reason under its own."""
    return [*((heading(content.kind, key), text) for key, text in texts), (reason, content.reason)]
