"""Whatever starts something with others asks first whether a bar forbids it, and counts it.

What starts something is what puts two people together: `test_together.py` finds it. A new verb that does so
fails here, until it asks `Starts.begin` or stands below with the reason why it starts nothing.
"""

import pytest

from tests.architecture.calls import Calls
from tests.architecture.test_together import (
    ENDS,
    FORGETFUL,
    RULE,
    TOGETHER,
    WINGS,
    entries,
    tells_of_another,
    writers,
)
from tests.architecture.tree import Source

BAR = "bot.reports.bars.Bars.require_free"
QUOTA = "bot.reports.quotas.Quotas.count"
STARTS = {
    "bot.asks.service.Asks.ask_others",
    "bot.asks.service.Asks.send",
    "bot.pairs.proposals.Proposals.send",
    "bot.pods.invitations.Invitations.invite",
    "bot.pods.invitations.Invitations.invite_all",
    "bot.talks.service.Talks.ask",
    "bot.paths.invitations.PathInvitations.invite",
    "bot.nights.company.Company.invite",
    "bot.nights.looking.Looking.wish",
    "bot.nights.service.Nights.plan",
}
"""These start something with others."""
UNBARRED = {"bot.terms.carriers.Carriers.ask", "bot.terms.carriers.Carriers.let"}
"""These are counted, and no bar is from them: somebody who was harmed can always have it carried."""
BEFORE = {
    "bot.asks.drafts.Drafts.begin",
    "bot.pairs.proposals.Proposals.begin",
    "bot.paths.service.Paths.start",
    "bot.nights.company.Company.join",
    "bot.nights.company.Company.post",
}
"""These begin a draft, which somebody barred couldn't send, or join a night, or post it."""
COUNTED = {"bot.paths.requests.Requests.enter"}
"""This is counted too, and no bar is from it: somebody who was harmed may have asked for it."""
ANSWERS = {
    "bot.pods.invitations.Invitations.accept",
    "bot.pods.invitations.Invitations.decline",
    "bot.pods.invitations.Invitations.refuse_for_good",
    "bot.pairs.proposals.Proposals.decline",
    "bot.paths.invitations.PathInvitations.accept",
    "bot.nights.company.Company.accept",
    "bot.nights.looking.Looking.accept",
    "bot.talks.service.Talks.answer",
    "bot.terms.carrying.CarrierSide.accept",
    "bot.terms.carrying.CarrierSide.decline",
    "bot.terms.carrying.CarrierSide.refuse_for_good",
}
"""These answer what somebody else has started."""
WITHIN = {
    "bot.nights.cards.NightCards.write",
    "bot.nights.during.During.call",
    "bot.nights.during.During.check_at",
    "bot.nights.during.During.home",
    "bot.nights.during.During.home_by",
    "bot.nights.during.During.still_out",
    "bot.nights.during.During.thank",
    "bot.nights.timer_handlers.NightTimers.missed",
    "bot.pairs.changes.Changes.agree",
    "bot.pairs.changes.Changes.keep_as_is",
    "bot.pairs.changes.Changes.put",
    "bot.pairs.changes.Changes.renew",
    "bot.pairs.checking.CheckIns.share",
    "bot.pairs.checking.CheckIns.wish",
    "bot.pairs.pauses.Pauses.pause",
    "bot.pairs.pauses.Pauses.resume",
    "bot.pairs.proposals.Proposals.pick",
    "bot.pairs.sharing.Sharing.answer",
    "bot.paths.meetings.Meetings.tell_others",
    "bot.paths.requests.Requests.agree",
    "bot.paths.requests.Requests.not_yet",
    "bot.terms.carrying.CarrierSide.say",
    "bot.terms.service.Terms.rewrite",
}
"""These go on with what was started, or with a draft that nobody has seen."""


def together(files: tuple[Source, ...]) -> tuple[Calls, set[str]]:
    """Return all calls, and the verbs and handlers that put two people together or tell one of the other."""
    calls = Calls(files)
    puts = {function for one in files for function, table in writers(one) if table in TOGETHER - {"outbox"}}
    puts |= {name for name in tells_of_another(calls) if not name.startswith("bot.delivery.")}
    return calls, {
        name for name in entries(calls) if calls.leads_to(name) & puts and calls.leads_to(name) & RULE
    }


CALLS, PUTS = together(WINGS)


def free(calls: Calls, names: set[str], asked: str) -> set[str]:
    return {name for name in names if asked in calls.leads_to(name)}


def test_every_verb_that_starts_something_asks_for_a_bar_and_counts_it() -> None:
    assert free(CALLS, PUTS | set(entries(CALLS)), BAR) == STARTS | BEFORE
    assert free(CALLS, PUTS, QUOTA) == STARTS | UNBARRED | COUNTED
    assert PUTS - STARTS - UNBARRED - BEFORE == COUNTED | ANSWERS | WITHIN


@pytest.mark.parametrize("path", sorted({one.path for one in WINGS if "_starts." in one.text}))
def test_a_file_that_stops_asking_is_found(path: str) -> None:
    files = tuple(
        Source(one.path, one.text.replace("_starts.", "_forgotten.") if one.path == path else one.text)
        for one in WINGS
    )
    calls, puts = together(files)

    assert free(calls, puts | set(entries(calls)), BAR) != STARTS | BEFORE


def test_a_new_verb_that_does_not_ask_is_found() -> None:
    new = """
from bot.boundaries.service import Boundaries
from bot.pods import store
from bot.storage.transaction import writes

class Matching:
    def __init__(self, boundaries: Boundaries) -> None:
        self._boundaries = boundaries

    @writes
    async def match(self, tx, one, other, now):
        await self._boundaries.may_meet(tx, one, other)
        await store.add_tie(tx, one)
"""
    _, puts = together((*WINGS, Source("bot/pods/matching.py", new)))

    assert puts - PUTS == {"bot.pods.matching.Matching.match"}


def test_what_forgets_to_ask_whether_two_may_meet_starts_nothing() -> None:
    """`test_together.py` lists it by its reason, and none of the reasons is a start."""
    assert ENDS <= FORGETFUL
    assert not FORGETFUL & STARTS
