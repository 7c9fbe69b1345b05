"""Numbers, channels and permissions in words."""

from collections.abc import Sequence

from bot.norms.models import Norm
from cogs.manage.setup import strings


def days(count: int) -> str:
    return strings.ONE_DAY if count == 1 else strings.DAYS.format(days=count)


def share(percent: int) -> str:
    """Return a percentage in words, such as "two thirds"."""
    return strings.SHARES.get(percent, strings.PERCENT.format(share=percent))


def channel(id: int) -> str:
    """Return a mention of the channel, which Discord shows to each reader by its name."""
    return f"<#{id}>"


def role(id: int) -> str:
    """Return a mention of the role, which Discord shows to members by its name."""
    return f"<@&{id}>"


def permissions(missing: Sequence[str]) -> str:
    """Return the names of permissions as Discord's settings show them."""
    return strings.BETWEEN.join(strings.PERMISSIONS[name] for name in missing)


def norms(found: Sequence[Norm], one: str, many: str) -> str:
    return one if len(found) == 1 else many.format(count=len(found))
