"""Part 5 of the setup: how long asks are kept, and how long new members wait before they can ask."""

from bot.content.library import Library
from bot.ui.custom_id import to
from cogs.manage.setup import strings, wording
from cogs.manage.setup.cards.part import Mode, Part, numbers
from cogs.manage.setup.here import Here

KEPT = (1, 3, 7, 14, 30)
WAIT = (0, 1, 3, 7, 14, 30)


def asks(_library: Library, here: Here, mode: Mode) -> Part:
    settings = here.settings
    kept, wait = settings.retention_days, settings.newcomer_days
    return Part(
        strings.ASKS_TITLE,
        (
            strings.WHAT_IS_AN_ASK,
            strings.ASKS_CLOSED if settings.minors else "",
            strings.KEPT.format(days=wording.days(kept)),
            strings.WAIT.format(days=wording.days(wait)) if wait else strings.NO_WAIT,
        ),
        (
            numbers(strings.KEPT_PROMPT, to("manage.set_kept", mode), kept, KEPT, _kept),
            numbers(strings.WAIT_PROMPT, to("manage.set_wait", mode), wait, WAIT, _wait),
        ),
    )


def _kept(count: int) -> str:
    return strings.KEPT_OPTION.format(days=wording.days(count))


def _wait(count: int) -> str:
    return strings.WAIT_OPTION.format(days=wording.days(count)) if count else strings.NO_WAIT_OPTION
