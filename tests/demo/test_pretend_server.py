"""The whole bot on the pretend server: its tasks follow the pretend clock, whoever calls its services."""

from simcord import MemberActor

from bot.demo.cast import CAST, join_cast
from bot.demo.client.client import DemoClient, demo_client
from bot.demo.seed import seed
from bot.ids import ServerId
from bot.people.models import DiscordUser


async def _befriended(demo: DemoClient) -> MemberActor:
    """Let Bo accept Ana's invitation by calls of the services, so that Ana must get a message."""
    services, server = demo.bot.services, ServerId(demo.server.id)
    ana, bo = await demo.member("ana"), await demo.member("bo")
    mine, theirs = (DiscordUser(one.id, one.name, server) for one in (ana, bo))
    inviter, invited = [await services.people.meet(one, demo.now) for one in (mine, theirs)]
    invitation = await services.pods.invitations.invite(inviter, server, theirs, demo.now)
    await services.pods.invitations.accept(invited, invitation.id, demo.now)
    return ana


async def test_a_message_that_a_service_wrote_outside_a_press_is_delivered() -> None:
    async with demo_client() as demo:
        ana = await _befriended(demo)
        await demo.settle()
        [line] = demo.dms(ana)
        assert line.buttons == ["Open"]


async def test_a_message_can_be_opened_after_a_month_of_pretend_time_and_a_restart() -> None:
    async with demo_client() as demo:
        ana = await _befriended(demo)
        began = demo.now
        await demo.skip(days=30)
        assert (demo.now - began).days == 30
        await demo.restart()
        [line] = demo.dms(ana)
        assert "bo" in await line.press("Open")


async def test_the_demo_begins_with_friends_in_pods_and_without_old_messages() -> None:
    async with demo_client() as demo:
        members = await join_cast(demo.demo_server)
        await seed(demo.demo_server, members)
        assert all(demo.dms(member) == [] for member in members.values())
        noor = await demo.slash(members["noor"], "pod")
        for part in CAST:
            assert (part.shown in noor) is (part.friends and part.name != "noor")
        wren = await demo.slash(members["wren"], "pod")
        assert "Nobody yet" in wren
        demo.bot.services.dm_dispatcher.wake()
        assert [one.path for one in demo.requests if one.path.endswith("/messages")] == []
