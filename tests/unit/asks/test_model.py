"""The state changes of an ask and of its recipients, tested without a database."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from bot.asks.errors import AskClosed, NoMoreTime
from bot.asks.models import Answer, Ask, AskRecipient, AskState, AskText, Reply, waited_for
from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, ServerId

ANA, BO = PersonId("ana"), PersonId("bo")
NOW = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 1, 7, 22, 0, tzinfo=UTC)
DRAFT = Ask("ask", ANA, ServerId(1), AskState.DRAFT, NOW, chosen=(BO,))
OPEN = DRAFT.sent(NOW, LATER)
ASKING = AskRecipient("asking", "ask", BO, Reply.ASKED, NOW)


def test_only_the_asker_can_use_a_draft_and_only_until_it_is_sent() -> None:
    DRAFT.drafted_by(ANA)
    with pytest.raises(NotYours):
        DRAFT.drafted_by(BO)
    with pytest.raises(AlreadyDone):
        OPEN.drafted_by(ANA)


def test_sending_forgets_who_was_picked() -> None:
    assert (OPEN.state, OPEN.sent_at, OPEN.ends_at, OPEN.chosen) == (AskState.OPEN, NOW, LATER, ())


def test_asked_by_accepts_only_the_asker_and_only_a_sent_ask() -> None:
    OPEN.asked_by(ANA)
    with pytest.raises(NotYours):
        OPEN.asked_by(BO)
    with pytest.raises(NotYours):
        DRAFT.asked_by(ANA)


@pytest.mark.parametrize("state", [AskState.DRAFT, AskState.PAUSED, AskState.CLOSED])
def test_only_an_open_ask_takes_answers(state: AskState) -> None:
    OPEN.taking_answers()
    with pytest.raises(AskClosed):
        replace(OPEN, state=state).taking_answers()


def test_a_wait_can_be_extended_twice_but_not_a_third_time() -> None:
    once = OPEN.over(LATER).longer(LATER)
    assert once.over_at is None
    twice = once.longer(LATER)
    with pytest.raises(NoMoreTime):
        twice.longer(LATER)


def test_an_ask_pauses_only_once_and_closes_only_from_open_or_paused() -> None:
    paused = OPEN.paused()
    with pytest.raises(AskClosed):
        paused.paused()
    assert paused.closed(LATER).closed_at == LATER
    assert OPEN.over(NOW).closed(LATER).over_at == NOW
    with pytest.raises(AlreadyDone):
        OPEN.closed(NOW).closed(LATER)
    with pytest.raises(AlreadyDone):
        DRAFT.closed(NOW)


def test_reading_closes_an_open_ask_after_its_wait_if_no_beyond_is_still_to_be_told() -> None:
    assert not OPEN.closes_by_reading([ASKING])
    over = OPEN.over(LATER)
    assert over.closes_by_reading([ASKING])
    assert not over.closes_by_reading([ASKING, ASKING.replied(Reply.BEYOND)])
    assert not replace(over, state=AskState.PAUSED).closes_by_reading([ASKING])


def test_only_the_person_asked_can_answer_and_only_until_they_have_replied() -> None:
    for reply in (Reply.ASKED, Reply.READING):
        ASKING.replied(reply).answering(BO)
    with pytest.raises(NotYours):
        ASKING.answering(ANA)
    with pytest.raises(AskClosed):
        replace(ASKING, withheld=True).answering(BO)
    with pytest.raises(AlreadyDone):
        ASKING.replied(Reply.ANSWERED).answering(BO)
    for reply in (Reply.CANT, Reply.BEYOND, Reply.DANGER):
        with pytest.raises(AskClosed):
            ASKING.replied(reply).answering(BO)


def test_everybody_is_waited_for_except_those_who_answered_or_cannot() -> None:
    parts = [ASKING.replied(reply) for reply in Reply]
    assert [one.reply for one in waited_for(parts)] == [
        Reply.ASKED,
        Reply.READING,
        Reply.BEYOND,
        Reply.DANGER,
        Reply.WITHHELD,
    ]


@pytest.mark.parametrize(
    ("words", "complete"),
    [
        (AskText("what", "felt"), True),
        (AskText("what", "felt", "asking"), True),
        (AskText("", "felt"), False),
        (AskText("what", " \n "), False),
        (AskText(), False),
    ],
)
def test_two_of_the_askers_fields_are_needed(words: AskText, complete: bool) -> None:
    assert words.complete is complete


@pytest.mark.parametrize(
    ("answer", "complete"),
    [
        (Answer("impact", "step"), True),
        (Answer("impact", "\t"), False),
        (Answer("", "step", "missing", "offer"), False),
    ],
)
def test_two_of_the_answerers_fields_are_needed(answer: Answer, complete: bool) -> None:
    assert answer.complete is complete
