"""The differences between two sets of norms."""

from collections.abc import Sequence

from bot.norms.models import ChangeKind, Norm, NormChange


def changes(before: Sequence[Norm], after: Sequence[Norm]) -> list[NormChange]:
    """Return what `after` changed: its own norms in order, and after them the norms that it left out.

    MOVED is given to as few norms as explain the new order.
    """
    was = {one.key: one for one in before}
    now = {one.key for one in after}
    stayed = _stayed([one.key for one in before], [one.key for one in after])
    found = []
    for norm in after:
        if norm.key not in was:
            found.append(NormChange(ChangeKind.ADDED, norm))
        elif norm != was[norm.key]:
            found.append(NormChange(ChangeKind.CHANGED, norm, was[norm.key]))
        elif norm.key not in stayed:
            found.append(NormChange(ChangeKind.MOVED, norm))
    return found + [NormChange(ChangeKind.RETIRED, one) for one in before if one.key not in now]


def _stayed(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """Return the largest set of keys that are in both and in the same order in both."""
    place = {key: at for at, key in enumerate(before)}
    runs: list[tuple[str, ...]] = [()]
    for key in (one for one in after if one in place):
        earlier = [run for run in runs if not run or place[run[-1]] < place[key]]
        runs.append((*_longest(earlier), key))
    return frozenset(_longest(runs))


def _longest(runs: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return max(runs, key=lambda run: len(run))
