"""Whether a soak held, and its one line of figures.

The bars. The memory in use may grow by a tenth of a KiB for each interaction, which is 1 MB in 10,000, and
by one MiB in the whole run, for what fills up only once. A leak of 1 KB for each interaction is twice what
that allows in two minutes, and eight times in half an hour. A slope that can't be told from none, as its
confidence interval contains zero, is none. SQLite's memory and what the C library keeps have bars of their
own. The first third of a run is left out, since most caches fill in it. Tasks, files, sockets and threads may
differ by a few from the first third of the rest to its last, since some of them are under way whenever one
looks.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.soak.samples import Sample
from tests.soak.slope import Slope, fitted, risen
from tests.soak.traffic import Tally

WARMING = 1 / 3
"""The part of a run that is left out."""
KIB_EACH, KIB_ONCE = 0.1, 1024.0
"""How many KiB of memory each interaction may leave behind, and all of them together."""
SQLITE_KIB = 9_000
"""How many KiB SQLite may hold: each of its three connections has a cache of 2,000, and some more."""
FREE_KIB = 16_384
"""How many KiB of freed memory the C library may keep."""
A_FEW = {
    "files": 2, "sockets": 12, "threads": 2, "tasks": 6, "interactions": 100, "views": 0, "members": 0,
}  # fmt: skip
"""How much more there may be in the end. Interactions wait for the garbage collector, and connections for
the next request; a leak of one at each drop would be fifty in half an hour."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`faults`: one line for each bar that isn't held."""

    line: str
    faults: Sequence[str]
    samples: Sequence[Sample]
    printed: str


def judged(
    samples: Sequence[Sample], tally: Tally, drops: Counter[str], gateway: Mapping[str, Any],
    waiting: Mapping[str, int], twice: int, printed: str,
) -> Verdict:  # fmt: skip
    warm = samples[int(len(samples) * WARMING) :]
    memory = fitted([(one.done, one.own) for one in warm])
    sqlite, free = (max(one.inside[what] for one in samples) for what in ("sqlite", "free"))
    rises = {what: risen([_value(one, what) for one in warm]) for what in A_FEW}
    faults = [
        *_grown(memory, allowed(warm)),
        *(f"{what} rose by {rise:g}" for what, rise in rises.items() if rise > A_FEW[what]),
        *(f"{count} {what}" for what, count in waiting.items() if count),
        *(f"{count} times after {what}: it went wrong" for what, count in tally.wrong.items()),
    ]
    if sqlite > SQLITE_KIB:
        faults.append(f"SQLite held {sqlite} KiB, and {SQLITE_KIB} are allowed")
    if free > FREE_KIB:
        faults.append(f"the C library kept {free} KiB that were freed, and {FREE_KIB} are allowed")
    if tally.lost:
        faults.append(f"{len(tally.lost)} interactions were never answered")
    if twice:
        faults.append(f"{twice} messages came twice")
    faults += [f"in the log: {line}" for line in _trouble(printed)]
    return Verdict(_line(samples, tally, drops, gateway, memory, rises), faults, samples, printed)


def allowed(samples: Sequence[Sample]) -> float:
    """Return how many KiB each interaction between the first sample and the last may leave behind."""
    return KIB_EACH + KIB_ONCE / max(1, samples[-1].done - samples[0].done)


def _value(one: Sample, what: str) -> int:
    return one.inside[what] if what in one.inside else int(getattr(one, what))


def _grown(slope: Slope, most: float) -> list[str]:
    if slope.within(most):
        return []
    grew = f"{slope.each:.3f} KiB for each interaction (at least {slope.least:.3f})"
    return [f"memory grew by {grew}, and {most:.3f} are allowed"]


def _trouble(printed: str) -> list[str]:
    """Return the lines that are errors, or that follow from one."""
    return [line for line in printed.splitlines() if " ERROR " in line or "Traceback" in line][:20]


def _line(
    samples: Sequence[Sample], tally: Tally, drops: Counter[str], gateway: Mapping[str, Any], memory: Slope,
    rises: Mapping[str, float],
) -> str:  # fmt: skip
    last = samples[-1]
    waits = sorted(tally.waits)
    slowest = waits[int(len(waits) * 0.99)] if waits else 0.0
    return (
        f"soak: {last.at / 60:.1f} min, {tally.done} interactions ({len(tally.lost)} lost, "
        f"{tally.unreached} while no session was), {drops.total()} drops ({gateway['resumes']} resumed, "
        f"{len(gateway['identifies'])} logins), acknowledged in {median(waits) * 1000:.0f} ms, 99% in "
        f"{slowest * 1000:.0f} ms, at most {waits[-1] * 1000:.0f} ms; "
        f"memory {samples[0].memory / 1024:.0f} to {last.memory / 1024:.0f} MiB "
        f"({last.inside['sqlite'] / 1024:.1f} of them SQLite's, {last.inside['free'] / 1024:.1f} freed), "
        f"and in use {memory.each * 1024:.0f} bytes an interaction more "
        f"({memory.least * 1024:.0f} to {memory.most * 1024:.0f}); "
        + ", ".join(f"{what} {_value(last, what)} ({rise:+g})" for what, rise in rises.items())
        + f"; {dict(tally.whole)}"
    )
