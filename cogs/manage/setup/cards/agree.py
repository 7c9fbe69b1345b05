"""Part 4 of the setup: how norms come into force."""

from bot.content.library import Library
from bot.ui.components import Choice, Option
from bot.ui.custom_id import to
from cogs.manage.setup import strings, wording
from cogs.manage.setup.cards.part import Mode, Part, numbers
from cogs.manage.setup.here import Here

DIRECT = "direct"
LEAST = (1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 100)
SHARES = tuple(strings.SHARES)
DAYS = (3, 5, 7, 10, 14, 30)


def agree(_library: Library, here: Here, mode: Mode) -> Part:
    rule = here.settings.ratifying
    ways = [
        Option(label, value, chosen=(value == DIRECT) is rule.direct) for value, label in strings.WAYS.items()
    ]
    way = Choice(strings.WAY_PROMPT, to("manage.set_way", mode), ways)
    if rule.direct:
        return Part(strings.AGREE_TITLE, (strings.DIRECT,), (way,))
    days, share = wording.days(rule.days), wording.share(rule.share)
    return Part(
        strings.AGREE_TITLE,
        (strings.AGREE.format(days=days, least=rule.least, share=share), strings.SMALL_GROUP),
        (
            way,
            numbers(strings.LEAST_PROMPT, to("manage.set_least", mode), rule.least, LEAST, _least),
            numbers(strings.SHARE_PROMPT, to("manage.set_share", mode), rule.share, SHARES, _share),
            numbers(strings.DAYS_PROMPT, to("manage.set_days", mode), rule.days, DAYS, _days),
        ),
    )


def _least(count: int) -> str:
    return strings.LEAST.format(least=count)


def _share(percent: int) -> str:
    return strings.SHARE.format(share=wording.share(percent))


def _days(count: int) -> str:
    return strings.WITHIN.format(days=wording.days(count))
