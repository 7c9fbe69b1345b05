"""Part 4 of the setup: how norms come into force."""

from functools import partial

from bot.content.library import Library
from bot.servers.models import BY_SIZE, FEWEST, MOST, by_size
from bot.ui.components import Choice, Option
from bot.ui.custom_id import to
from cogs.manage.setup import strings, wording
from cogs.manage.setup.cards.part import Mode, Part, numbers
from cogs.manage.setup.here import Here

DIRECT = "direct"
LEAST = (BY_SIZE, 1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 100)
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
    least = rule.least_of(here.members)
    return Part(
        strings.AGREE_TITLE,
        (
            strings.AGREE.format(days=days, least=least, share=share),
            _by_size(here),
            strings.SMALL_GROUP.format(least=least),
        ),
        (
            way,
            numbers(
                strings.LEAST_PROMPT, to("manage.set_least", mode), rule.least, LEAST, partial(_least, here)
            ),
            numbers(strings.SHARE_PROMPT, to("manage.set_share", mode), rule.share, SHARES, _share),
            numbers(strings.DAYS_PROMPT, to("manage.set_days", mode), rule.days, DAYS, _days),
        ),
    )


def _by_size(here: Here) -> str:
    """Say where the threshold comes from, if it follows the size of the server."""
    if here.settings.ratifying.least != BY_SIZE:
        return ""
    fifth = (here.members or 0) / 5
    if fifth <= FEWEST:
        return strings.BY_SIZE_SMALL.format(most=MOST)
    return strings.BY_SIZE_LARGE if fifth > MOST else strings.BY_SIZE.format(members=here.members)


def _least(here: Here, count: int) -> str:
    if count == BY_SIZE:
        return strings.LEAST_BY_SIZE.format(least=by_size(here.members))
    return strings.LEAST.format(least=count)


def _share(percent: int) -> str:
    return strings.SHARE.format(share=wording.share(percent))


def _days(count: int) -> str:
    return strings.WITHIN.format(days=wording.days(count))
