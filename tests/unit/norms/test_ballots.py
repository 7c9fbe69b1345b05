"""A version is put to the group and counted when voting ends; each answer is for a numbered version."""

import asyncio
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.errors import NotYours
from bot.norms import posts, timers
from bot.norms.errors import NoChannel, NoNorms, NothingChanged, StandsNoMore
from bot.norms.models import Stand, VersionState
from bot.servers.models import Ratifying
from tests.unit.norms.fixtures import CHANNEL, HERE, Harness, norm

A, B = norm("a"), norm("b")
FIVE = ["p0", "p1", "p2", "p3", "p4"]


async def rule(harness: Harness, *, least: int = 5, share: int = 67, days: int = 7) -> None:
    ratifying = replace(Ratifying(), least=least, share=share, days=days)
    await harness.servers.change(HERE, await harness.person("mo"), harness.now, {"ratifying": ratifying})


async def test_a_proposal_waits_in_its_channel_and_is_not_in_force(harness: Harness) -> None:
    version = await harness.put(A, B)
    assert (version.number, version.norms) == (1, (A, B))
    put = await harness.shown(version)
    assert (put.ballot.state, put.before, put.newer) == (VersionState.OPEN, None, None)
    assert put.ballot.ends_at == harness.now + timedelta(days=7)
    assert await harness.in_force() is None
    [post] = await harness.posts(posts.BALLOT)
    assert (post.subject, post.channel) == (version.id, CHANNEL)
    assert await harness.timers(timers.BALLOT_ENDS) == [version.id]


@pytest.mark.parametrize(("members", "least"), [(None, 5), (12, 5), (120, 24), (900, 30)])
async def test_the_threshold_of_a_proposal_follows_the_size_of_the_server(
    harness: Harness, members: int | None, least: int
) -> None:
    await harness.draft(A)
    mo = await harness.person("mo")
    version = await harness.norms.ballots.put(mo, HERE, harness.now, direct=False, members=members)
    assert (await harness.shown(version)).ballot.least == least


async def test_a_threshold_that_moderators_chose_stays_whatever_the_size(harness: Harness) -> None:
    await rule(harness, least=3)
    await harness.draft(A)
    mo = await harness.person("mo")
    version = await harness.norms.ballots.put(mo, HERE, harness.now, direct=False, members=900)
    assert (await harness.shown(version)).ballot.least == 3


async def test_a_version_needs_a_channel_and_at_least_one_norm_and_a_change(harness: Harness) -> None:
    mo = await harness.person("mo")
    with pytest.raises(NoNorms):
        await harness.norms.ballots.put(mo, HERE, harness.now, direct=False)
    await harness.put(A, direct=True)
    with pytest.raises(NothingChanged):
        await harness.norms.ballots.put(mo, HERE, harness.now, direct=False)
    with pytest.raises(NoNorms):
        await harness.put()
    with pytest.raises(NothingChanged):
        await harness.put(A)
    proposed = await harness.put(B)
    for again in ((B,), (A,)):
        with pytest.raises(NothingChanged):
            await harness.put(*again)
    assert (await harness.ballot(proposed)).state is VersionState.OPEN
    await harness.servers.change(HERE, mo, harness.now, {"norms_channel": None})
    with pytest.raises(NoChannel):
        await harness.put(A, B)


async def test_a_member_can_be_in_for_a_version_and_take_that_back(harness: Harness) -> None:
    version = await harness.put(A)
    first = await harness.be_in("ana", version)
    assert (first.version.number, first.stand, first.fresh) == (1, Stand.IN, True)
    again = await harness.be_in("ana", version)
    assert (again.stand, again.fresh) == (Stand.IN, False)
    assert await harness.counted(version) == (1, 0)
    out = await harness.be_out("ana", version)
    assert (out.stand, out.fresh) == (None, True)
    assert (await harness.be_out("ana", version)).fresh is False
    assert await harness.counted(version) == (0, 0)


async def test_the_message_is_edited_only_when_the_count_has_changed(harness: Harness) -> None:
    version = await harness.put(A)
    await harness.stands(posts.BALLOT, version.id)
    await harness.be_out("ana", version)
    assert not await harness.renewed(version)
    await harness.be_in("ana", version)
    assert await harness.renewed(version)
    [post] = await harness.posts(posts.BALLOT)
    assert post.due_at == harness.now + timedelta(seconds=1)
    await harness.stands(posts.BALLOT, version.id)
    await harness.be_in("ana", version)
    assert not await harness.renewed(version)


async def test_two_presses_at_once_count_once(harness: Harness) -> None:
    version = await harness.put(A)
    await harness.person("ana")
    both = await asyncio.gather(harness.be_in("ana", version), harness.be_in("ana", version))
    assert sorted(one.fresh for one in both) == [False, True]
    assert await harness.counted(version) == (1, 0)


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
async def test_a_proposal_is_counted_when_its_time_ends(
    harness: Harness, yes: int, concerns: int, least: int, share: int, state: VersionState
) -> None:
    await rule(harness, least=least, share=share, days=3)
    version = await harness.put(A)
    for number in range(yes):
        await harness.be_in(f"p{number}", version)
    for number in range(concerns):
        await harness.tell(f"q{number}", version)
    await harness.wait(days=2, hours=23)
    assert (await harness.ballot(version)).state is VersionState.OPEN
    await harness.wait(hours=1)
    ballot = await harness.ballot(version)
    assert (ballot.state, ballot.yes, ballot.concerns) == (state, yes, concerns)
    assert ballot.closed_at == harness.now
    assert await harness.in_force() == (1 if state is VersionState.RATIFIED else None)
    [result] = await harness.posts(posts.RESULT)
    assert (result.subject, result.channel) == (version.id, CHANNEL)
    assert await harness.timers(timers.BALLOT_ENDS) == []


async def test_a_later_change_of_the_voting_rule_does_not_apply_to_an_open_proposal(harness: Harness) -> None:
    await rule(harness, least=1)
    version = await harness.put(A)
    await rule(harness, least=50, days=30)
    await harness.be_in("ana", version)
    await harness.wait(days=7)
    assert (await harness.ballot(version)).state is VersionState.RATIFIED


async def test_an_im_in_after_the_vote_is_counted_but_does_not_change_the_result(harness: Harness) -> None:
    await rule(harness, least=1)
    version = await harness.put(A)
    await harness.be_in("ana", version)
    await harness.wait(days=7)
    await harness.be_in("bo", version)
    assert await harness.counted(version) == (2, 0)
    assert (await harness.ballot(version)).yes == 1


async def test_a_version_that_was_not_ratified_accepts_no_answer_and_becomes_the_draft_again(
    harness: Harness,
) -> None:
    version = await harness.put(A, B)
    await harness.wait(days=7)
    with pytest.raises(StandsNoMore):
        await harness.be_in("ana", version)
    with pytest.raises(StandsNoMore):
        await harness.be_out("ana", version)
    desk = await harness.norms.drafts.desk(await harness.person("mo"), HERE, harness.now)
    assert desk.draft.norms == (A, B)
    again = await harness.norms.ballots.put(await harness.person("mo"), HERE, harness.now, direct=False)
    assert again.number == 2


async def test_a_draft_begun_during_the_vote_is_not_overwritten_when_the_proposal_fails(
    harness: Harness,
) -> None:
    version = await harness.put(A)
    await harness.draft(A, B)
    await harness.wait(days=7)
    assert (await harness.ballot(version)).state is VersionState.NOT_RATIFIED
    desk = await harness.norms.drafts.desk(await harness.person("mo"), HERE, harness.now)
    assert desk.draft.norms == (A, B)


async def test_a_newer_proposal_replaces_an_open_one(harness: Harness) -> None:
    first = await harness.put(A)
    await harness.be_in("ana", first)
    await harness.stands(posts.BALLOT, first.id)
    second = await harness.put(A, B)
    put = await harness.shown(first)
    assert put.ballot.state is VersionState.REPLACED
    assert put.newer == second
    assert (put.yes, put.concerns) == (1, 0)
    assert await harness.renewed(first)
    assert await harness.timers(timers.BALLOT_ENDS) == [second.id]
    assert await harness.counted(second) == (0, 0)
    with pytest.raises(StandsNoMore):
        await harness.be_in("bo", first)
    await harness.wait(days=8)
    assert (await harness.ballot(first)).state is VersionState.REPLACED
    assert [one.subject for one in await harness.posts(posts.RESULT)] == [second.id]


async def test_a_version_published_directly_is_in_force_and_the_old_message_is_edited(
    harness: Harness,
) -> None:
    first = await harness.put(A, direct=True)
    assert await harness.in_force() == 1
    await harness.be_in("ana", first)
    await harness.stands(posts.BALLOT, first.id)
    proposed = await harness.put(A, B)
    second = await harness.put(B, direct=True)
    assert (await harness.ballot(proposed)).state is VersionState.REPLACED
    assert await harness.in_force() == 3
    assert await harness.renewed(first)
    put = await harness.shown(first)
    assert (put.ballot.state, put.newer) == (VersionState.PUBLISHED, second)
    assert (await harness.shown(second)).before == first
    with pytest.raises(StandsNoMore):
        await harness.be_in("bo", first)


async def test_a_ratified_version_replaces_the_one_in_force(harness: Harness) -> None:
    await rule(harness, least=1)
    first = await harness.put(A, direct=True)
    await harness.stands(posts.BALLOT, first.id)
    second = await harness.put(B)
    await harness.be_in("ana", second)
    assert (await harness.be_in("ana", first)).version.number == 1
    await harness.stands(posts.BALLOT, first.id)
    await harness.wait(days=7)
    assert await harness.in_force() == 2
    assert await harness.renewed(first)
    assert (await harness.shown(first)).newer == second


async def test_a_withdrawn_proposal_is_closed_and_becomes_the_draft_again(harness: Harness) -> None:
    version = await harness.put(A)
    await harness.be_in("ana", version)
    assert (await harness.withdraw()).number == 1
    ballot = await harness.ballot(version)
    assert (ballot.state, ballot.yes) == (VersionState.WITHDRAWN, 1)
    with pytest.raises(NotYours):
        await harness.withdraw()
    with pytest.raises(StandsNoMore):
        await harness.be_in("bo", version)
    desk = await harness.norms.drafts.desk(await harness.person("mo"), HERE, harness.now)
    assert (desk.draft.norms, desk.begun) == ((A,), True)
    await harness.wait(days=8)
    assert await harness.posts(posts.RESULT) == []


async def test_a_press_at_the_moment_when_the_vote_ends_is_either_counted_or_refused(
    harness: Harness,
) -> None:
    """Whichever comes first, the count is the one that the ballot closed with."""
    await rule(harness, least=1)
    version = await harness.put(A)
    await harness.person("ana")
    harness.now += timedelta(days=7)
    pressed, _ = await asyncio.gather(
        harness.be_in("ana", version), harness.agenda.run_due(harness.now), return_exceptions=True
    )
    ballot = await harness.ballot(version)
    if isinstance(pressed, StandsNoMore):
        assert (ballot.state, ballot.yes) == (VersionState.NOT_RATIFIED, 0)
    else:
        assert (ballot.state, ballot.yes) == (VersionState.RATIFIED, 1)


async def test_a_member_sees_the_norms_in_force_and_the_proposal_and_their_answers(harness: Harness) -> None:
    first = await harness.put(A, direct=True)
    await harness.be_in("ana", first)
    second = await harness.put(B)
    view = await harness.norms.here(await harness.person("ana"), HERE)
    assert (view.version, view.stand, view.proposal, view.said) == (first, Stand.IN, second, None)
    await harness.put(A, B, direct=True)
    view = await harness.norms.here(await harness.person("ana"), HERE)
    assert (view.stand, view.proposal, view.was_in) == (None, None, 1)


async def test_a_member_of_another_server_can_neither_see_nor_answer_a_version(harness: Harness) -> None:
    version = await harness.put(A)
    await harness.stands(posts.BALLOT, version.id)
    [post] = await harness.posts(posts.BALLOT)
    eve = await harness.stranger("eve")
    ballots, queries = harness.norms.ballots, harness.norms.queries
    for reaching in (
        ballots.be_in(eve, version.id, harness.now),
        ballots.be_out(eve, version.id, harness.now),
        queries.see(eve, version.id),
        queries.posted(eve, post.id),
        harness.norms.here(eve, HERE),
        ballots.be_in(eve, "nothing", harness.now),
        queries.posted(eve, "nothing"),
    ):
        with pytest.raises(NotYours):
            await reaching
    assert (await queries.posted(await harness.person("ana"), post.id)).version == version
    assert await harness.counted(version) == (0, 0)


async def test_members_are_counted_as_in_only_for_the_version_in_force(harness: Harness) -> None:
    first = await harness.put(A, direct=True)
    for name in FIVE[:3]:
        await harness.be_in(name, first)
    second = await harness.put(B)
    await harness.be_in("p4", second)
    assert await harness.db.read(harness.norms.members_in) == {HERE: 3}
    await harness.put(A, B, direct=True)
    assert await harness.db.read(harness.norms.members_in) == {}
