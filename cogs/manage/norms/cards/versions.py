"""Every version that was put to the group, unchanged, with its result."""

from collections.abc import Sequence

from bot.norms.models import Version, VersionState
from bot.norms.queries import Put
from bot.ui import when
from bot.ui.components import Button, Card
from bot.ui.custom_id import to
from cogs.manage.norms import strings
from cogs.manage.norms.cards.home import back
from cogs.manage.norms.wording import Leaves, said
from cogs.norms.wording import changed, counts, item


def version(put: Put, all_of_them: Sequence[Version], number: str, *, current: bool) -> Card:
    """Show one version: when it was put, its result, and what it changed.

    `all_of_them` has the newest first.
    """
    own = put.version.number
    found = Leaves([] if put.before is None else changed(put), number)
    norms = Button(strings.ITS_NORMS, to("manage.version_norms", str(own)))
    return Card(
        strings.VERSION_TITLE.format(number=own),
        "\n\n".join((*_story(put, current=current), _against(put))),
        said=found.said(strings.CHANGED_HEADING),
        rows=(
            found.turning("manage.versions", str(own)),
            [norms, *_others(own, all_of_them), back()],
        ),
        small=found.small(strings.VERSION_SMALL),
    )


def norms(one: Version, number: str) -> Card:
    """Show the norms of a version."""
    found = Leaves([item(norm) for norm in one.norms], number)
    about = Button(strings.ABOUT_IT, to("manage.versions", str(one.number)))
    return Card(
        strings.VERSION_TITLE.format(number=one.number),
        said=found.said(strings.NORMS_HEADING),
        rows=(found.turning("manage.version_norms", str(one.number)), [about, back()]),
        small=found.small(strings.VERSION_SMALL),
    )


def none() -> Card:
    return Card(strings.NO_VERSION_TITLE, strings.NO_VERSION, rows=([back()],))


def _story(put: Put, *, current: bool) -> list[str]:
    ballot = put.ballot
    began = strings.WAS_PUBLISHED if ballot.state is VersionState.PUBLISHED else strings.WAS_PUT
    became = strings.STATES[ballot.state].format(
        said=_said(put),
        until="" if ballot.ends_at is None else when.moment(ballot.ends_at),
        closed="" if ballot.closed_at is None else when.day(ballot.closed_at),
    )
    return [f"{began.format(day=when.day(ballot.opened_at))} {became}", *([strings.NOW] if current else [])]


def _said(put: Put) -> str:
    """Return how members answered: in the vote that agreed on it, or else until it stopped taking answers."""
    if put.ballot.state is VersionState.RATIFIED:
        return counts(put.ballot.yes, put.ballot.concerns, past=True)
    return said(put.yes, put.concerns, put.ballot.state)


def _against(put: Put) -> str:
    if put.before is None:
        return strings.AGAINST_NONE
    text = strings.AGAINST_BEFORE.format(number=put.before.number)
    return text if put.changes else f"{text} {strings.NO_CHANGE}"


def _others(own: int, all_of_them: Sequence[Version]) -> list[Button]:
    numbers = [one.number for one in all_of_them]
    at = numbers.index(own)
    newer = [Button(strings.NEWER, to("manage.versions", str(numbers[at - 1])))] if at else []
    older = (
        [Button(strings.OLDER, to("manage.versions", str(numbers[at + 1])))] if at + 1 < len(numbers) else []
    )
    return [*newer, *older]
