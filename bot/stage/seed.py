"""What has already happened on the demo's server when it opens: some friends said yes to each other."""

from datetime import datetime
from itertools import permutations
from typing import TYPE_CHECKING

from simcord import MemberActor

from bot.stage.company import COMPANY
from bot.stage.inside import keep_inside
from bot.stage.world import World

if TYPE_CHECKING:
    from bot.house import House


async def seed(world: World, members: dict[str, MemberActor]) -> None:
    """Put the friends into each other's pods, by the bot's own services; a bot without a house has none."""
    house: House | None = getattr(world.bot, "house", None)
    if house is not None:
        friends = [members[part.name] for part in COMPANY if part.friends]
        await house.courier.stop(drain=0)
        for owner, friend in permutations(friends, 2):
            await _befriend(house, owner, friend, world.now)
        with world.env._bot_scope():
            house.courier.start()
        keep_inside(world.env, world.bot)
    await world.settle()


async def _befriend(house: "House", owner: MemberActor, friend: MemberActor, now: datetime) -> None:
    """`friend` has agreed to be asked by `owner`."""
    from bot.ids import ServerId
    from bot.people.model import Passer

    server = ServerId(owner.guild.id)
    mine, theirs = (Passer(one.id, str(one.user.global_name), server) for one in (owner, friend))
    inviter, invited = await house.people.meet(mine, now), await house.people.meet(theirs, now)
    invitation = await house.pods.invite(inviter, server, theirs, now)
    tie = await house.pods.accept(invited, invitation.id, now)
    # Old news: nobody is to find a DM about it when the demo opens.
    await house.db.write(lambda tx: house.outbox.close(tx, tie.id, now))
