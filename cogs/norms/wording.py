"""Norms, their changes and the counts of answers, in words."""

from collections.abc import Sequence

from bot.norms.models import IN_FORCE, TITLE, ChangeKind, Norm, NormChange, VersionState
from bot.norms.queries import Put
from bot.ui import labels, plain, when
from cogs.manage.setup.wording import share
from cogs.norms import strings

ROOM = 1500
"""The most characters of norms on one page, because more is too much on a phone."""
_MOST_NAMES = 8


def title(norm: Norm) -> str:
    """Return a norm's title for a line of the bot's text: on one line, and isolated in its text direction."""
    return plain.name(norm.title, strings.UNTITLED, TITLE)


def item(norm: Norm) -> str:
    return strings.ITEM.format(title=title(norm), norm=plain.escaped(norm.norm))


def changed(put: Put) -> list[str]:
    """Return each change that a version makes, in words, and how many norms stay as they are."""
    told = [_change(one) for one in put.changes]
    touched = sum(one.kind is not ChangeKind.RETIRED for one in put.changes)
    stay = len(put.version.norms) - touched
    return [*told, many(strings.STAYS, stay)] if stay else told


def paged(blocks: Sequence[str], room: int = ROOM) -> list[list[str]]:
    """Split the blocks into pages, without splitting a block."""
    pages: list[list[str]] = [[]]
    for block in blocks:
        if pages[-1] and len("\n\n".join((*pages[-1], block))) > room:
            pages.append([])
        pages[-1].append(block)
    return pages


def many(of: tuple[str, str], count: int) -> str:
    """Return a count in words. `of` holds the wording for one thing and the wording for several."""
    return of[count != 1].format(count=count)


# -- the state of a version -------------------------------------------------------------------------


def counts(yes: int, concerns: int = 0, *, past: bool = False) -> str:
    """Say how many members are in, and how many have a concern if anybody has."""
    of_in, of_concern = (
        (strings.COUNTED_IN, strings.COUNTED_CONCERN) if past else (strings.COUNT_IN, strings.COUNT_CONCERN)
    )
    found = many(of_in, yes)
    return strings.BOTH.format(one=found, other=many(of_concern, concerns)) if concerns else found


def count(put: Put) -> str:
    """Return the current count in words; empty if the version can no longer be answered."""
    if not counting(put):
        return ""
    return strings.COUNT.format(counts=counts(put.yes)) if put.yes else strings.NOBODY_YET


def rule(put: Put) -> str:
    """Say how many members a proposal needs, and until when."""
    ballot = put.ballot
    if ballot.state is not VersionState.OPEN or ballot.ends_at is None:
        return ""
    until = when.moment(ballot.ends_at)
    least = many(strings.PEOPLE, ballot.least)
    return strings.RULE.format(least=least, share=share(ballot.share), until=until)


def state(put: Put) -> str:
    """Say in which state a version is."""
    ballot = put.ballot
    day = when.day(ballot.closed_at or ballot.opened_at)
    if put.newer is not None:
        return strings.REPLACED.format(number=put.newer.number)
    match ballot.state:
        case VersionState.OPEN:
            return strings.PROPOSED
        case VersionState.RATIFIED:
            return strings.AGREED.format(day=day, counts=counts(ballot.yes, ballot.concerns, past=True))
        case VersionState.NOT_RATIFIED:
            return not_agreed(put)
        case VersionState.WITHDRAWN:
            return strings.WITHDRAWN.format(day=day)
        case _:
            return strings.PUBLISHED.format(day=day)


def not_agreed(put: Put) -> str:
    """Say why a proposal wasn't agreed on: too few people were in, or too small a share."""
    ballot = put.ballot
    if ballot.yes >= ballot.least:
        said = counts(ballot.yes, ballot.concerns, past=True)
        return strings.TOO_SMALL_A_SHARE.format(counts=said, share=share(ballot.share))
    few = strings.TOO_FEW.format(yes=ballot.yes, least=ballot.least)
    return f"{few} {many(strings.HAD_CONCERNS, ballot.concerns)}" if ballot.concerns else few


def counting(put: Put) -> bool:
    """Whether a version can still be answered."""
    return put.newer is None and put.ballot.state in (VersionState.OPEN, *IN_FORCE)


# -- people -----------------------------------------------------------------------------------------


def names(called: Sequence[str]) -> str:
    """Return the names as a list in words, such as "Ana, Bo and Cy"."""
    shown = [f"**{labels.name(one)}**" for one in called]
    if len(shown) > _MOST_NAMES:
        shown = [*shown[:_MOST_NAMES], strings.AND_MORE.format(count=len(shown) - _MOST_NAMES)]
    *first, last = shown
    return strings.AND.join((strings.BETWEEN.join(first), last)) if first else last


def _change(one: NormChange) -> str:
    match one.kind:
        case ChangeKind.ADDED:
            return strings.ADDED.format(title=title(one.norm), norm=plain.escaped(one.norm.norm))
        case ChangeKind.RETIRED:
            return strings.RETIRED.format(title=title(one.norm), norm=plain.escaped(one.norm.norm))
        case ChangeKind.CHANGED if one.was is not None:
            return "\n".join((strings.CHANGED.format(title=title(one.norm)), *_altered(one.was, one.norm)))
        case _:
            return strings.MOVED.format(title=title(one.norm))


def _altered(was: Norm, now: Norm) -> list[str]:
    told = []
    if was.title != now.title:
        told.append(strings.CALLED.format(title=title(was)))
    if was.norm != now.norm:
        told.append(strings.WAS.format(norm=plain.escaped(was.norm)))
        told.append(strings.NOW.format(norm=plain.escaped(now.norm)))
    parts = [name for key, name in strings.PARTS.items() if getattr(was, key) != getattr(now, key)]
    if parts:
        told.append(strings.REWORDED.format(parts=strings.BETWEEN.join(parts)))
    return told
