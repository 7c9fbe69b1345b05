"""The daily look for who has left a server in which they have something open."""

import asyncio

import pytest
from simcord import MemberActor

from bot.asks.models import AskKind, AskText, Reply
from bot.errors import Refusal
from bot.ids import PersonId, ServerId
from bot.people.models import DiscordUser
from bot.services import Services
from bot.stage.theatre import Theatre
from bot.ui.membership_sweep import EVERYONE, ROLL_CALL


def services(theatre: Theatre) -> Services:
    held: Services = theatre.bot.services
    return held


def passer(member: MemberActor) -> DiscordUser:
    return DiscordUser(member.id, str(member.user.global_name), ServerId(member.guild.id))


async def met(theatre: Theatre, member: MemberActor) -> PersonId:
    return await services(theatre).people.meet(passer(member), theatre.now)


async def asked(theatre: Theatre, asker: MemberActor, *answerers: MemberActor) -> str:
    """An ask that is open, of people who have agreed to be asked; its id."""
    at, server, by = services(theatre), ServerId(asker.guild.id), await met(theatre, asker)
    people = [await met(theatre, one) for one in answerers]
    for member, person in zip(answerers, people, strict=True):
        invitation = await at.pods.invitations.invite(by, server, passer(member), theatre.now)
        await at.pods.invitations.accept(person, invitation.id, theatre.now)
    begun = await at.asks.drafts.begin(by, server, 1, theatre.now)
    await at.asks.drafts.write(by, begun.ask.id, AskKind.SAID, AskText("what", "felt", "asking"), theatre.now)
    await at.asks.drafts.pick(by, begun.ask.id, people, theatre.now)
    await at.asks.send(by, begun.ask.id, theatre.now)
    await theatre.settle()
    return begun.ask.id


def looks(theatre: Theatre) -> int:
    return sum(one.method == "GET" and "/members/" in one.path for one in theatre.requests)


async def test_an_answerer_who_left_cannot_answer_from_the_next_look_on(theatre: Theatre) -> None:
    ana, bo, cy = [await theatre.member(name) for name in ("ana", "bo", "cy")]
    ask = await asked(theatre, ana, bo, cy)
    await theatre.leave(bo)

    await theatre.skip(days=1, minutes=2)

    status = await services(theatre).asks.status(await met(theatre, ana), ask, theatre.now)
    assert sorted(one.reply for one in status.asked) == sorted([Reply.CANT, Reply.ASKED])


async def test_what_an_asker_who_left_had_open_is_withdrawn(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    await asked(theatre, ana, bo)
    answerer = await met(theatre, bo)
    (line,) = [one for one in await services(theatre).messages.listed(answerer) if one.kind == "asks.asked"]
    await theatre.leave(ana)

    await theatre.skip(days=1, minutes=2)

    with pytest.raises(Refusal, check=lambda refused: type(refused).__name__ == "Closed"):
        await services(theatre).asks.answering.invited(answerer, line.subject)


async def test_with_nothing_open_nobody_is_asked_about(theatre: Theatre) -> None:
    await met(theatre, await theatre.member("ana"))

    await theatre.skip(days=3)

    assert looks(theatre) == 0


async def test_everyone_is_asked_about_once_a_day(theatre: Theatre) -> None:
    ana, bo, cy = [await theatre.member(name) for name in ("ana", "bo", "cy")]
    await asked(theatre, ana, bo)
    await asked(theatre, ana, cy)
    await theatre.skip(hours=23)
    before = looks(theatre)

    await theatre.skip(hours=2)

    assert looks(theatre) - before == 3


async def test_a_restart_does_not_put_it_off(theatre: Theatre) -> None:
    due = await theatre.bot.db.read(lambda tx: services(theatre).agenda.due_at(tx, ROLL_CALL, EVERYONE))
    await theatre.skip(hours=5)

    await theatre.restart()

    assert due is not None
    assert due == await theatre.bot.db.read(
        lambda tx: services(theatre).agenda.due_at(tx, ROLL_CALL, EVERYONE)
    )


async def test_trouble_on_discords_side_changes_nothing(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    ask = await asked(theatre, ana, bo)
    theatre.env.inject_error("GET", f"/guilds/{bo.guild.id}/members/{bo.id}", status=503, times=None)

    await theatre.skip(days=1, minutes=2)

    status = await services(theatre).asks.status(await met(theatre, ana), ask, theatre.now)
    assert [one.reply for one in status.asked] == [Reply.ASKED]
    assert await services(theatre).people.servers_of(await met(theatre, bo))


async def test_a_shutdown_in_the_middle_of_it_ends_it(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    await asked(theatre, ana, bo)
    roll_call = services(theatre).membership_sweep
    asking, asked_about = asyncio.Event(), 0

    async def never(_server: ServerId, _person: PersonId) -> bool:
        nonlocal asked_about
        asked_about += 1
        asking.set()
        await asyncio.get_running_loop().create_future()
        return True

    roll_call._still_here = never
    roll_call._begin()
    await asking.wait()

    await roll_call.stop(drain=0)

    assert asked_about == 1
    assert roll_call._look is not None
    assert roll_call._look.cancelled()
