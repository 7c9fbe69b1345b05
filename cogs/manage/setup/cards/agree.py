"""4: how norms come into force."""

from bot.content.library import Library
from bot.ui.components import Choice, Option
from bot.ui.custom_id import to
from cogs.manage.setup import wording, words
from cogs.manage.setup.cards.part import Mode, Part, numbers
from cogs.manage.setup.here import Here

DIRECT = "direct"
LEAST = (1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 100)
SHARES = tuple(words.SHARES)
DAYS = (3, 5, 7, 10, 14, 30)


def agree(_library: Library, here: Here, mode: Mode) -> Part:
    rule = here.settings.ratifying
    ways = [
        Option(label, value, chosen=(value == DIRECT) is rule.direct) for value, label in words.WAYS.items()
    ]
    way = Choice(words.WAY_PROMPT, to("manage.set_way", mode), ways)
    if rule.direct:
        return Part(words.AGREE_TITLE, (words.DIRECT,), (way,))
    days, share = wording.days(rule.days), wording.share(rule.share)
    return Part(
        words.AGREE_TITLE,
        (words.AGREE.format(days=days, least=rule.least, share=share), words.SMALL_GROUP),
        (
            way,
            numbers(words.LEAST_PROMPT, to("manage.set_least", mode), rule.least, LEAST, _least),
            numbers(words.SHARE_PROMPT, to("manage.set_share", mode), rule.share, SHARES, _share),
            numbers(words.DAYS_PROMPT, to("manage.set_days", mode), rule.days, DAYS, _days),
        ),
    )


def _least(count: int) -> str:
    return words.LEAST.format(least=count)


def _share(percent: int) -> str:
    return words.SHARE.format(share=wording.share(percent))


def _days(count: int) -> str:
    return words.WITHIN.format(days=wording.days(count))
