"""A version is put to the group, counted at its end, and answered by name of its number."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import NotYours
from bot.norms import posts, timers
from bot.norms.models import NoChannel, NoNorms, NothingChanged, Stand, StandsNoMore, VersionState
from bot.servers.models import Ratifying
from tests.unit.norms.fixtures import CHANNEL, HERE, Town, norm

A, B = norm("a"), norm("b")
FIVE = ["p0", "p1", "p2", "p3", "p4"]


async def rule(town: Town, *, least: int = 5, share: int = 67, days: int = 7) -> None:
    ratifying = replace(Ratifying(), least=least, share=share, days=days)
    await town.servers.change(HERE, await town.person("mo"), town.now, {"ratifying": ratifying})


async def test_a_proposal_waits_in_its_channel_and_is_not_in_force(town: Town) -> None:
    version = await town.put(A, B)
    assert (version.number, version.norms) == (1, (A, B))
    put = await town.shown(version)
    assert (put.ballot.state, put.before, put.newer) == (VersionState.OPEN, None, None)
    assert put.ballot.ends_at == town.now + timedelta(days=7)
    assert await town.in_force() is None
    [post] = await town.posts(posts.BALLOT)
    assert (post.subject, post.channel) == (version.id, CHANNEL)
    assert await town.alarms(timers.BALLOT_ENDS) == [version.id]


async def test_it_takes_a_channel_and_a_norm_and_a_change(town: Town) -> None:
    mo = await town.person("mo")
    with pytest.raises(NoNorms):
        await town.norms.ballots.put(mo, HERE, town.now, direct=False)
    await town.put(A, direct=True)
    with pytest.raises(NothingChanged):
        await town.norms.ballots.put(mo, HERE, town.now, direct=False)
    with pytest.raises(NoNorms):
        await town.put()
    with pytest.raises(NothingChanged):
        await town.put(A)
    proposed = await town.put(B)
    for again in ((B,), (A,)):
        with pytest.raises(NothingChanged):
            await town.put(*again)
    assert (await town.ballot(proposed)).state is VersionState.OPEN
    await town.servers.change(HERE, mo, town.now, {"norms_channel": None})
    with pytest.raises(NoChannel):
        await town.put(A, B)


async def test_in_is_for_the_version_named_and_undone_at_will(town: Town) -> None:
    version = await town.put(A)
    first = await town.be_in("ana", version)
    assert (first.version.number, first.stand, first.fresh) == (1, Stand.IN, True)
    again = await town.be_in("ana", version)
    assert (again.stand, again.fresh) == (Stand.IN, False)
    assert await town.counted(version) == (1, 0)
    out = await town.be_out("ana", version)
    assert (out.stand, out.fresh) == (None, True)
    assert (await town.be_out("ana", version)).fresh is False
    assert await town.counted(version) == (0, 0)


async def test_the_message_is_edited_when_the_count_changed_and_else_not(town: Town) -> None:
    version = await town.put(A)
    await town.stands(posts.BALLOT, version.id)
    await town.be_out("ana", version)
    assert not await town.renewed(version)
    await town.be_in("ana", version)
    assert await town.renewed(version)
    [post] = await town.posts(posts.BALLOT)
    assert post.due_at == town.now + timedelta(seconds=5)
    await town.stands(posts.BALLOT, version.id)
    await town.be_in("ana", version)
    assert not await town.renewed(version)


async def test_two_presses_at_once_count_once(town: Town) -> None:
    version = await town.put(A)
    await town.person("ana")
    both = await asyncio.gather(town.be_in("ana", version), town.be_in("ana", version))
    assert sorted(one.fresh for one in both) == [False, True]
    assert await town.counted(version) == (1, 0)


@pytest.mark.parametrize(
    ("yes", "concerns", "least", "share", "state"),
    [
        (5, 0, 5, 67, VersionState.RATIFIED),
        (4, 0, 5, 67, VersionState.NOT_RATIFIED),
        (2, 1, 2, 67, VersionState.NOT_RATIFIED),
        (2, 1, 2, 66, VersionState.RATIFIED),
        (1, 1, 1, 50, VersionState.RATIFIED),
        (3, 1, 1, 100, VersionState.NOT_RATIFIED),
        (0, 0, 1, 50, VersionState.NOT_RATIFIED),
    ],
)
async def test_it_is_counted_at_its_end(
    town: Town, yes: int, concerns: int, least: int, share: int, state: VersionState
) -> None:
    await rule(town, least=least, share=share, days=3)
    version = await town.put(A)
    for number in range(yes):
        await town.be_in(f"p{number}", version)
    for number in range(concerns):
        await town.tell(f"q{number}", version)
    await town.wait(days=2, hours=23)
    assert (await town.ballot(version)).state is VersionState.OPEN
    await town.wait(hours=1)
    ballot = await town.ballot(version)
    assert (ballot.state, ballot.yes, ballot.concerns) == (state, yes, concerns)
    assert ballot.closed_at == town.now
    assert await town.in_force() == (1 if state is VersionState.RATIFIED else None)
    [result] = await town.posts(posts.RESULT)
    assert (result.subject, result.channel) == (version.id, CHANNEL)
    assert await town.alarms(timers.BALLOT_ENDS) == []


async def test_the_rule_is_the_one_it_was_put_under(town: Town) -> None:
    await rule(town, least=1)
    version = await town.put(A)
    await rule(town, least=50, days=30)
    await town.be_in("ana", version)
    await town.wait(days=7)
    assert (await town.ballot(version)).state is VersionState.RATIFIED


async def test_who_comes_in_once_it_is_agreed_on_is_counted_too(town: Town) -> None:
    await rule(town, least=1)
    version = await town.put(A)
    await town.be_in("ana", version)
    await town.wait(days=7)
    await town.be_in("bo", version)
    assert await town.counted(version) == (2, 0)
    assert (await town.ballot(version)).yes == 1


async def test_what_was_not_agreed_on_is_answered_no_more_and_can_be_worked_on(town: Town) -> None:
    version = await town.put(A, B)
    await town.wait(days=7)
    with pytest.raises(StandsNoMore):
        await town.be_in("ana", version)
    with pytest.raises(StandsNoMore):
        await town.be_out("ana", version)
    desk = await town.norms.drafts.desk(await town.person("mo"), HERE, town.now)
    assert desk.draft.norms == (A, B)
    again = await town.norms.ballots.put(await town.person("mo"), HERE, town.now, direct=False)
    assert again.number == 2


async def test_a_draft_begun_meanwhile_is_not_written_over(town: Town) -> None:
    version = await town.put(A)
    await town.draft(A, B)
    await town.wait(days=7)
    assert (await town.ballot(version)).state is VersionState.NOT_RATIFIED
    desk = await town.norms.drafts.desk(await town.person("mo"), HERE, town.now)
    assert desk.draft.norms == (A, B)


async def test_a_newer_proposal_replaces_the_one_that_stands(town: Town) -> None:
    first = await town.put(A)
    await town.be_in("ana", first)
    await town.stands(posts.BALLOT, first.id)
    second = await town.put(A, B)
    put = await town.shown(first)
    assert put.ballot.state is VersionState.REPLACED
    assert put.newer == second
    assert (put.yes, put.concerns) == (1, 0)
    assert await town.renewed(first)
    assert await town.alarms(timers.BALLOT_ENDS) == [second.id]
    assert await town.counted(second) == (0, 0)
    with pytest.raises(StandsNoMore):
        await town.be_in("bo", first)
    await town.wait(days=8)
    assert (await town.ballot(first)).state is VersionState.REPLACED
    assert [one.subject for one in await town.posts(posts.RESULT)] == [second.id]


async def test_published_at_once_it_is_in_force_and_the_old_message_says_so(town: Town) -> None:
    first = await town.put(A, direct=True)
    assert await town.in_force() == 1
    await town.be_in("ana", first)
    await town.stands(posts.BALLOT, first.id)
    proposed = await town.put(A, B)
    second = await town.put(B, direct=True)
    assert (await town.ballot(proposed)).state is VersionState.REPLACED
    assert await town.in_force() == 3
    assert await town.renewed(first)
    put = await town.shown(first)
    assert (put.ballot.state, put.newer) == (VersionState.PUBLISHED, second)
    assert (await town.shown(second)).before == first
    with pytest.raises(StandsNoMore):
        await town.be_in("bo", first)


async def test_agreed_on_it_takes_the_place_of_the_old_one(town: Town) -> None:
    await rule(town, least=1)
    first = await town.put(A, direct=True)
    await town.stands(posts.BALLOT, first.id)
    second = await town.put(B)
    await town.be_in("ana", second)
    assert (await town.be_in("ana", first)).version.number == 1
    await town.stands(posts.BALLOT, first.id)
    await town.wait(days=7)
    assert await town.in_force() == 2
    assert await town.renewed(first)
    assert (await town.shown(first)).newer == second


async def test_taken_back_it_is_closed_and_the_draft_again(town: Town) -> None:
    version = await town.put(A)
    await town.be_in("ana", version)
    assert (await town.withdraw()).number == 1
    ballot = await town.ballot(version)
    assert (ballot.state, ballot.yes) == (VersionState.WITHDRAWN, 1)
    with pytest.raises(NotYours):
        await town.withdraw()
    with pytest.raises(StandsNoMore):
        await town.be_in("bo", version)
    desk = await town.norms.drafts.desk(await town.person("mo"), HERE, town.now)
    assert (desk.draft.norms, desk.begun) == ((A,), True)
    await town.wait(days=8)
    assert await town.posts(posts.RESULT) == []


async def test_an_end_and_a_press_in_the_same_moment(town: Town) -> None:
    """Whichever comes first, the count is the one that the ballot closed with."""
    await rule(town, least=1)
    version = await town.put(A)
    await town.person("ana")
    town.now += timedelta(days=7)
    pressed, _ = await asyncio.gather(
        town.be_in("ana", version), town.agenda.run_due(town.now), return_exceptions=True
    )
    ballot = await town.ballot(version)
    if isinstance(pressed, StandsNoMore):
        assert (ballot.state, ballot.yes) == (VersionState.NOT_RATIFIED, 0)
    else:
        assert (ballot.state, ballot.yes) == (VersionState.RATIFIED, 1)


async def test_what_is_shown_to_a_member(town: Town) -> None:
    first = await town.put(A, direct=True)
    await town.be_in("ana", first)
    second = await town.put(B)
    view = await town.norms.here(await town.person("ana"), HERE)
    assert (view.version, view.stand, view.proposal, view.said) == (first, Stand.IN, second, None)
    await town.put(A, B, direct=True)
    view = await town.norms.here(await town.person("ana"), HERE)
    assert (view.stand, view.proposal, view.was_in) == (None, None, 1)


async def test_a_member_of_another_server_reaches_nothing(town: Town) -> None:
    version = await town.put(A)
    await town.stands(posts.BALLOT, version.id)
    [post] = await town.posts(posts.BALLOT)
    eve = await town.stranger("eve")
    ballots, queries = town.norms.ballots, town.norms.queries
    for reaching in (
        ballots.be_in(eve, version.id, town.now),
        ballots.be_out(eve, version.id, town.now),
        queries.see(eve, version.id),
        queries.posted(eve, post.id),
        town.norms.here(eve, HERE),
        ballots.be_in(eve, "nothing", town.now),
        queries.posted(eve, "nothing"),
    ):
        with pytest.raises(NotYours):
            await reaching
    assert (await queries.posted(await town.person("ana"), post.id)).version == version
    assert await town.counted(version) == (0, 0)


async def test_of_every_server_those_in_for_what_is_in_force(town: Town) -> None:
    first = await town.put(A, direct=True)
    for name in FIVE[:3]:
        await town.be_in(name, first)
    second = await town.put(B)
    await town.be_in("p4", second)
    assert await town.db.read(town.norms.members_in) == {HERE: 3}
    await town.put(A, B, direct=True)
    assert await town.db.read(town.norms.members_in) == {}
