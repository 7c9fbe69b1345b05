"""What others can see of a boundary: even to somebody who compares, it looks like an ordinary ending."""

import pytest
from msgspec.structs import replace

from bot.events import TieEnded
from bot.ids import PersonId, ServerId
from bot.pods.errors import OwnBoundary
from bot.pods.models import Sent
from bot.storage.tx import Tx
from tests.unit.pods.fixtures import HERE, Harness

ELSEWHERE = ServerId(78)


async def boundary_on(harness: Harness, by: PersonId, name: str, server: ServerId) -> None:
    """Let `by` set a boundary with somebody whom they choose in a server, as `/boundary` does."""

    async def set_it(tx: Tx) -> None:
        discord_user = replace(harness.discord_user(name), server=server)
        await harness.boundaries.keep_apart(
            tx, by, await harness.people.someone(tx, discord_user, harness.now), harness.now
        )

    await harness.db.write(set_it)


async def test_setting_a_boundary_in_a_server_does_not_list_that_server_for_the_other_person(
    harness: Harness,
) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await boundary_on(harness, ana, "bo", ELSEWHERE)
    assert await harness.people.servers_of(bo) == [HERE]
    assert await harness.pods.places(bo, harness.now) == [HERE]


async def test_a_server_is_listed_for_somebody_once_they_come_there_themselves(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await boundary_on(harness, ana, "bo", ELSEWHERE)
    await harness.people.meet(replace(harness.discord_user("bo"), server=ELSEWHERE), harness.now)
    assert await harness.people.servers_of(bo) == [HERE, ELSEWHERE]
    await boundary_on(harness, await harness.person("cy"), "bo", ELSEWHERE)
    assert await harness.people.servers_of(bo) == [HERE, ELSEWHERE]


async def test_a_server_with_a_waiting_invitation_is_listed_until_a_boundary_hides_it(
    harness: Harness,
) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.pods.invitations.invite(
        ana, ELSEWHERE, replace(harness.discord_user("bo"), server=ELSEWHERE), harness.now
    )
    assert await harness.pods.places(bo, harness.now) == [HERE, ELSEWHERE]
    await boundary_on(harness, bo, "ana", HERE)
    assert await harness.pods.places(bo, harness.now) == [HERE]


async def test_an_invitation_whose_yes_was_told_does_not_reappear_after_the_parting(harness: Harness) -> None:
    ana = await harness.person("ana")
    await harness.tie("bo", "ana")
    await boundary_on(harness, ana, "bo", HERE)
    await harness.wait(hours=24)
    pod = await harness.pod("bo")
    assert (pod.members, pod.sent) == ((), ())


async def test_only_the_person_who_set_a_boundary_is_refused_when_they_invite_the_other(
    harness: Harness,
) -> None:
    ana = await harness.person("ana")
    await harness.person("bo")
    await boundary_on(harness, ana, "bo", HERE)
    with pytest.raises(OwnBoundary):
        await harness.invite("ana", "bo")
    assert (await harness.invite("bo", "ana")).member == ana, "to the other it is an invitation like any"


async def test_leaving_and_removing_both_publish_that_the_tie_ended(harness: Harness) -> None:
    ended = harness.heard(TieEnded)
    ana, bo = await harness.person("ana"), await harness.person("bo")
    invitation = await harness.invite("ana", "bo")
    tie = await harness.pods.invitations.accept(bo, invitation.id, harness.now)
    await harness.pods.leave(bo, tie.id, harness.now)
    again = await harness.pods.invitations.accept(bo, (await _fresh(harness)).id, harness.now)
    await harness.pods.remove(ana, again.id, harness.now)
    assert [(one.owner, one.member, one.server) for one in ended] == [(ana, bo, HERE)] * 2


async def _fresh(harness: Harness) -> Sent:
    await harness.wait(days=91)
    return await harness.invite("ana", "bo")
