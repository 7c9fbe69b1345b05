"""The night itself: being asked, calling for a hand, coming home, being late, and the day after."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.delivery.outbox import MessageState
from bot.nights.errors import CardLocked, InAnotherNight, NightOver, NoSuchTime
from bot.nights.models import Heard, NightCard, Quick
from bot.nights.notifications import CHECK, HAND, HEARD, HOME, MISSED, NOON, START, THANKS
from bot.people.models import Quiet
from tests.unit.nights.fixtures import CARD, Harness
from tests.unit.scheduling.zones import DIFFERENT, changes


async def start(harness: Harness, **later: float) -> None:
    """Let it be so long after the start of the night, at 20:00."""
    harness.now = datetime(2026, 1, 7, 20, tzinfo=UTC)
    await harness.wait()
    if later:
        await harness.wait(**later)


# -- being asked --------------------------------------------------------------------------------------


async def test_everybody_is_asked_at_the_start_and_when_they_wanted_to_be(harness: Harness) -> None:
    places = await harness.together("bo")
    at = (await harness.show("bo", places["bo"])).night.starts_at + timedelta(hours=2)
    await harness.nights.during.check_at(await harness.person("bo"), places["bo"], at, harness.now)

    await start(harness)
    assert await harness.urgent("ana") == [START]
    await harness.wait(hours=2)

    assert await harness.kinds("ana") == [START]
    assert await harness.kinds("bo") == [CHECK, START]


async def test_im_fine_closes_the_question_and_is_told_to_nobody(harness: Harness) -> None:
    places = await harness.together("bo")
    await harness.agreed(places, "ana", "bo")
    await start(harness)
    await harness.nights.during.fine(await harness.person("ana"), places["ana"], harness.now)

    assert START not in await harness.kinds("ana")
    assert await harness.kinds("bo") == [START]


async def test_a_night_that_is_planned_late_asks_at_once(harness: Harness) -> None:
    await start(harness, hours=2)
    await harness.plan()
    await harness.wait()

    assert await harness.kinds("ana") == [START]


# -- I need a hand ------------------------------------------------------------------------------------


async def test_a_call_reaches_only_those_who_agreed_and_goes_ahead_of_everything(harness: Harness) -> None:
    places = await harness.together("bo", "cy", "di")
    await harness.write("ana", places["ana"])
    await harness.agreed(places, "ana", "bo")
    await harness.wish(places, "ana", "cy")
    bo = await harness.person("bo")
    await harness.preferences.keep_quiet(bo, Quiet(time(22), time(8)))
    await start(harness, hours=5)

    call = await harness.call("ana", places["ana"])

    assert [(one.name, one.heard) for one in call.friends] == [("bo", Heard.TRYING)]
    assert HAND in await harness.urgent("bo")
    assert HAND not in await harness.kinds("cy") + await harness.kinds("di")
    caller = await harness.nights.during.caller(bo, call.hand.id, harness.now)
    friend = await harness.friend("bo", str(caller.member))
    assert (friend.name, friend.card) == ("ana", CARD)


async def test_the_caller_sees_who_was_reached_and_who_was_not(harness: Harness) -> None:
    places = await harness.together("bo", "cy")
    await harness.agreed(places, "ana", "bo")
    await harness.agreed(places, "ana", "cy")
    await start(harness)
    call = await harness.call("ana", places["ana"])
    await harness.arrives("bo", MessageState.SENT)
    await harness.arrives("cy", MessageState.DMS_CLOSED)

    seen = await harness.nights.during.reached(await harness.person("ana"), call.hand.id)

    assert {one.name: one.heard for one in seen.friends} == {"bo": Heard.REACHED, "cy": Heard.NOT}
    assert seen.settled
    assert not seen.nobody


async def test_a_call_of_somebody_for_whom_nobody_looks_out_reaches_nobody(harness: Harness) -> None:
    places = await harness.together("bo")
    await harness.wish(places, "ana", "bo")
    await start(harness)

    assert (await harness.call("ana", places["ana"])).nobody


async def test_a_second_press_is_the_same_call_and_later_it_is_another(harness: Harness) -> None:
    places = await harness.together("bo")
    await harness.agreed(places, "ana", "bo")
    await start(harness)
    first = await harness.call("ana", places["ana"])
    again = await harness.call("ana", places["ana"])
    await harness.wait(minutes=3)
    later = await harness.call("ana", places["ana"])

    assert first.hand.id == again.hand.id != later.hand.id
    assert (await harness.kinds("bo")).count(HAND) == 2


async def test_what_it_is_is_on_the_friends_card(harness: Harness) -> None:
    places = await harness.together("bo")
    await harness.agreed(places, "ana", "bo")
    await start(harness)
    call = await harness.call("ana", places["ana"])
    ana = await harness.person("ana")
    await harness.nights.during.quick(ana, call.hand.id, Quick.FOLLOWED, harness.now)

    friend = await harness.friend("bo", places["ana"])
    assert friend.hand is not None
    assert friend.hand.quick is Quick.FOLLOWED


async def test_nobody_calls_long_before_a_night_or_after_noon(harness: Harness) -> None:
    places = await harness.together("bo")
    with pytest.raises(NightOver):
        await harness.call("ana", places["ana"])
    await harness.wait(hours=24)
    with pytest.raises(NightOver):
        await harness.call("ana", places["ana"])


# -- home ---------------------------------------------------------------------------------------------


async def home_at_two(harness: Harness) -> dict[str, str]:
    """Let bo and cy be asked to look out for ana, who will be home at 02:00. Only bo agrees."""
    places = await harness.together("bo", "cy")
    await harness.agreed(places, "ana", "bo")
    await harness.wish(places, "ana", "cy")
    await harness.home_by("ana", places["ana"], hours=6)
    return places


async def test_home_is_asked_half_an_hour_later_and_told_after_another_half_hour(harness: Harness) -> None:
    await home_at_two(harness)
    await start(harness, hours=6, minutes=29)
    assert HOME not in await harness.kinds("ana")
    await harness.wait(minutes=1)
    assert HOME in await harness.urgent("ana")
    await harness.wait(minutes=29)
    assert MISSED not in await harness.kinds("bo")
    await harness.wait(minutes=1)

    assert MISSED in await harness.urgent("bo")
    assert MISSED not in await harness.kinds("cy") + await harness.kinds("ana")


async def test_whoever_says_theyre_home_is_not_asked_and_nobody_is_told(harness: Harness) -> None:
    places = await home_at_two(harness)
    await start(harness, hours=5)
    await harness.nights.during.home(await harness.person("ana"), places["ana"], harness.now)
    await harness.wait(hours=3)

    assert await harness.kinds("ana") == ["nights.agreed"]
    assert not {MISSED, HEARD} & {*await harness.kinds("bo")}
    assert (await harness.friend("bo", places["ana"])).home


@pytest.mark.parametrize("verb", ["home", "still_out"])
async def test_those_who_were_alarmed_hear_the_answer_and_nobody_else(harness: Harness, verb: str) -> None:
    places = await home_at_two(harness)
    await start(harness, hours=6, minutes=30)
    await harness.wait(minutes=30)
    await getattr(harness.nights.during, verb)(await harness.person("ana"), places["ana"], harness.now)

    assert HEARD in await harness.urgent("bo")
    assert MISSED not in await harness.kinds("bo")
    assert HEARD not in await harness.kinds("cy")


async def test_still_out_moves_the_question_by_an_hour(harness: Harness) -> None:
    places = await home_at_two(harness)
    await start(harness, hours=6, minutes=30)
    moved = await harness.nights.during.still_out(await harness.person("ana"), places["ana"], harness.now)
    assert moved.asked_at == harness.now + timedelta(hours=1)
    assert HOME not in await harness.kinds("ana")
    await harness.wait(minutes=59)
    assert HOME not in await harness.kinds("ana")
    await harness.wait(minutes=1)
    assert HOME in await harness.kinds("ana")
    await harness.wait(minutes=30)
    assert MISSED in await harness.kinds("bo")


@pytest.mark.parametrize(
    ("minutes", "asked", "late"), [(5, True, False), (179, True, True), (181, False, False)]
)
async def test_after_a_downtime_a_question_comes_up_to_three_hours_late_and_says_so(
    harness: Harness, minutes: int, asked: bool, late: bool
) -> None:
    places = await home_at_two(harness)
    await start(harness)
    await harness.wait(hours=6, minutes=30 + minutes)

    assert (HOME in await harness.kinds("ana")) is asked
    member = await harness.member(places["ana"])
    assert member is not None
    assert member.asked_late is late
    assert MISSED not in await harness.kinds("bo"), "nobody is reported before they could answer"
    await harness.wait(minutes=30)
    assert (MISSED in await harness.kinds("bo")) is asked
    await harness.wait(hours=9)
    assert NOON in await harness.kinds("ana")


async def test_a_time_that_is_not_offered_or_has_passed_is_refused(harness: Harness) -> None:
    places = await harness.together("bo")
    with pytest.raises(NoSuchTime):
        await harness.home_by("ana", places["ana"], minutes=7)
    with pytest.raises(NoSuchTime):
        await harness.home_by("ana", places["ana"], hours=17)
    await harness.home_by("ana", places["ana"], hours=6)
    await start(harness)
    with pytest.raises(NoSuchTime):
        await harness.home_by("ana", places["ana"], hours=7)
    await harness.home_by("bo", places["bo"], hours=7)


@pytest.mark.parametrize("zone", DIFFERENT)
async def test_when_clocks_change_each_question_and_each_alarm_comes_once_at_the_hour_agreed(
    harness: Harness, zone: str
) -> None:
    """Home is named in the night of each change of 2026, in each zone with clocks of its own."""
    for change in changes(zone):
        evening = change.times[0] - timedelta(hours=12)
        if evening.year != 2026:
            continue
        harness.now = datetime.combine(evening.date(), time(), UTC)
        view = await harness.plan(zone=zone, day=evening.date(), begins=time(22), ends=time(5))
        place, came = view.member.id, []
        await harness.nights.company.post(view.member.person, place, 5, harness.now)
        bo = (await harness.join("bo", view.night.id)).member.id
        await harness.agreed({"ana": place, "bo": bo}, "ana", "bo")
        await harness.read_all("bo")
        at = (await harness.home_by("ana", place, hours=4)).member.home_at
        assert at is not None
        for minutes in (0, 29, 30, 31, 59, 60, 61, 120):
            harness.now = at
            await harness.wait(minutes=minutes)
            for name in ("ana", "bo"):
                came += [(one, harness.now) for one in await harness.kinds(name) if one in (HOME, MISSED)]
                await harness.read_all(name)

        assert came == [(HOME, at + timedelta(minutes=30)), (MISSED, at + timedelta(minutes=60))]
        await harness.leave("ana", place)
        await harness.leave("bo", bo)


# -- cards, and the day after -------------------------------------------------------------------------


async def test_a_card_is_locked_from_the_start_until_noon(harness: Harness) -> None:
    places = await harness.together("bo")
    await harness.write("ana", places["ana"])
    await harness.write("ana", places["ana"], NightCard("two beers"))
    await start(harness)
    with pytest.raises(CardLocked):
        await harness.write("ana", places["ana"], CARD)
    assert (await harness.write("bo", places["bo"])).card == CARD, "somebody who joined late can write one"


async def test_at_noon_what_was_about_the_night_closes_and_everybody_is_asked(harness: Harness) -> None:
    places = await home_at_two(harness)
    await start(harness, hours=7)
    await harness.call("ana", places["ana"])
    await harness.wait(hours=9)

    assert await harness.kinds("ana") == [NOON]
    assert await harness.kinds("bo") == [NOON]
    assert await harness.urgent("ana") == []


async def test_thanks_are_said_once_to_those_who_looked_out(harness: Harness) -> None:
    places = await home_at_two(harness)
    await start(harness, hours=16)
    ana = await harness.person("ana")
    for _ in range(2):
        assert await harness.nights.during.thank(ana, places["ana"], harness.now) == 1

    assert await harness.kinds("bo") == [NOON, THANKS]
    assert await harness.kinds("cy") == [NOON]


async def test_a_day_after_the_end_nothing_is_left_but_a_card_that_was_kept(harness: Harness) -> None:
    places = await home_at_two(harness)
    await harness.write("ana", places["ana"])
    await harness.write("bo", places["bo"])
    await start(harness, hours=1)
    await harness.call("ana", places["ana"])
    ana = await harness.person("ana")
    await harness.nights.cards.keep(ana, places["ana"], harness.now)
    await harness.wait(hours=30)

    assert await harness.rows() == 0
    assert {kind for kind, _ in await harness.timers()} == {"nights.card"}
    assert await harness.kinds("ana") == await harness.kinds("bo") == []
    assert await harness.nights.queries.kept(ana) == CARD
    assert (await harness.nights.queries.kept(await harness.person("bo"))).blank
    await harness.wait(days=181)
    assert (await harness.nights.queries.kept(ana)).blank


async def test_nobody_is_in_two_nights_at_once_and_a_second_press_plans_the_same(harness: Harness) -> None:
    first = await harness.plan()
    assert (await harness.plan()).night.id == first.night.id
    with pytest.raises(InAnotherNight):
        await harness.plan(begins=time(22))


async def test_a_restart_loses_nothing(harness: Harness) -> None:
    places = await home_at_two(harness)
    await harness.write("ana", places["ana"])
    await harness.restart()
    await start(harness, hours=6, minutes=30)
    await harness.wait(minutes=30)

    assert MISSED in await harness.kinds("bo")
    assert (await harness.friend("bo", places["ana"])).card == CARD


async def test_when_the_last_one_leaves_nothing_of_the_night_is_left(harness: Harness) -> None:
    places = await home_at_two(harness)
    await harness.write("ana", places["ana"])
    at = (await harness.show("ana", places["ana"])).night.starts_at + timedelta(hours=1)
    await harness.nights.during.check_at(await harness.person("ana"), places["ana"], at, harness.now)
    for name in ("bo", "cy", "ana"):
        await harness.leave(name, places[name])

    assert await harness.rows() == 0
    assert await harness.timers() == set()
    assert await harness.keys() == set()


async def test_the_key_of_a_card_goes_with_the_night(harness: Harness) -> None:
    places = await harness.together("bo")
    await harness.write("ana", places["ana"])
    assert len(await harness.keys()) == 1
    await harness.write("ana", places["ana"], NightCard("two beers"))
    assert len(await harness.keys()) == 1
    await harness.wait(hours=40)

    assert await harness.keys() == set()
