"""The moves of a pair and of a check-in: each returns a new value or raises a refusal."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, ServerId
from bot.pairs.check_in import CheckIn, CheckInStatus, Wish
from bot.pairs.errors import NoPartner, PairClosed
from bot.pairs.models import AGAIN_AFTER, DRAFT_KEPT, LAPSES_AFTER, Pair, PairState, PairText, Side
from tests.unit.pairs.fixtures import SUNDAYS
from tests.unit.pods.fixtures import utc

ANA, BO, CY = PersonId("ana"), PersonId("bo"), PersonId("cy")
NOW = utc(2026, 1, 7, 12)
DRAFT = Pair("p", ServerId(1), ANA, BO, NOW, SUNDAYS)
PROPOSED = DRAFT.proposed(NOW, withheld=False)
RUNNING = PROPOSED.running(date(2026, 1, 11), date(2026, 3, 29))
ASKED = CheckIn(
    "c", "p", "s", ServerId(1), ANA, BO, date(2026, 1, 11), 0, NOW, NOW + timedelta(days=7)
)  # fmt: skip


def test_the_words_are_complete_when_every_required_field_holds_something() -> None:
    assert PairText("a", "b", "c").complete
    assert not any(
        words.complete for words in (PairText(" ", "b", "c"), PairText("a", "\n", "c"), PairText("a", "b"))
    )


def test_only_the_starter_can_use_a_draft_and_only_until_it_is_sent() -> None:
    assert DRAFT.drafted_by(ANA) is DRAFT
    with pytest.raises(NotYours):
        DRAFT.drafted_by(BO)
    with pytest.raises(AlreadyDone):
        PROPOSED.drafted_by(ANA)
    with pytest.raises(NoPartner):
        replace(DRAFT, partner=None).proposed(NOW, withheld=False)


def test_other_returns_the_partner_and_refuses_strangers_and_pairs_without_a_partner() -> None:
    assert (DRAFT.other(ANA), DRAFT.other(BO)) == (BO, ANA)
    for pair, who in ((DRAFT, CY), (replace(DRAFT, partner=None), ANA)):
        with pytest.raises(NotYours):
            pair.other(who)


def test_a_proposal_reaches_only_the_person_asked_and_only_while_it_waits() -> None:
    assert PROPOSED.reaches(BO)
    for pair, who in (
        (DRAFT, BO),
        (PROPOSED, ANA),
        (RUNNING, BO),
        (replace(PROPOSED, withheld=True), BO),
        (replace(PROPOSED, declined=True), BO),
    ):
        assert not pair.reaches(who)


def test_running_pairs_and_proposals_of_ones_own_count_among_the_five() -> None:
    counted = {
        (pair.state, who): pair.counts_for(who) for pair in (DRAFT, PROPOSED, RUNNING) for who in (ANA, BO)
    }
    assert [key for key, counts in counted.items() if counts] == [
        (PairState.PROPOSED, ANA), (PairState.RUNNING, ANA), (PairState.RUNNING, BO),
    ]  # fmt: skip
    assert not RUNNING.counts_for(CY)
    assert not RUNNING.ended(NOW).counts_for(ANA)


def test_a_pair_knows_when_it_lapses_and_how_long_it_keeps_new_proposals_away() -> None:
    assert DRAFT.lapses_at == NOW + DRAFT_KEPT
    assert PROPOSED.lapses_at == NOW + LAPSES_AFTER
    for pair, away in (
        (DRAFT, False),
        (PROPOSED, True),
        (replace(PROPOSED, withheld=True), False),
        (PROPOSED.ended(NOW), True),
        (RUNNING.ended(NOW), True),
        (RUNNING.ended(utc(2026, 4, 6)), False),
    ):
        assert pair.keeps_away(NOW + AGAIN_AFTER - timedelta(seconds=1)) is away
        assert not pair.keeps_away(NOW + AGAIN_AFTER)


def test_a_pair_that_has_ended_cannot_end_again() -> None:
    with pytest.raises(AlreadyDone):
        RUNNING.ended(NOW).ended(NOW)


def test_a_pair_that_never_ran_cannot_be_resumed() -> None:
    with pytest.raises(AlreadyDone):
        PROPOSED.resumed(date(2026, 2, 1))


def test_a_longer_pause_replaces_a_shorter_one() -> None:
    paused = RUNNING.pausing(ANA, utc(2026, 2, 1), date(2026, 1, 18))
    assert (paused.paused_by, paused.starts_on) == (ANA, date(2026, 1, 18))
    assert paused.pausing(BO, utc(2026, 1, 20), date(2026, 1, 25)) is paused
    longer = paused.pausing(BO, utc(2026, 3, 1), date(2026, 1, 25))
    assert (longer.paused_until, longer.paused_by, longer.starts_on) == (
        utc(2026, 3, 1),
        BO,
        date(2026, 1, 18),
    )
    resumed = longer.resumed(date(2026, 3, 1))
    assert (resumed.paused, resumed.ends_on) == (False, date(2026, 5, 10))


def test_what_somebody_does_is_sent_as_a_message_at_most_once_a_day() -> None:
    side = Side("s", "p", ANA, "UTC", 0)
    assert side.speaks(NOW)
    told = replace(side, told_at=NOW)
    assert not told.speaks(NOW + timedelta(hours=23))
    assert told.speaks(NOW + timedelta(hours=24))


def test_a_check_in_that_was_not_asked_accepts_no_answer_note_sharing_or_wish() -> None:
    unasked = replace(ASKED, status=CheckInStatus.UNASKED)
    moves: list[Callable[[], CheckIn]] = [
        lambda: unasked.marked(CheckInStatus.HARD, NOW),
        lambda: unasked.noted(NOW),
        lambda: unasked.shared(NOW, withheld=False),
        lambda: unasked.wished(NOW, withheld=False),
    ]
    for move in moves:
        with pytest.raises(PairClosed):
            move()


def test_a_wish_is_made_once_and_answered_once() -> None:
    wished = ASKED.wished(NOW, withheld=False)
    with pytest.raises(AlreadyDone):
        wished.wished(NOW, withheld=False)
    answered = wished.answered(Wish.LATER, withheld=False)
    assert answered.heard is Wish.LATER
    assert wished.answered(Wish.LATER, withheld=True).heard is Wish.ASKED
    moves: list[Callable[[], CheckIn]] = [
        lambda: ASKED.answered(Wish.LATER, withheld=False),
        lambda: answered.answered(Wish.NOT_NOW, withheld=False),
        lambda: wished.answered(Wish.ASKED, withheld=False),
    ]
    for move in moves:
        with pytest.raises(PairClosed):
            move()
    assert ASKED.heard is None
