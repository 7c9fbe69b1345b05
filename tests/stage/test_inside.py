"""The whole bot on the stage: what it begins keeps the pretend time, whoever called its services."""

from simcord import MemberActor

from bot.ids import ServerId
from bot.people.models import DiscordUser
from bot.stage.company import COMPANY, assembled
from bot.stage.seed import seed
from bot.stage.theatre import Theatre, stage


async def _befriended(theatre: Theatre) -> MemberActor:
    """Bo accepts Ana's invitation, by the services: Ana is to be told."""
    services, server = theatre.bot.services, ServerId(theatre.server.id)
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    mine, theirs = (DiscordUser(one.id, one.name, server) for one in (ana, bo))
    inviter, invited = [await services.people.meet(one, theatre.now) for one in (mine, theirs)]
    invitation = await services.pods.invitations.invite(inviter, server, theirs, theatre.now)
    await services.pods.invitations.accept(invited, invitation.id, theatre.now)
    return ana


async def test_what_a_service_wrote_is_delivered() -> None:
    async with stage() as theatre:
        ana = await _befriended(theatre)
        await theatre.settle()
        [line] = theatre.dms(ana)
        assert line.buttons == ["Open"]


async def test_a_month_passes_in_moments_and_a_restart_changes_nothing() -> None:
    async with stage() as theatre:
        ana = await _befriended(theatre)
        began = theatre.now
        await theatre.skip(days=30)
        assert (theatre.now - began).days == 30
        await theatre.restart()
        [line] = theatre.dms(ana)
        assert "bo" in await line.press("Open")


async def test_the_demo_opens_with_friends_and_without_old_news() -> None:
    async with stage() as theatre:
        members = await assembled(theatre.world)
        await seed(theatre.world, members)
        assert all(theatre.dms(member) == [] for member in members.values())
        noor = await theatre.slash(members["noor"], "pod")
        for part in COMPANY:
            assert (part.shown in noor) is (part.friends and part.name != "noor")
        wren = await theatre.slash(members["wren"], "pod")
        assert "Nobody yet" in wren
        theatre.bot.services.dm_dispatcher.wake()
        assert [one.path for one in theatre.requests if one.path.endswith("/messages")] == []
