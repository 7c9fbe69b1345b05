"""Numbers and permissions in words."""

from collections.abc import Sequence

from bot.norms.models import Norm
from cogs.manage.setup import strings


def days(count: int) -> str:
    return strings.ONE_DAY if count == 1 else strings.DAYS.format(days=count)


def share(percent: int) -> str:
    """Two thirds"""
    return strings.SHARES.get(percent, strings.PERCENT.format(share=percent))


def channel(id: int) -> str:
    """As Discord shows it to each reader."""
    return f"<#{id}>"


def permissions(missing: Sequence[str]) -> str:
    """As Discord's own settings call them."""
    return strings.BETWEEN.join(strings.PERMISSIONS[name] for name in missing)


def norms(found: Sequence[Norm], one: str, many: str) -> str:
    return one if len(found) == 1 else many.format(count=len(found))
