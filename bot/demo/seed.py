"""What has happened on the demo's server before its page opens: five ordinary weeks among friends."""

from datetime import datetime, timedelta
from itertools import permutations
from typing import TYPE_CHECKING

from simcord import MemberActor

from bot.demo import simcord_internals as internals
from bot.demo.bot_scope import keep_inside
from bot.demo.cast import CAST
from bot.demo.server import DemoServer

if TYPE_CHECKING:
    from bot.services import Services

LIVED = timedelta(days=33)
"""How long ago the pretend server begins, so that a pair is in its fifth week when the page opens."""


async def seed(
    demo_server: DemoServer, members: dict[str, MemberActor], until: datetime | None = None
) -> None:
    """Put the friends into each other's pods. With `until`, let them also live the weeks until then.

    All of it goes through the bot's own services. For a bot without services only the time passes.
    """
    services: Services | None = getattr(demo_server.bot, "services", None)
    if services is not None:
        await _befriend_all(demo_server, services, members)
        if until is not None:
            from bot.demo.past import Past

            await Past(demo_server, services, members, until).happen()
    if until is not None:
        await demo_server.skip(until - demo_server.now)


async def _befriend_all(
    demo_server: DemoServer, services: "Services", members: dict[str, MemberActor]
) -> None:
    friends = [members[part.name] for part in CAST if part.friends]
    await services.dm_dispatcher.stop(drain=0)
    for owner, friend in permutations(friends, 2):
        await _befriend(demo_server, services, owner, friend)
    with internals.bot_scope(demo_server.env):
        await services.dm_dispatcher.start()
    keep_inside(demo_server.env, demo_server.bot)
    await demo_server.settle()


async def _befriend(
    demo_server: DemoServer, services: "Services", owner: MemberActor, friend: MemberActor
) -> None:
    """Let `friend` agree to be asked by `owner`."""
    from bot.ids import ServerId
    from bot.people.models import DiscordUser

    server, now = ServerId(owner.guild.id), demo_server.now
    mine, theirs = (DiscordUser(one.id, str(one.user.global_name), server) for one in (owner, friend))
    inviter, invited = await services.people.meet(mine, now), await services.people.meet(theirs, now)
    invitation = await services.pods.invitations.invite(inviter, server, theirs, now)
    tie = await services.pods.invitations.accept(invited, invitation.id, now)
    # That is old news: nobody should find a DM about it when the demo opens.
    await services.messages.close(inviter, tie.id, now)
