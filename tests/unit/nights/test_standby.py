"""What is held in memory of a night, for the case that the database can't be used."""

import discord
import pytest

from bot.events import ServerForgotten
from bot.nights.models import Heard, Quick
from bot.nights.notifications import HAND, MISSED, START
from bot.nights.standby import Standby
from bot.services import Services, build_services
from bot.settings import Settings
from bot.storage.tx import Tx
from bot.wiring import wire
from tests.unit.nights.fixtures import CARD, Harness
from tests.unit.pods.fixtures import HERE


def standby(harness: Harness) -> Standby:
    return harness.nights.standby


async def near(harness: Harness, **span: float) -> None:
    """Let time pass, with what Wakeup runs."""
    await harness.wait(**span)
    await harness.nights.standing_by.run_due(harness.now)


async def out(harness: Harness) -> dict[str, str]:
    """Let Ana be out with Bo, who looks out for her, and with Cy, who doesn't."""
    places = await harness.together("bo", "cy")
    await harness.agreed(places, "ana", "bo")
    await harness.write("ana", places["ana"])
    await near(harness, hours=7.5)
    return places


def sees(harness: Harness, name: str, place: str) -> bool:
    return standby(harness).friend(harness.accounts[name], place, harness.now) is not None


def holds(harness: Harness, name: str) -> bool:
    return standby(harness).mine(harness.accounts[name], harness.now) is not None


async def test_it_holds_a_night_from_an_hour_before_its_start_until_noon(harness: Harness) -> None:
    places = await harness.together("bo")
    await harness.agreed(places, "ana", "bo")
    await near(harness, hours=6.9)
    assert not standby(harness).watches((await harness.show("ana", places["ana"])).night.id)
    due = await harness.nights.standing_by.next_due()
    assert due == (await harness.show("ana", places["ana"])).night.starts_at.replace(hour=19)

    await near(harness, hours=0.1)
    assert holds(harness, "ana")
    assert sees(harness, "bo", places["ana"])

    await harness.wait(hours=17)  # nothing has run, and yet it is noon
    assert not holds(harness, "ana")
    await harness.nights.standing_by.run_due(harness.now)
    assert (standby(harness)._nights, standby(harness)._places, standby(harness)._calls) == ({}, {}, {})
    # A night that is over, and not yet destroyed, wakes nobody.
    assert await harness.nights.standing_by.next_due() is None


async def test_it_is_filled_again_at_a_restart(harness: Harness) -> None:
    places = await out(harness)
    await harness.restart()
    assert not holds(harness, "ana")
    await harness.nights.standing_by.start(harness.now)
    assert holds(harness, "ana")
    assert sees(harness, "bo", places["ana"])


async def test_only_friends_who_agreed_see_the_card(harness: Harness) -> None:
    places = await out(harness)
    asked = await harness.wish(places, "ana", "cy")
    friend = standby(harness).friend(harness.accounts["bo"], places["ana"], harness.now)
    assert friend is not None
    assert (friend.card, friend.name) == (CARD, "ana")
    assert not sees(harness, "cy", places["ana"])
    assert not sees(harness, "ana", places["ana"])
    assert standby(harness).call(harness.accounts["cy"], places["ana"], harness.now) is None

    await harness.nights.looking.accept(await harness.person("cy"), asked, harness.now)
    assert sees(harness, "cy", places["ana"])
    # Looking out for somebody doesn't let them see one's own.
    assert not sees(harness, "ana", places["cy"])


async def test_who_joins_late_and_writes_late_is_there(harness: Harness) -> None:
    places = await out(harness)
    night = (await harness.show("ana", places["ana"])).night.id
    places["di"] = (await harness.join("di", night)).member.id
    assert holds(harness, "di")
    await harness.agreed(places, "di", "bo")
    await harness.write("di", places["di"])
    friend = standby(harness).friend(harness.accounts["bo"], places["di"], harness.now)
    assert friend is not None
    assert friend.card == CARD


ENDS = {
    "boundary of bo": lambda here, ana, bo, places, look: here.apart("bo", "ana"),
    "boundary of ana": lambda here, ana, bo, places, look: here.apart("ana", "bo"),
    "stop": lambda here, ana, bo, places, look: here.nights.looking.stop(bo, look, here.now),
    "take back": lambda here, ana, bo, places, look: here.nights.looking.take_back(ana, look, here.now),
    "bo leaves": lambda here, ana, bo, places, look: here.leave("bo", places["bo"]),
    "ana leaves": lambda here, ana, bo, places, look: here.leave("ana", places["ana"]),
    "ana is erased": lambda here, ana, bo, places, look: here.services.privacy.erase(ana, here.now),
    "bo is erased": lambda here, ana, bo, places, look: here.services.privacy.erase(bo, here.now),
    "bo is under 18": lambda here, ana, bo, places, look: here.preferences.say_minor(bo, here.now),
    "ana is under 18": lambda here, ana, bo, places, look: here.preferences.say_minor(ana, here.now),
    "bo leaves the server": lambda here, ana, bo, places, look: here.people.leave(bo, HERE, here.now),
    "the account is gone": lambda here, ana, bo, places, look: here.people.delete_account(bo, here.now),
}


@pytest.mark.parametrize("ends", ENDS)
async def test_it_goes_at_once_with_whatever_ends_looking_out(harness: Harness, ends: str) -> None:
    places = await out(harness)
    look = await harness.look("ana", "bo")
    assert look is not None
    called = standby(harness).call(harness.accounts["ana"], places["ana"], harness.now)
    assert called is not None
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await ENDS[ends](harness, ana, bo, places, look.id)

    assert not sees(harness, "bo", places["ana"])
    assert not standby(harness).looks_out(look.id, places["ana"], harness.now)
    assert standby(harness).unreached(places["ana"], harness.now) == []
    assert holds(harness, "cy")
    if ends in ("ana leaves", "ana is erased", "ana is under 18"):
        assert not holds(harness, "ana")
        assert standby(harness).hand_of(places["ana"]) is None
        assert not any(one.account == harness.accounts["ana"] for one in standby(harness)._places.values())


async def test_what_is_rolled_back_changes_nothing(harness: Harness) -> None:
    places = await out(harness)
    look = await harness.look("ana", "bo")
    assert look is not None

    class Fails(Exception):
        pass

    async def body(tx: Tx) -> None:
        await harness.nights._moves.part(tx, look, look.looker, harness.now)
        raise Fails

    with pytest.raises(Fails):
        await harness.db.write(body)
    assert sees(harness, "bo", places["ana"])


async def test_it_goes_with_the_server(harness: Harness) -> None:
    await out(harness)
    await harness.db.write(lambda tx: harness.events.publish(tx, ServerForgotten(harness.now, HERE)))
    assert standby(harness)._places == {}
    assert standby(harness)._nights == {}


# -- calls --------------------------------------------------------------------------------------------


async def test_a_second_press_is_the_same_call_and_leaves_out_whom_it_has_reached(harness: Harness) -> None:
    places = await out(harness)
    me = harness.accounts["ana"]
    first = standby(harness).call(me, places["ana"], harness.now)
    assert first is not None
    assert [one.heard for one in first.friends] == [Heard.TRYING]
    [bo] = standby(harness).unreached(places["ana"], harness.now)
    assert bo.account == harness.accounts["bo"]
    standby(harness).heard(first.hand.id, bo.look.id, Heard.REACHED)
    await harness.wait(minutes=1)
    again = standby(harness).call(me, places["ana"], harness.now)
    assert again is not None
    assert again.hand == first.hand
    assert [one.heard for one in again.friends] == [Heard.REACHED]
    assert standby(harness).unreached(places["ana"], harness.now) == []

    await harness.wait(minutes=2)
    later = standby(harness).call(me, places["ana"], harness.now)
    assert later is not None
    assert later.hand != first.hand
    assert standby(harness).unreached(places["ana"], harness.now) == [bo]


async def test_a_call_that_was_stored_is_gone_on_with(harness: Harness) -> None:
    places = await out(harness)
    made = await harness.call("ana", places["ana"])
    [message] = [one for one in await harness.messages("bo") if one.kind == HAND]
    here = standby(harness)
    assert here.leads_to(harness.accounts["bo"], message.id, harness.now) == places["ana"]
    assert here.leads_to(harness.accounts["cy"], message.id, harness.now) is None
    assert here.stored(made.hand.id)
    same = here.call(harness.accounts["ana"], places["ana"], harness.now)
    assert same is not None
    assert same.hand == made.hand
    assert len(here.unreached(places["ana"], harness.now)) == 1


async def test_what_it_is_reaches_the_friend_and_nobody_else_can_say_it(harness: Harness) -> None:
    places = await out(harness)
    here, me = standby(harness), harness.accounts["ana"]
    made = here.call(me, places["ana"], harness.now)
    assert made is not None
    assert not here.stored(made.hand.id)
    assert here.say(harness.accounts["bo"], made.hand.id, Quick.DRUNK, harness.now) is None
    assert here.say(me, "another", Quick.DRUNK, harness.now) is None
    said = here.say(me, made.hand.id, Quick.FOLLOWED, harness.now)
    assert said is not None
    friend = here.friend(harness.accounts["bo"], places["ana"], harness.now)
    assert friend is not None
    assert friend.hand == said.hand
    assert friend.hand is not None
    assert friend.hand.quick is Quick.FOLLOWED


async def test_messages_of_the_night_lead_to_their_cards(harness: Harness) -> None:
    places = await harness.together("bo")
    await harness.agreed(places, "ana", "bo")
    await harness.home_by("ana", places["ana"], hours=2)
    await near(harness, hours=7)
    await near(harness, hours=1)
    [start] = [one for one in await harness.messages("ana") if one.kind == START]
    assert standby(harness).asked(harness.accounts["ana"], start.id, harness.now)
    assert not standby(harness).asked(harness.accounts["bo"], start.id, harness.now)
    await near(harness, hours=3)
    await near(harness, hours=0.6)
    [missed] = [one for one in await harness.messages("bo") if one.kind == MISSED]
    assert standby(harness).leads_to(harness.accounts["bo"], missed.id, harness.now) == places["ana"]


async def test_what_another_process_has_changed_is_held_after_it_was_read_again(harness: Harness) -> None:
    places = await out(harness)
    held = standby(harness)
    other = await second_process(harness)
    assert holds(harness, "ana")
    await other.nights.company.leave(await harness.person("ana"), places["ana"], harness.now)
    assert holds(harness, "ana")

    await harness.nights.standing_by.refresh()
    assert not holds(harness, "ana")
    assert holds(harness, "bo")
    assert held.nights


async def test_a_night_that_another_process_has_deleted_is_held_no_longer(harness: Harness) -> None:
    await out(harness)
    other = await second_process(harness)
    await harness.db.write(lambda tx: other.events.publish(tx, ServerForgotten(harness.now, HERE)))
    assert standby(harness).nights

    await harness.nights.standing_by.refresh()
    assert not standby(harness).nights
    assert not holds(harness, "bo")


async def second_process(harness: Harness) -> Services:
    """Return the services of another process on the same database, which has read the night."""
    settings = Settings(state_dir=harness.path.parent)
    client = discord.Client(intents=discord.Intents(guilds=True))
    made = build_services(client, settings, harness.db, harness.ring, lambda: harness.now)
    wire(made)
    await made.nights.standing_by.run_due(harness.now)
    return made
