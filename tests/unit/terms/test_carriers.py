"""An author and whoever is asked to carry: asking, answering, letting, handing back, and boundaries."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.delivery.outbox_message import MessageState
from bot.errors import NotYours, Refusal
from bot.ids import ServerId
from bot.people.errors import UnderEighteen
from bot.people.models import FOREVER, DiscordUser
from bot.reports.bars import Bars
from bot.reports.errors import Barred, StartedTooMuch
from bot.servers.errors import WithoutAdultRole
from bot.terms.errors import (
    AlreadyCarries,
    CarryingClosed,
    LetTooOften,
    NothingKept,
    OwnBoundary,
    TermsChanged,
    Yourself,
)
from bot.terms.models import CarryState, Outcome, TermsText
from bot.terms.notifications import AGREED, CAME, ENDED, LET, STOPPED
from bot.terms.queries import Asked
from tests.unit.pods.fixtures import HERE
from tests.unit.terms.fixtures import OTHER, TEXT, Harness

LIVES = 14
ALONE = 90
"""How many days nobody is asked again by the same person after a no."""
ALONE_AFTER_TAKEN_BACK = 30
KEPT = 30
"""How many days the row of a question that isn't being carried is kept after it was asked, or ended."""
THERE = ServerId(78)


async def asked(harness: Harness, name: str = "ana") -> Asked | None:
    return (await harness.home(name)).asked


# -- asking -------------------------------------------------------------------------------------------


async def test_whoever_is_asked_finds_it_in_their_inbox_and_gets_no_message(harness: Harness) -> None:
    await harness.keep("ana")
    one = await harness.ask("ana", "bo")
    assert one.waits
    assert await harness.people.address(one.carrying.carrier) is None, "they have never used the bot"
    bo = await harness.person("bo")
    assert bo == one.carrying.carrier
    [waiting] = await harness.waiting("bo")
    assert (waiting.carrying.id, waiting.name, waiting.text.blank) == (one.carrying.id, "ana", True)
    assert await harness.messages("bo") == []


async def test_nobody_can_ask_without_terms_or_ask_themselves_or_go_round_their_own_boundary(
    harness: Harness,
) -> None:
    with pytest.raises(NothingKept):
        await harness.ask("ana", "bo")
    await harness.keep("ana")
    with pytest.raises(Yourself):
        await harness.ask("ana", "ana")
    await harness.apart("ana", "cy")
    with pytest.raises(OwnBoundary):
        await harness.ask("ana", "cy")


async def test_a_bar_is_from_everything_else_and_not_from_this(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def barred(*_: object) -> None:
        raise Barred(harness.now, HERE)

    monkeypatch.setattr(Bars, "require_free", barred)
    with pytest.raises(Barred):
        await harness.invite("ana", "bo")
    id = await harness.let_read()
    await harness.say("bo", id)
    await harness.withdraw("ana", id)


async def test_asking_the_same_person_again_looks_the_same(harness: Harness) -> None:
    await harness.keep("ana")
    first = await harness.ask("ana", "bo")
    harness.now += timedelta(hours=1)
    assert await harness.ask("ana", "bo") == first
    await harness.accept("bo", first.carrying.id)
    with pytest.raises(AlreadyCarries):
        await harness.ask("ana", "bo")


async def test_one_person_carries_it_at_a_time(harness: Harness) -> None:
    id = await harness.let_read()
    other = await harness.ask("ana", "cy")
    assert await harness.kinds("bo") == [ENDED]
    with pytest.raises(CarryingClosed):
        await harness.read("bo", id)
    await harness.accept("cy", other.carrying.id)
    assert (await harness.read("cy", other.carrying.id)).text.blank, "nothing is let before it is let again"


async def test_asking_has_a_limit(harness: Harness) -> None:
    await harness.keep("ana")
    for number in range(10):
        await harness.ask("ana", f"m{number}")
    with pytest.raises(StartedTooMuch):
        await harness.ask("ana", "one more")


async def test_minors_ask_nobody_and_in_a_server_for_minors_nobody_is_asked(harness: Harness) -> None:
    await harness.keep("ana")
    one = await harness.ask("ana", "bo")
    await harness.servers.keep(replace(await harness.servers.settings(HERE), minors=True))
    assert await harness.waiting("bo") == []
    with pytest.raises(UnderEighteen):
        await harness.accept("bo", one.carrying.id)
    with pytest.raises(UnderEighteen):
        await harness.ask("ana", "cy")


async def test_without_the_adults_role_nobody_new_is_asked_and_nothing_ends(harness: Harness) -> None:
    waiting = await harness.agreed("cy", "dee")
    id = await harness.let_read()
    ana = await harness.person("ana")
    await harness.servers.change(HERE, ana, harness.now, {"adult_role": 5})
    with pytest.raises(WithoutAdultRole):
        await harness.ask("ana", "eve")
    assert (await harness.read("bo", id)).text == TEXT
    await harness.say("bo", id)
    await harness.change("ana")
    await harness.let("ana", id)
    assert (await harness.read("bo", id)).text == OTHER
    await harness.let("cy", waiting)
    await harness.withdraw("ana", id)
    # A question from before the role can't be accepted without it.
    await harness.servers.change(HERE, ana, harness.now, {"adult_role": None})
    one = await harness.ask("ana", "eve")
    await harness.servers.change(HERE, ana, harness.now, {"adult_role": 5})
    with pytest.raises(WithoutAdultRole):
        await harness.accept("eve", one.carrying.id)


# -- a no looks like no answer --------------------------------------------------------------------------


async def declines(harness: Harness, id: str) -> None:
    await harness.terms.carrying.decline(await harness.person("bo"), id, harness.now)


async def refuses(harness: Harness, id: str) -> None:
    await harness.terms.carrying.refuse_for_good(await harness.person("bo"), id, harness.now)


async def sets_a_boundary(harness: Harness, _id: str) -> None:
    await harness.apart("bo", "ana")


async def says_minor(harness: Harness, _id: str) -> None:
    await harness.preferences.say_minor(await harness.person("bo"), harness.now)


async def rests(harness: Harness, _id: str) -> None:
    await harness.preferences.rest(await harness.person("bo"), FOREVER, harness.now)


async def accepts_and_sets_a_boundary(harness: Harness, id: str) -> None:
    """The yes was not told, so that it looks as if it had never been given."""
    await harness.accept("bo", id)
    await harness.apart("bo", "ana")


async def accepts_and_hands_back(harness: Harness, id: str) -> None:
    await harness.accept("bo", id)
    await harness.hand_back("bo", id)


async def does_nothing(_harness: Harness, _id: str) -> None:
    return


UNANSWERED = (
    does_nothing, declines, refuses, sets_a_boundary, says_minor, rests, accepts_and_sets_a_boundary,
    accepts_and_hands_back,
)  # fmt: skip


@pytest.mark.parametrize("does", UNANSWERED)
async def test_every_no_looks_to_the_author_like_no_answer(
    harness: Harness, does: Callable[[Harness, str], Awaitable[None]]
) -> None:
    await harness.person("bo")
    await harness.keep("ana")
    before = await harness.ask("ana", "bo")
    await does(harness, before.carrying.id)
    for days in (0, 2, LIVES - 3):
        await harness.wait(days=days)
        now = await asked(harness)
        assert now is not None
        assert (now.name, now.waits, now.agreed, now.ended) == (before.name, True, False, False)
        assert now.carrying.shown_until == before.carrying.shown_until
        assert await harness.kinds("ana") == []
    await harness.wait(days=1)
    assert await asked(harness) is None
    assert await harness.messages("ana") == []
    again = await harness.ask("ana", "bo")
    assert (again.waits, again.name) == (True, "bo")


async def in_privacy(harness: Harness, name: str = "ana") -> tuple[int, list[object]]:
    """Return how many carryings /privacy counts for them, and what the export has of these."""
    me = await harness.person(name)
    held = [one.count for one in await harness.services.privacy.summary(me) if one.table == "carryings"]
    records = harness.services.privacy.records(me, asked_for=True)
    return sum(held), [record["asked_at"] async for table, record in records if table == "carryings"]


@pytest.mark.parametrize("day", [1, 9])
@pytest.mark.parametrize("does", UNANSWERED)
async def test_every_no_looks_in_privacy_like_no_answer_for_as_long(
    harness: Harness, does: Callable[[Harness, str], Awaitable[None]], day: int
) -> None:
    await harness.person("bo")
    await harness.keep("ana")
    one = await harness.ask("ana", "bo")
    first = await in_privacy(harness)
    passed = 0
    for then in sorted({day, LIVES, KEPT - 1, KEPT, KEPT + day - 1, KEPT + day, ALONE, ALONE + day}):
        await harness.wait(days=then - passed)
        passed = then
        if passed == day:
            await does(harness, one.carrying.id)
        assert await in_privacy(harness) == (first if passed < KEPT else (0, [])), passed


@pytest.mark.parametrize("does", UNANSWERED)
async def test_asking_again_looks_in_privacy_the_same_after_every_no(
    harness: Harness, does: Callable[[Harness, str], Awaitable[None]]
) -> None:
    await harness.person("bo")
    await harness.keep("ana")
    one = await harness.ask("ana", "bo")
    await harness.wait(days=2)
    await does(harness, one.carrying.id)
    await harness.wait(days=LIVES)
    again = await harness.ask("ana", "bo")
    assert again.waits
    passed = 0
    for then in (0, LIVES - 1, LIVES, KEPT - LIVES, KEPT - 1, KEPT, KEPT + LIVES):
        await harness.wait(days=then - passed)
        passed = then
        assert (await asked(harness) is not None) is (passed < LIVES), passed
        assert (await in_privacy(harness))[0] == (1 if passed < KEPT else 0), passed


async def bo_hands_back(harness: Harness, id: str) -> None:
    await harness.hand_back("bo", id)


async def bo_is_erased(harness: Harness, _id: str) -> None:
    await harness.services.privacy.erase(await harness.person("bo"), harness.now)


async def bo_leaves(harness: Harness, _id: str) -> None:
    await harness.people.leave(await harness.person("bo"), HERE, harness.now)


@pytest.mark.parametrize("ends", [bo_hands_back, bo_is_erased, bo_leaves])
async def test_however_it_ends_for_the_carrier_its_row_stays_as_long(
    harness: Harness, ends: Callable[[Harness, str], Awaitable[None]]
) -> None:
    id = await harness.let_read()
    await harness.wait(days=9)
    await ends(harness, id)
    for days, rows in ((0, 1), (KEPT - 1, 1), (1, 0), (ALONE, 0)):
        await harness.wait(days=days)
        assert (await in_privacy(harness))[0] == rows


async def test_an_erased_person_looks_like_one_who_left(harness: Harness) -> None:
    shown = []
    for name, goes in (("bo", "leaves"), ("cy", "is erased")):
        await harness.person(name)
        await harness.keep("ana", OTHER if name == "bo" else TEXT, instead=True)
        await harness.ask("ana", name)
        me = await harness.person(name)
        if goes == "leaves":
            await harness.people.leave(me, HERE, harness.now)
        else:
            await harness.services.privacy.erase(me, harness.now)
        one = await asked(harness)
        assert one is not None
        shown.append((one.waits, one.agreed, one.ended, one.name))
    assert shown == [(True, False, False, "")] * 2


@pytest.mark.parametrize("handed_back", [True, False])
async def test_a_no_is_left_in_peace_for_three_months_and_nobody_sees_it(
    harness: Harness, handed_back: bool
) -> None:
    """It holds though the row is deleted long before."""
    if handed_back:
        await harness.hand_back("bo", await harness.let_read())
    else:
        await harness.person("bo")
        await harness.keep("ana")
        await declines(harness, (await harness.ask("ana", "bo")).carrying.id)
    for days in (LIVES + 1, KEPT, ALONE - KEPT - LIVES - 2):
        await harness.wait(days=days)
        assert (await harness.ask("ana", "bo")).waits
        assert await harness.waiting("bo") == []
    await harness.wait(days=LIVES)
    await harness.ask("ana", "bo")
    assert len(await harness.waiting("bo")) == 1


async def takes_it_back(harness: Harness, id: str) -> None:
    await harness.withdraw("ana", id)


async def asks_somebody_else(harness: Harness, _id: str) -> None:
    await harness.ask("ana", "cy")


async def deletes_and_keeps_again(harness: Harness, _id: str) -> None:
    await harness.terms.remove(await harness.person("ana"), harness.now)
    await harness.keep("ana")


async def erases_and_keeps_again(harness: Harness, _id: str) -> None:
    await harness.services.privacy.erase(await harness.person("ana"), harness.now)
    await harness.keep("ana")


@pytest.mark.parametrize(
    "does", [takes_it_back, asks_somebody_else, deletes_and_keeps_again, erases_and_keeps_again]
)
async def test_a_question_that_was_taken_back_is_not_asked_again_for_a_month(
    harness: Harness, does: Callable[[Harness, str], Awaitable[None]]
) -> None:
    """Otherwise somebody could be asked every minute. To its author the second question looks like any."""
    await harness.person("bo")
    await harness.keep("ana")
    one = await harness.ask("ana", "bo")
    await does(harness, one.carrying.id)
    again = await harness.ask("ana", "bo")
    assert (again.waits, again.name) == (True, "bo")
    assert await harness.waiting("bo") == []
    await harness.wait(days=ALONE_AFTER_TAKEN_BACK + 1)
    await harness.ask("ana", "bo")
    assert len(await harness.waiting("bo")) == 1


async def test_taking_a_question_back_after_a_no_ends_no_rest(harness: Harness) -> None:
    await harness.person("bo")
    await harness.keep("ana")
    one = await harness.ask("ana", "bo")
    await declines(harness, one.carrying.id)
    await harness.withdraw("ana", one.carrying.id)
    await harness.wait(days=ALONE_AFTER_TAKEN_BACK + 1)
    await harness.ask("ana", "bo")
    assert await harness.waiting("bo") == []


async def test_a_question_that_nobody_answered_can_be_asked_again_at_once(harness: Harness) -> None:
    await harness.keep("ana")
    first = await harness.ask("ana", "bo")
    await harness.wait(days=LIVES)
    assert await harness.waiting("bo") == []
    again = await harness.ask("ana", "bo")
    assert [one.carrying.id for one in await harness.waiting("bo")] == [again.carrying.id]
    assert again.carrying.id == first.carrying.id


async def test_whoever_erases_after_a_no_is_not_asked_any_sooner(harness: Harness) -> None:
    await harness.person("bo")
    await harness.keep("ana")
    first = await harness.ask("ana", "bo")
    await declines(harness, first.carrying.id)
    await harness.services.privacy.erase(await harness.person("bo"), harness.now)
    await harness.person("bo")
    await harness.ask("ana", "bo")
    assert await harness.waiting("bo") == []


# -- a yes, and what they may read ----------------------------------------------------------------------


async def test_a_yes_shows_nothing_of_the_text_until_it_is_let(harness: Harness) -> None:
    id = await harness.agreed()
    assert (await harness.read("bo", id)).text.blank
    with pytest.raises(CarryingClosed):
        await harness.say("bo", id)
    await harness.let("ana", id)
    assert await harness.kinds("bo") == [LET]
    read = await harness.read("bo", id)
    assert read.text == TEXT
    assert await harness.kinds("bo") == []


async def test_a_second_press_changes_nothing(harness: Harness) -> None:
    id = await harness.agreed(told=False)
    await harness.accept("bo", id)
    assert await harness.kinds("ana") == [AGREED]
    first = await harness.let("ana", id)
    assert await harness.let("ana", id) == first
    assert await harness.kinds("bo") == [LET]
    await harness.read("bo", id)
    once = await harness.say("bo", id)
    assert await harness.say("bo", id) == once
    await harness.withdraw("ana", id)
    await harness.withdraw("ana", id)
    assert await harness.kinds("bo") == [ENDED]


async def test_what_was_changed_since_the_card_is_not_let(harness: Harness) -> None:
    id = await harness.agreed()
    view = await harness.home("ana")
    await harness.change("ana")
    with pytest.raises(TermsChanged):
        await harness.terms.carriers.let(await harness.person("ana"), id, view.own.written, harness.now)
    assert (await harness.read("bo", id)).text.blank


async def test_somebody_who_rests_gets_it_without_a_message(harness: Harness) -> None:
    id = await harness.agreed()
    await harness.preferences.rest(await harness.person("bo"), FOREVER, harness.now)
    await harness.let("ana", id)
    [message] = await harness.messages("bo")
    assert (message.kind, message.lane) == (LET, None)


async def test_the_last_word_counts_and_is_seen_only_when_it_is_opened(harness: Harness) -> None:
    id = await harness.let_read()
    assert await harness.came("ana", id) is None
    await harness.say("bo", id, Outcome.BROUGHT)
    await harness.say("bo", id, Outcome.NOT)
    assert await harness.kinds("ana") == []
    assert await harness.came("ana", id) is Outcome.NOT


async def test_taking_it_back_takes_it_from_the_carrier_at_once_without_a_reason(harness: Harness) -> None:
    id = await harness.let_read()
    await harness.withdraw("ana", id)
    assert await asked(harness) is None
    for tried in (harness.read("bo", id), harness.say("bo", id), harness.hand_back("bo", id)):
        with pytest.raises(CarryingClosed):
            await tried
    [message] = await harness.messages("bo")
    assert (message.kind, message.other) == (ENDED, None)
    assert await harness.waiting("bo") == []
    again = await harness.ask("ana", "bo")
    assert [one.carrying.id for one in await harness.waiting("bo")] == [again.carrying.id]
    assert await harness.kinds("bo") == []


async def test_a_carrier_can_stop_and_the_author_is_told_that_much(harness: Harness) -> None:
    id = await harness.let_read()
    await harness.say("bo", id, Outcome.COULDNT)
    await harness.hand_back("bo", id)
    [message] = await harness.messages("ana")
    assert (message.kind, message.other) == (STOPPED, None)
    one = await asked(harness)
    assert one is not None
    assert (one.ended, one.name) == (True, "")
    assert await harness.came("ana", id) is Outcome.COULDNT, "it may be all that they ever get to hear"
    assert await harness.messages("ana") == []
    with pytest.raises(CarryingClosed):
        await harness.read("bo", id)
    await harness.wait(days=31)
    assert await asked(harness) is None


async def bo_sets_a_boundary(harness: Harness, _id: str) -> None:
    await harness.apart("bo", "ana")
    await harness.wait(hours=24)


@pytest.mark.parametrize("ends", [bo_hands_back, bo_is_erased, bo_leaves, bo_sets_a_boundary])
async def test_it_looks_the_same_however_it_ends_for_the_carrier(
    harness: Harness, ends: Callable[[Harness, str], Awaitable[None]]
) -> None:
    """Neither the name nor a word that was read stays: with them it would show that nobody was erased."""
    id = await harness.let_read()
    await harness.say("bo", id, Outcome.PARTLY)
    assert await harness.came("ana", id) is Outcome.PARTLY
    await ends(harness, id)
    one = await asked(harness)
    assert one is not None
    assert (one.ended, one.name, one.carrying.came, one.carrying.came_at) == (True, "", None, None)
    assert await harness.came("ana", id) is None


@pytest.mark.parametrize("ends", [bo_hands_back, bo_is_erased])
async def test_a_namesake_is_called_the_same_however_it_ends(
    harness: Harness, ends: Callable[[Harness, str], Awaitable[None]]
) -> None:
    """Two people of one name are told apart only as long as both have to do with the reader."""
    namesake = DiscordUser(5000, "bo", HERE, "bo.two")
    other = await harness.people.meet(namesake, harness.now)
    id = await harness.let_read()
    await harness.pods.invitations.invite(await harness.person("ana"), HERE, namesake, harness.now)
    ana = await harness.person("ana")
    assert await harness.people.called(ana, HERE, other, None) == "bo (@bo.two)"
    await ends(harness, id)
    assert await harness.people.called(ana, HERE, other, None) == "bo"


async def test_letting_has_a_limit_and_nothing_is_lost(harness: Harness) -> None:
    """Whoever said yes once doesn't get one text after the other."""
    id = await harness.agreed()
    for day in range(5):
        for number in range(4):
            text = TermsText.of([], f"text {day}, {number}")
            await harness.change("ana", text)
            if number < 3 and (day, number) < (3, 1):
                await harness.let("ana", id)
                assert (await harness.let("ana", id)).agreed, "a second press isn't counted"
                assert (await harness.read("bo", id)).text == text
                continue
            with pytest.raises(LetTooOften) as refused:
                await harness.let("ana", id)
            assert refused.value.at > harness.now
            assert (await harness.home("ana")).text == text
            assert (await harness.read("bo", id)).text.blank
        await harness.wait(hours=26)
    await harness.wait(days=26)
    await harness.let("ana", id)
    assert (await harness.read("bo", id)).text == text


async def test_another_carrier_can_be_let_read_it_on_the_same_day(harness: Harness) -> None:
    id = await harness.agreed()
    for number in range(3):
        await harness.change("ana", TermsText.of([], f"text {number}"))
        await harness.let("ana", id)
    other = (await harness.ask("ana", "cy")).carrying.id
    await harness.accept("cy", other)
    await harness.let("ana", other)
    assert not (await harness.read("cy", other)).text.blank


async def test_nobody_else_can_do_anything_with_it(harness: Harness) -> None:
    id = await harness.let_read()
    await harness.person("cy")
    carriers, carrying = harness.terms.carriers, harness.terms.carrying
    for wrong in ("cy", "bo"):
        me = await harness.person(wrong)
        for own in (
            carriers.withdraw(me, id, harness.now), carriers.before(me, id, harness.now),
            carriers.let(me, id, 0, harness.now), carriers.see_what_came(me, id, harness.now),
        ):  # fmt: skip
            with pytest.raises(NotYours):
                await own
    for wrong in ("cy", "ana"):
        me = await harness.person(wrong)
        for theirs in (
            carrying.read(me, id, harness.now), carrying.look(me, id), carrying.look_at(me, id, harness.now),
            carrying.accept(me, id, harness.now), carrying.decline(me, id, harness.now),
            carrying.say(me, id, Outcome.KEPT, harness.now), carrying.hand_back(me, id, harness.now),
            carrying.received(me, id), carrying.refuse_for_good(me, id, harness.now),
        ):  # fmt: skip
            with pytest.raises(NotYours):
                await theirs


# -- leaving ------------------------------------------------------------------------------------------


async def test_when_the_two_share_no_server_any_more_nobody_carries_it(harness: Harness) -> None:
    id = await harness.let_read()
    await harness.people.leave(await harness.person("bo"), HERE, harness.now)
    assert await harness.kinds("ana") == [STOPPED]
    one = await asked(harness)
    assert one is not None
    assert one.ended
    assert (await harness.home("ana")).text == TEXT
    with pytest.raises(Refusal):
        await harness.read("bo", id)


@pytest.mark.parametrize("answers", [True, False])
async def test_what_a_carrier_left_stays_without_a_name_when_they_come_back(
    harness: Harness, answers: bool
) -> None:
    """As after an erasing: otherwise the name would tell that they had only left, and that they are back."""
    await harness.agreed() if answers else await harness.keep("ana")
    if not answers:
        await harness.ask("ana", "bo")
    await harness.people.leave(await harness.person("bo"), HERE, harness.now)
    for _ in range(2):
        one = await asked(harness)
        assert one is not None
        assert one.name == ""
        assert (one.ended, one.waits) == (answers, not answers)
        await harness.wait(days=2)
        await harness.person("bo")
    again = await harness.ask("ana", "bo")
    assert again.name == "bo"
    assert one is not None
    assert again.carrying.id != one.carrying.id


async def test_when_the_author_leaves_the_carrier_sees_it_taken_back(harness: Harness) -> None:
    id = await harness.let_read()
    ana = await harness.person("ana")
    await harness.people.leave(ana, HERE, harness.now)
    assert await harness.kinds("bo") == [ENDED]
    with pytest.raises(CarryingClosed):
        await harness.read("bo", id)
    view = await harness.terms.show(ana, harness.now)
    assert view.asked is not None
    assert view.asked.ended


async def test_it_goes_on_if_the_two_share_another_server(harness: Harness) -> None:
    id = await harness.let_read()
    for name in ("ana", "bo"):
        user = harness.discord_user(name)
        await harness.people.meet(DiscordUser(user.discord_id, f"{name} there", THERE), harness.now)
    await harness.people.leave(await harness.person("ana"), HERE, harness.now)
    bo = await harness.person("bo")
    read = await harness.terms.carrying.read(bo, id, harness.now)
    assert (read.text, read.name, read.carrying.server) == (TEXT, "ana there", THERE)
    assert await harness.kinds("bo") == []


async def test_a_server_for_minors_ends_it_for_both_and_the_terms_stay(harness: Harness) -> None:
    await harness.let_read()
    mo = await harness.person("mo")
    await harness.servers.change(HERE, mo, harness.now, {"minors": True})
    assert await harness.kinds("ana") == [STOPPED]
    assert await harness.kinds("bo") == [ENDED]
    assert (await harness.home("ana")).text == TEXT


async def test_a_forgotten_server_keeps_nobody_who_carries(harness: Harness) -> None:
    id = await harness.let_read()
    await harness.servers.left(HERE, harness.now)
    await harness.wait(days=31)
    assert await harness.carrying(id) is None
    assert {kind for kind, _ in await harness.timers()} == {"terms.goes"}


async def test_erasing_takes_everything_of_the_author_and_leaves_a_closed_button(harness: Harness) -> None:
    id = await harness.let_read()
    await harness.services.privacy.erase(await harness.person("ana"), harness.now)
    assert await harness.kinds("bo") == [ENDED]
    with pytest.raises(CarryingClosed):
        await harness.read("bo", id)
    kept = await harness.carrying(id)
    assert kept is not None
    assert kept.author != await harness.person("ana")


async def test_erasing_takes_what_a_carrier_has_said(harness: Harness) -> None:
    id = await harness.let_read()
    await harness.say("bo", id, Outcome.NOT)
    await harness.services.privacy.erase(await harness.person("bo"), harness.now)
    assert await harness.came("ana", id) is None
    one = await asked(harness)
    assert one is not None
    assert (one.ended, one.name) == (True, "")


# -- boundaries ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("owner", ["ana", "bo"])
async def test_a_boundary_ends_it_within_a_day_at_a_random_time(harness: Harness, owner: str) -> None:
    """The other sees what they would see if it had been taken back, or handed back."""
    id = await harness.let_read()
    other = "bo" if owner == "ana" else "ana"
    await harness.apart(owner, other)
    one = await harness.carrying(id)
    assert one is not None
    assert one.agreed
    assert await harness.kinds("ana") == await harness.kinds("bo") == []
    assert (await harness.read("bo", id)).text == TEXT, "what was read before stays until then"
    await harness.wait(hours=24)
    assert await harness.kinds(other) == [STOPPED if other == "ana" else ENDED]
    assert await harness.kinds(owner) == []
    with pytest.raises(CarryingClosed):
        await harness.read("bo", id)


@pytest.mark.parametrize("owner", ["ana", "bo"])
async def test_nothing_passes_after_a_boundary_and_both_see_what_they_did(
    harness: Harness, owner: str
) -> None:
    id = await harness.let_read()
    await harness.apart(owner, "bo" if owner == "ana" else "ana")
    await harness.say("bo", id, Outcome.KEPT)
    assert (await harness.read("bo", id)).carrying.said is Outcome.KEPT
    assert await harness.came("ana", id) is None
    await harness.change("ana")
    assert (await harness.home("ana")).let_before
    assert (await harness.read("bo", id)).text == TEXT, "they see no change"
    await harness.let("ana", id)
    assert (await harness.home("ana")).let
    assert (await harness.read("bo", id)).text == TEXT
    assert await harness.kinds("ana") == await harness.kinds("bo") == []


async def test_what_the_carrier_has_not_read_is_never_read_after_the_author_sets_a_boundary(
    harness: Harness,
) -> None:
    id = await harness.let_read(read=False)
    await harness.deliver()
    await harness.apart("ana", "bo")
    with pytest.raises(CarryingClosed):
        await harness.read("bo", id)
    assert await harness.kinds("bo") == [ENDED]


@pytest.mark.parametrize("owner", ["ana", "bo"])
async def test_what_the_carrier_was_not_told_of_looks_as_if_it_had_not_been_let(
    harness: Harness, owner: str
) -> None:
    id = await harness.let_read(read=False)
    await harness.apart(owner, "bo" if owner == "ana" else "ana")
    assert (await harness.home("ana")).let
    assert (await harness.read("bo", id)).text.blank
    assert await harness.kinds("bo") == []


@pytest.mark.parametrize("tells", [True, False])
@pytest.mark.parametrize("owner", ["ana", "bo"])
async def test_a_word_that_was_left_before_a_boundary_stays(
    harness: Harness, owner: str, tells: bool
) -> None:
    """/terms shows that there is one before it is opened: if it went, the boundary could be told by that."""
    id = await harness.let_read()
    await harness.terms.tell_me(await harness.person("ana"), harness.now, tells=tells)
    await harness.say("bo", id, Outcome.NOT)
    before = await asked(harness)
    await harness.apart(owner, "bo" if owner == "ana" else "ana")
    now = await asked(harness)
    assert before is not None
    assert now is not None
    assert now == replace(before, carrying=replace(before.carrying, revision=now.carrying.revision))
    assert await harness.kinds("ana") == ([CAME] if tells and owner == "bo" else [])
    assert await harness.came("ana", id) is Outcome.NOT


@pytest.mark.parametrize("tells", [True, False])
@pytest.mark.parametrize("ends", [bo_hands_back, bo_sets_a_boundary])
async def test_a_word_that_nobody_has_opened_outlasts_handing_back_and_a_boundary_alike(
    harness: Harness, ends: Callable[[Harness, str], Awaitable[None]], tells: bool
) -> None:
    id = await harness.let_read()
    await harness.terms.tell_me(await harness.person("ana"), harness.now, tells=tells)
    await harness.say("bo", id, Outcome.NOT)
    await ends(harness, id)
    assert await harness.kinds("ana") == [STOPPED]
    view = await harness.home("ana")
    assert view.asked is not None
    assert (view.asked.ended, view.asked.carrying.came) == (True, Outcome.NOT)
    assert await harness.came("ana", id) is Outcome.NOT
    await harness.wait(days=31)
    assert await asked(harness) is None


async def test_the_message_about_a_word_comes_though_its_carrier_sets_a_boundary(harness: Harness) -> None:
    """It names nobody. Without it, a word of which no message ever came would tell of the boundary."""
    id = await harness.let_read()
    await harness.terms.tell_me(await harness.person("ana"), harness.now, tells=True)
    await harness.say("bo", id, Outcome.KEPT)
    await harness.apart("bo", "ana")
    [message] = [one for one in await harness.unclosed() if one.kind == CAME]
    assert (message.state, message.other) == (MessageState.WAITING, None)


async def test_a_word_that_the_author_has_seen_stays(harness: Harness) -> None:
    id = await harness.let_read()
    await harness.say("bo", id, Outcome.NOT)
    await harness.came("ana", id)
    await harness.apart("bo", "ana")
    assert await harness.came("ana", id) is Outcome.NOT


async def test_what_was_withheld_does_not_come_back_when_the_boundary_is_lifted(harness: Harness) -> None:
    id = await harness.let_read()
    await harness.apart("bo", "ana")
    await harness.say("bo", id, Outcome.KEPT)
    [held] = await harness.boundaries.of(await harness.person("bo"))
    await harness.boundaries.lift(await harness.person("bo"), held.id)
    assert await harness.came("ana", id) is None
    await harness.wait(hours=24)
    one = await harness.carrying(id)
    assert one is not None
    assert one.state is CarryState.ENDED
    assert await harness.kinds("ana") == [STOPPED]
    assert await harness.kinds("bo") == [ENDED]


@pytest.mark.parametrize("owner", ["ana", "bo"])
async def test_a_boundary_hides_an_open_question_at_once(harness: Harness, owner: str) -> None:
    await harness.person("bo")
    await harness.keep("ana")
    one = await harness.ask("ana", "bo")
    await harness.apart(owner, "bo" if owner == "ana" else "ana")
    assert await harness.waiting("bo") == []
    with pytest.raises(CarryingClosed):
        await harness.accept("bo", one.carrying.id)
    now = await asked(harness)
    assert now is not None
    assert now.waits
    await harness.wait(hours=24)
    assert (await asked(harness) is None) is (owner == "ana")


async def test_asking_across_a_boundary_that_the_other_set_looks_like_any_other(harness: Harness) -> None:
    await harness.person("bo")
    await harness.apart("bo", "ana")
    await harness.keep("ana")
    one = await harness.ask("ana", "bo")
    assert one.waits
    assert await harness.waiting("bo") == []


async def test_what_each_can_notice_depends_on_nothing_that_the_other_chose(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    between = harness.terms.queries.between
    assert await between(ana, bo, harness.now) == (False, False)
    await harness.keep("ana")
    one = await harness.ask("ana", "bo")
    await declines(harness, one.carrying.id)
    assert await between(ana, bo, harness.now) == (True, False)
    assert await between(bo, ana, harness.now) == (False, False)
    await harness.wait(days=ALONE + 10)
    await harness.let_read("ana", "bo")
    assert await between(bo, ana, harness.now) == (False, True)


async def test_both_are_checked_daily_for_whether_they_have_left(harness: Harness) -> None:
    await harness.let_read()
    ana, bo = await harness.person("ana"), await harness.person("bo")
    assert await harness.terms.queries.people_in_open() == {(HERE, ana), (HERE, bo)}
