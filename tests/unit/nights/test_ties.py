"""What somebody reads about nights before they set a boundary, and the message of a night in a channel."""

from datetime import timedelta

from sqlalchemy import select

from bot.delivery.channel_post import ChannelPost, PostOutcome
from bot.delivery.tables import posts as channel_posts
from bot.nights import posts
from bot.nights.queries import BetweenNights
from tests.unit.nights.fixtures import Harness
from tests.unit.pods.fixtures import HERE


async def between(harness: Harness, one: str, other: str) -> BetweenNights:
    persons = await harness.person(one), await harness.person(other)
    return await harness.nights.queries.between(*persons, harness.now)


async def test_those_who_share_no_night_have_nothing_to_notice(harness: Harness) -> None:
    await harness.plan("ana")

    assert await between(harness, "ana", "bo") == BetweenNights()


async def test_being_in_one_night_and_looking_out_can_be_noticed_from_both_sides(harness: Harness) -> None:
    places = await harness.together("bo")
    assert await between(harness, "bo", "ana") == BetweenNights(together=True)
    await harness.agreed(places, "ana", "bo")

    assert await between(harness, "ana", "bo") == BetweenNights(together=True, looks=True)
    assert await between(harness, "bo", "ana") == BetweenNights(together=True, looks=True)


async def test_a_wish_and_an_invitation_look_the_same_before_a_no_and_after_it(harness: Harness) -> None:
    places = await harness.together("bo")
    id = await harness.wish(places, "ana", "bo")
    before = await between(harness, "ana", "bo")
    await harness.nights.looking.decline(await harness.person("bo"), id, harness.now)
    assert await between(harness, "ana", "bo") == before == BetweenNights(together=True, wished=True)

    company, cy = harness.nights.company, await harness.person("cy")
    ana, user = await harness.person("ana"), harness.discord_user("cy")
    await company.invite(ana, places["ana"], user, harness.now)
    before = await between(harness, "ana", "cy")
    [waiting] = await company.waiting(cy, harness.now)
    await company.decline(cy, waiting.member.id, harness.now)
    assert await between(harness, "ana", "cy") == before == BetweenNights(wished=True)


async def test_a_boundary_of_the_other_changes_nothing_that_was_not_over(harness: Harness) -> None:
    places = await harness.together("bo")
    await harness.wish(places, "ana", "bo")
    await harness.apart("bo", "ana")

    assert await between(harness, "ana", "bo") == BetweenNights(), "as if bo had left"


# -- in a channel -------------------------------------------------------------------------------------


async def standing(harness: Harness) -> list[tuple[int, bool]]:
    """Return the channel of each post, and whether it is to be shown."""
    rows = await harness.db.read(lambda tx: tx.all(select(channel_posts)))
    return sorted((row.channel, bool(row.wanted)) for row in rows if row.kind == posts.POST)


async def test_a_night_is_posted_once_in_one_channel(harness: Harness) -> None:
    view = await harness.plan("ana")
    ana, id = view.member.person, view.member.id
    for _ in range(2):
        await harness.nights.company.post(ana, id, 5, harness.now)
    assert await standing(harness) == [(5, True)]

    await harness.nights.company.post(ana, id, 6, harness.now)

    assert await standing(harness) == [(6, True)], "what had not been sent is called off"


async def test_its_message_goes_at_noon(harness: Harness) -> None:
    await harness.together("bo")
    await harness.wait(days=1, hours=1)

    assert await standing(harness) == []


async def test_its_message_goes_when_the_last_has_left(harness: Harness) -> None:
    places = await harness.together()
    await harness.leave("ana", places["ana"])

    assert await standing(harness) == []


async def test_a_channel_in_which_it_cannot_stand_is_forgotten(harness: Harness) -> None:
    places = await harness.together()
    night = (await harness.show("ana", places["ana"])).night
    post = ChannelPost.to(HERE, 5, posts.POST, night.id, harness.now)

    await harness.db.write(
        lambda tx: harness.nights.posts.on_posted(
            tx, post, PostOutcome.BARRED, harness.now + timedelta(minutes=1)
        )
    )

    assert (await harness.show("ana", places["ana"])).night.channel is None
    assert await standing(harness) == []
