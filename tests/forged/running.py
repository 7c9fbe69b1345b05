"""Send so many cases, and collect what is wrong. A round is one server, on files of several moments."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.forged.cases import Case, Forger, Known
from tests.forged.verdict import Answers, readers, typed
from tests.forged.world import opened
from tests.system.recorded import recording

CASES_IN_A_ROUND = 500
CASES_ON_A_FILE = 25
_MOST_TOLD = 1500


@dataclass
class Tally:
    """What was sent, by how it was made and by its verb, and what was wrong."""

    made: Counter[str] = field(default_factory=Counter)
    opened: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


async def run(cases: int, seed: str, only: int | None = None) -> Tally:
    """Send `cases` interactions, in rounds. `only`: just the round with this number."""
    tally = Tally()
    for number in range(-(-cases // CASES_IN_A_ROUND)) if only is None else (only,):
        most = min(CASES_IN_A_ROUND, cases - number * CASES_IN_A_ROUND) if only is None else cases
        at = 0
        async for case, opened_something, wrong in one_round(Random(f"{seed}:{number}"), most):
            at += 1
            tally.made[case.how] += 1
            tally.opened[case.verb] += opened_something
            where = f"seed {seed}, round {number}, case {at}"
            tally.wrong += [f"{where}: {one[:_MOST_TOLD]}\n    {repr(case)[:_MOST_TOLD]}" for one in wrong]
    return tally


async def one_round(rng: Random, cases: int) -> AsyncIterator[tuple[Case, bool, list[str]]]:
    """Yield each case, whether it opened anything, and what was wrong with the answer."""
    old = recording.load()
    may_read = readers(old.presses, recording.load_screens())
    chapters = sorted(rng.sample(range(len(old.chapters)), -(-cases // CASES_ON_A_FILE)))
    with TemporaryDirectory(prefix="plumbline-forged-") as state:
        async with opened(old, Path(state)) as world:
            forger = Forger(rng, old.presses, world.verbs, world.people, world.numbers, world.commands)
            for at, chapter in enumerate(chapters):
                await world.open(old.chapters[chapter])
                forger.on(old.chapters[chapter].presses, world.rows())
                for _ in range(min(CASES_ON_A_FILE, cases - at * CASES_ON_A_FILE)):
                    case = forger.case()
                    may_read.update(typed(case))
                    sent, requests = await world.send(case)
                    answers = Answers(requests, sent)
                    forger.shown += [Known(by, case.place, data) for by, data in answers.controls()]
                    wrong = [*world.errors(), *answers.wrong(may_read)]
                    yield case, answers.opened(), wrong
                lost = [*world.whole(), *world.errors()]
                if lost:
                    yield case, False, lost
