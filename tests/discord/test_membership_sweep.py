"""MembershipSweep: once a day the bot checks who has left, and what people are called."""

import asyncio

import pytest
from simcord import MemberActor

from bot.asks.errors import AskClosed
from bot.asks.models import AskKind, AskText, Reply
from bot.demo.client.client import DemoClient
from bot.ids import PersonId, ServerId
from bot.people.models import DiscordUser
from bot.services import Services
from bot.ui.membership_sweep import EVERYONE, ROLL_CALL
from tests.discord.pairing import opened, paired


def services(demo: DemoClient) -> Services:
    held: Services = demo.bot.services
    return held


def discord_user(member: MemberActor) -> DiscordUser:
    return DiscordUser(member.id, str(member.user.global_name), ServerId(member.guild.id), member.user.name)


async def met(demo: DemoClient, member: MemberActor) -> PersonId:
    return await services(demo).people.meet(discord_user(member), demo.now)


async def asked(demo: DemoClient, asker: MemberActor, *answerers: MemberActor) -> str:
    """Send an ask to people who have agreed to be asked. Return its id."""
    at, server, by = services(demo), ServerId(asker.guild.id), await met(demo, asker)
    people = [await met(demo, one) for one in answerers]
    for member, person in zip(answerers, people, strict=True):
        invitation = await at.pods.invitations.invite(by, server, discord_user(member), demo.now)
        await at.pods.invitations.accept(person, invitation.id, demo.now)
    begun = await at.asks.drafts.begin(by, server, 1, demo.now)
    await at.asks.drafts.write(by, begun.ask.id, AskKind.SAID, AskText("what", "felt", "asking"), demo.now)
    await at.asks.drafts.pick(by, begun.ask.id, people, demo.now)
    await at.asks.send(by, begun.ask.id, demo.now)
    await demo.settle()
    return begun.ask.id


def rename(demo: DemoClient, member: MemberActor, name: str) -> None:
    demo.env.backend.guilds[member.guild.id].members[member.id].nick = name


def looks(demo: DemoClient) -> int:
    return sum(one.method == "GET" and "/members/" in one.path for one in demo.requests)


async def test_an_answerer_who_left_cannot_answer_after_the_next_sweep(demo: DemoClient) -> None:
    ana, bo, cy = [await demo.member(name) for name in ("ana", "bo", "cy")]
    ask = await asked(demo, ana, bo, cy)
    await demo.leave(bo)

    await demo.skip(days=1, minutes=2)

    status = await services(demo).asks.status(await met(demo, ana), ask, demo.now)
    assert sorted(one.reply for one in status.asked) == sorted([Reply.CANT, Reply.ASKED])


async def test_the_open_ask_of_an_asker_who_left_is_withdrawn(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await asked(demo, ana, bo)
    answerer = await met(demo, bo)
    (line,) = [one for one in await services(demo).messages.listed(answerer) if one.kind == "asks.asked"]
    await demo.leave(ana)

    await demo.skip(days=1, minutes=2)

    with pytest.raises(AskClosed):
        await services(demo).asks.answering.invited(answerer, line.subject)


async def test_the_sweep_looks_up_whoever_has_used_the_bot_also_if_nothing_is_open(demo: DemoClient) -> None:
    """If it looked up only some, others would see by a new name who has begun something."""
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await met(demo, ana)
    await services(demo).boundaries.add(await met(demo, ana), discord_user(bo), demo.now)

    await demo.skip(days=3, minutes=2)

    assert looks(demo) == 3


async def test_the_sweep_looks_up_each_person_once_a_day(demo: DemoClient) -> None:
    ana, bo, cy = [await demo.member(name) for name in ("ana", "bo", "cy")]
    await asked(demo, ana, bo)
    await asked(demo, ana, cy)
    await demo.skip(hours=23)
    before = looks(demo)

    await demo.skip(hours=2)

    assert looks(demo) - before == 3


async def test_a_restart_does_not_postpone_the_sweep(demo: DemoClient) -> None:
    due = await demo.bot.db.read(lambda tx: services(demo).agenda.due_at(tx, ROLL_CALL, EVERYONE))
    await demo.skip(hours=5)

    await demo.restart()

    assert due is not None
    assert due == await demo.bot.db.read(lambda tx: services(demo).agenda.due_at(tx, ROLL_CALL, EVERYONE))


async def test_an_error_of_discord_during_the_sweep_changes_nothing(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    ask = await asked(demo, ana, bo)
    demo.env.inject_error("GET", f"/guilds/{bo.guild.id}/members/{bo.id}", status=503, times=None)

    await demo.skip(days=1, minutes=2)

    status = await services(demo).asks.status(await met(demo, ana), ask, demo.now)
    assert [one.reply for one in status.asked] == [Reply.ASKED]
    assert await services(demo).people.servers_of(await met(demo, bo))


async def test_a_shutdown_in_the_middle_of_a_sweep_ends_it(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await asked(demo, ana, bo)
    sweep = services(demo).membership_sweep
    asking, asked_about = asyncio.Event(), 0

    async def never(_server: ServerId, _person: PersonId) -> None:
        nonlocal asked_about
        asked_about += 1
        asking.set()
        await asyncio.get_running_loop().create_future()

    sweep._check = never
    sweep._begin()
    await asking.wait()

    await sweep.stop(drain=0)

    assert asked_about == 1
    assert sweep._task is not None
    assert sweep._task.cancelled()


async def test_a_pair_with_somebody_whose_account_was_deleted_ends_at_the_next_sweep(
    demo: DemoClient,
) -> None:
    ana, bo = await paired(demo)
    demo.env.inject_error(
        "GET", f"/guilds/*/members/{bo.id}", status=404, code=10013, message="Unknown User", times=None
    )
    assert await services(demo).pairs.queries.people_in_open()
    await demo.skip(days=1, minutes=2)

    assert await services(demo).pairs.queries.people_in_open() == set()
    assert "has ended" in str(await opened(demo, ana))


async def test_a_new_name_is_seen_after_the_next_sweep_and_not_when_its_owner_uses_the_bot(
    demo: DemoClient,
) -> None:
    """Otherwise a new name would tell others that somebody has just used the bot."""
    ana, bo = await demo.member("ana"), await demo.member("bo")
    ask = await asked(demo, ana, bo)
    await demo.skip(days=1, minutes=2)

    async def name() -> str:
        [one] = (await services(demo).asks.status(await met(demo, ana), ask, demo.now)).asked
        return one.name

    rename(demo, bo, "Bo the new one")
    await demo.slash(bo, "inbox")
    assert await name() == "Bo"
    await demo.skip(days=1)
    assert await name() == "Bo the new one"


async def test_in_a_pod_people_are_looked_up_too(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    at, server = services(demo), ServerId(ana.guild.id)
    by, person = await met(demo, ana), await met(demo, bo)
    invitation = await at.pods.invitations.invite(by, server, discord_user(bo), demo.now)
    await at.pods.invitations.accept(person, invitation.id, demo.now)
    await demo.leave(bo)
    await demo.skip(days=1, minutes=2)
    assert (await at.pods.show(by, server, demo.now)).members == ()


@pytest.mark.parametrize("seen_in", ["an invitation", "a boundary"])
async def test_an_invitation_and_a_boundary_show_a_new_name_a_day_later_whether_or_not_its_owner_came(
    demo: DemoClient, seen_in: str
) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    at, server = services(demo), ServerId(ana.guild.id)
    by, person = await met(demo, ana), await met(demo, bo)
    if seen_in == "a boundary":
        await at.boundaries.add(by, discord_user(bo), demo.now)
    else:
        await at.pods.invitations.invite(by, server, discord_user(bo), demo.now)

    async def name() -> str | None:
        return await at.people.called(by, server, person, None)

    for day, new in enumerate(("Bo the second", "Bo the third")):
        before = await name()
        rename(demo, bo, new)
        if day:
            for command in ("inbox", "boundary", "pod"):
                await demo.slash(bo, command)
        assert await name() == before
        await demo.skip(days=1, minutes=2)
        assert await name() == new


async def test_while_discord_cannot_be_asked_a_name_stays_also_if_its_owner_uses_the_bot(
    demo: DemoClient,
) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    ask = await asked(demo, ana, bo)
    await demo.skip(days=1, minutes=2)
    path = f"/guilds/{bo.guild.id}/members/{bo.id}"
    demo.env.inject_error("GET", path, status=503, times=None)
    rename(demo, bo, "Bo the new one")
    await demo.skip(days=2)
    await demo.slash(bo, "inbox")
    [one] = (await services(demo).asks.status(await met(demo, ana), ask, demo.now)).asked
    assert one.name == "Bo"
