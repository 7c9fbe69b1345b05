"""Who looks out for whom: choosing, answering, what each sees, leaving, and boundaries."""

import pytest
from msgspec.structs import replace

from bot.errors import NotYours
from bot.nights.errors import LookClosed, NightFull, NightOver, OwnBoundary, Yourself
from bot.nights.notifications import AGREED, GONE, WISH
from tests.unit.nights.fixtures import CARD, Harness


async def test_nobody_looks_out_for_anybody_to_begin_with(harness: Harness) -> None:
    places = await harness.together("bo", "cy")
    view = await harness.show("ana", places["ana"])

    assert {one.name for one in view.companions} == {"bo", "cy"}
    assert not view.look_out
    assert not view.look_after


async def test_whoever_is_chosen_is_asked_and_looks_out_once_they_say_yes(harness: Harness) -> None:
    places = await harness.together("bo")
    await harness.write("ana", places["ana"])
    id = await harness.wish(places, "ana", "bo")
    assert await harness.kinds("bo") == [WISH]
    assert not (await harness.show("ana", places["ana"])).looked_after
    with pytest.raises(LookClosed):
        await harness.friend("bo", places["ana"])

    await harness.nights.looking.accept(await harness.person("bo"), id, harness.now)

    assert await harness.kinds("ana") == [AGREED]
    assert (await harness.show("ana", places["ana"])).looked_after
    assert (await harness.friend("bo", places["ana"])).card == CARD
    with pytest.raises(LookClosed):
        await harness.friend("ana", places["bo"])


async def test_a_card_is_shown_to_nobody_else_in_the_night(harness: Harness) -> None:
    places = await harness.together("bo", "cy")
    await harness.write("ana", places["ana"])
    id = await harness.agreed(places, "ana", "bo")
    cy = await harness.person("cy")

    with pytest.raises(LookClosed):
        await harness.friend("cy", places["ana"])
    with pytest.raises(NightOver):
        await harness.nights.show(cy, places["ana"])
    for verb in (
        harness.nights.looking.accept,
        harness.nights.looking.stop,
        harness.nights.looking.take_back,
    ):
        with pytest.raises(NotYours):
            await verb(cy, id, harness.now)


async def test_a_no_no_answer_and_a_boundary_look_alike_to_whoever_asked(harness: Harness) -> None:
    places = await harness.together("bo", "cy")
    await harness.wish(places, "ana", "bo")
    declined = await harness.wish(places, "ana", "cy")
    before = (await harness.show("ana", places["ana"])).look_out
    await harness.nights.looking.decline(await harness.person("cy"), declined, harness.now)

    view = await harness.show("ana", places["ana"])
    assert view.look_out == before
    assert [replace(one, id="", member="", name="") for one in view.look_out] == [
        replace(view.look_out[0], id="", member="", name="")
    ] * 2
    assert await harness.kinds("ana") == []


async def test_whoever_said_no_is_not_asked_again_in_this_night_and_nobody_sees_that(
    harness: Harness,
) -> None:
    places = await harness.together("bo")
    id = await harness.wish(places, "ana", "bo")
    await harness.nights.looking.decline(await harness.person("bo"), id, harness.now)
    await harness.nights.looking.take_back(await harness.person("ana"), id, harness.now)
    assert (await harness.show("ana", places["ana"])).look_out == ()

    await harness.wish(places, "ana", "bo")

    assert await harness.kinds("bo") == []
    assert [one.agreed for one in (await harness.show("ana", places["ana"])).look_out] == [False]


async def test_nobody_chooses_themselves_or_somebody_who_is_not_there(harness: Harness) -> None:
    places = await harness.together("bo")
    ana = await harness.person("ana")
    with pytest.raises(Yourself):
        await harness.nights.looking.wish(ana, places["ana"], places["ana"], harness.now)
    await harness.leave("bo", places["bo"])
    with pytest.raises(NotYours):
        await harness.nights.looking.wish(ana, places["ana"], places["bo"], harness.now)


async def test_leaving_tells_both_whom_they_looked_out_for_and_who_looked_out_for_them(
    harness: Harness,
) -> None:
    places = await harness.together("bo", "cy", "di")
    await harness.agreed(places, "ana", "bo")
    await harness.agreed(places, "cy", "ana")
    for name in ("ana", "cy"):
        await harness.read_all(name)

    await harness.leave("ana", places["ana"])

    assert await harness.kinds("bo") == [GONE]
    assert await harness.kinds("cy") == [GONE]
    assert await harness.kinds("di") == []
    with pytest.raises(LookClosed):
        await harness.friend("bo", places["ana"])


@pytest.mark.parametrize("owner", ["ana", "bo"])
async def test_a_boundary_ends_it_at_once_and_looks_like_leaving(harness: Harness, owner: str) -> None:
    other = "bo" if owner == "ana" else "ana"
    places = await harness.together("bo", "cy")
    await harness.agreed(places, "ana", "bo")
    await harness.agreed(places, "bo", "ana")
    for name in ("ana", "bo"):
        await harness.read_all(name)

    await harness.apart(owner, other)

    assert await harness.kinds(other) == [GONE, GONE]
    assert [one.name for one in (await harness.show(other, places[other])).companions] == ["cy"]
    mine = {one.name: one.apart for one in (await harness.show(owner, places[owner])).companions}
    assert mine == {other: True, "cy": False}, "whoever set a boundary should know who comes"
    with pytest.raises(LookClosed):
        await harness.friend("bo", places["ana"])
    with pytest.raises(OwnBoundary):
        await harness.wish(places, owner, other)


async def test_a_yes_of_which_nobody_was_told_looks_as_if_never_given(harness: Harness) -> None:
    places = await harness.together("bo")
    await harness.agreed(places, "ana", "bo")

    await harness.apart("bo", "ana")

    assert await harness.kinds("ana") == []


async def test_two_who_both_set_a_boundary_see_nothing_of_each_other(harness: Harness) -> None:
    places = await harness.together("bo")
    await harness.apart("ana", "bo")
    await harness.apart("bo", "ana")

    assert (await harness.show("ana", places["ana"])).companions == ()
    assert (await harness.show("bo", places["bo"])).companions == ()


async def test_six_are_the_most_counted_as_each_of_them_sees_it(harness: Harness) -> None:
    places = await harness.together("bo", "cy", "di", "el")
    await harness.apart("bo", "gus")
    night = (await harness.show("ana", places["ana"])).night.id
    await harness.join("flo", night)
    assert len((await harness.join("gus", night)).companions) == 5, "they don't see who set the boundary"
    with pytest.raises(NightFull):
        await harness.join("hal", night)


async def test_an_invitation_waits_without_a_message_and_a_no_is_told_to_nobody(harness: Harness) -> None:
    view = await harness.plan()
    ana, company = await harness.person("ana"), harness.nights.company
    await company.invite(ana, view.member.id, harness.discord_user("bo"), harness.now)
    bo = await harness.person("bo")
    assert await harness.messages("bo") == []
    [offered] = await company.waiting(bo, harness.now)
    assert offered.name == "ana"

    await company.decline(bo, offered.member.id, harness.now)

    assert await company.waiting(bo, harness.now) == []
    assert await harness.messages("ana") == []
    await company.invite(ana, view.member.id, harness.discord_user("bo"), harness.now)
    assert await company.waiting(bo, harness.now) == [], "nobody is asked twice for one night"


async def test_a_night_that_is_not_posted_is_joined_by_invitation_only(harness: Harness) -> None:
    view = await harness.plan()
    with pytest.raises(NightOver):
        await harness.join("bo", view.night.id)
