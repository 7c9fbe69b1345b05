"""What a curious ex could compare: a boundary leaves nothing behind that an ordinary ending would not."""

from dataclasses import replace

import pytest

from bot.events import TieEnded
from bot.ids import PersonId, ServerId
from bot.pods.models import OwnBoundary, Sent
from bot.storage.tx import Tx
from tests.unit.pods.fixtures import HERE, Town

ELSEWHERE = ServerId(78)


async def boundary_on(town: Town, by: PersonId, name: str, server: ServerId) -> None:
    """`by` chooses somebody in a server, as `/boundary` does."""

    async def set_it(tx: Tx) -> None:
        passer = replace(town.passer(name), server=server)
        await town.boundaries.keep_apart(tx, by, await town.people.someone(tx, passer), town.now)

    await town.db.write(set_it)


async def test_being_named_in_a_server_does_not_bring_them_there(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    await boundary_on(town, ana, "bo", ELSEWHERE)
    assert await town.people.servers_of(bo) == [HERE]
    assert await town.pods.places(bo, town.now) == [HERE]


async def test_coming_there_afterwards_counts_as_for_anybody(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    await boundary_on(town, ana, "bo", ELSEWHERE)
    await town.people.meet(replace(town.passer("bo"), server=ELSEWHERE), town.now)
    assert await town.people.servers_of(bo) == [HERE, ELSEWHERE]
    await boundary_on(town, await town.person("cy"), "bo", ELSEWHERE)
    assert await town.people.servers_of(bo) == [HERE, ELSEWHERE]


async def test_an_invitation_that_reaches_them_shows_where_it_waits(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    await town.pods.invitations.invite(ana, ELSEWHERE, replace(town.passer("bo"), server=ELSEWHERE), town.now)
    assert await town.pods.places(bo, town.now) == [HERE, ELSEWHERE]
    await boundary_on(town, bo, "ana", HERE)
    assert await town.pods.places(bo, town.now) == [HERE]


async def test_after_a_parting_no_invitation_comes_back_that_was_answered(town: Town) -> None:
    ana = await town.person("ana")
    invitation = await town.invite("bo", "ana")
    await town.pods.invitations.accept(ana, invitation.id, town.now)
    await boundary_on(town, ana, "bo", HERE)
    await town.wait(hours=24)
    pod = await town.pod("bo")
    assert (pod.members, pod.sent) == ((), ())


async def test_whoever_set_a_boundary_is_reminded_of_it_before_they_invite(town: Town) -> None:
    ana = await town.person("ana")
    await town.person("bo")
    await boundary_on(town, ana, "bo", HERE)
    with pytest.raises(OwnBoundary):
        await town.invite("ana", "bo")
    assert (await town.invite("bo", "ana")).member == ana, "to the other it is an invitation like any"


async def test_who_ends_a_tie_leaves_nothing_open_along_it(town: Town) -> None:
    ended = town.heard(TieEnded)
    ana, bo = await town.person("ana"), await town.person("bo")
    invitation = await town.invite("ana", "bo")
    tie = await town.pods.invitations.accept(bo, invitation.id, town.now)
    await town.pods.leave(bo, tie.id, town.now)
    again = await town.pods.invitations.accept(bo, (await _fresh(town)).id, town.now)
    await town.pods.remove(ana, again.id, town.now)
    assert [(one.owner, one.member, one.server) for one in ended] == [(ana, bo, HERE)] * 2


async def _fresh(town: Town) -> Sent:
    await town.wait(days=91)
    return await town.invite("ana", "bo")
