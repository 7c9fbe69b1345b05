"""Pods by their verbs, on a real file."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import NotYours
from bot.people.models import FOREVER, UnderEighteen
from bot.pods.models import MOST, AlreadyThere, InvitationClosed, PodFull, Yourself
from bot.pods.notifications import ENDED, JOINED
from tests.unit.pods.fixtures import HERE, Town


async def test_both_sides_agree_and_the_inviter_is_told(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    invitation = await town.invite("ana", "bo")
    assert [one.id for one in (await town.pod("ana")).sent] == [invitation.id]
    assert [one.id for one in (await town.pod("bo")).invitations] == [invitation.id]
    assert await town.available("ana") == set()
    tie = await town.pods.invitations.accept(bo, invitation.id, town.now)
    assert await town.available("ana") == {bo}
    assert await town.available("bo") == set()
    [line] = await town.lines("ana")
    assert (line.kind, line.subject, line.other) == (JOINED, tie.id, bo)
    pod = await town.pod("ana")
    assert [one.member for one in pod.members] == [bo]
    assert pod.sent == ()
    assert pod.names == {bo: "bo"}
    assert [one.owner for one in (await town.pod("bo")).owners] == [ana]


async def test_a_second_press_of_accept_finds_the_same_tie(town: Town) -> None:
    bo = await town.person("bo")
    invitation = await town.invite("ana", "bo")
    first = await town.pods.invitations.accept(bo, invitation.id, town.now)
    assert await town.pods.invitations.accept(bo, invitation.id, town.now) == first
    assert len(await town.lines("ana")) == 1


async def test_an_invitation_tells_nobody_and_waits_for_whoever_never_came(town: Town) -> None:
    invitation = await town.invite("ana", "bo")
    assert await town.people.address(invitation.member) is None
    assert await town.lines("bo") == []
    assert await town.person("bo") == invitation.member
    assert [one.id for one in (await town.pod("bo")).invitations] == [invitation.id]


async def test_a_no_looks_like_no_answer(town: Town) -> None:
    bo = await town.person("bo")
    invitation = await town.invite("ana", "bo")
    before = await town.pod("ana")
    await town.pods.invitations.decline(bo, invitation.id, town.now)
    assert await town.pod("ana") == before
    assert (await town.pod("bo")).invitations == ()
    assert await town.lines("ana") == []
    with pytest.raises(InvitationClosed):
        await town.pods.invitations.accept(bo, invitation.id, town.now)
    await town.wait(days=14)
    assert (await town.pod("ana")).sent == ()


async def test_never_sets_a_boundary_and_looks_like_no_answer(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    invitation = await town.invite("ana", "bo")
    before = await town.pod("ana")
    await town.pods.invitations.refuse_for_good(bo, invitation.id, town.now)
    assert [one.other for one in await town.boundaries.of(bo)] == [ana]
    assert await town.pod("ana") == before
    await town.wait(days=2)
    assert await town.pod("ana") == before
    await town.wait(days=12)
    assert (await town.pod("ana")).sent == ()
    await town.wait(days=100)
    again = await town.invite("ana", "bo")
    assert [one.id for one in (await town.pod("ana")).sent] == [again.id]
    assert (await town.pod("bo")).invitations == ()


async def test_inviting_again_looks_the_same_and_goes_nowhere_for_ninety_days(town: Town) -> None:
    bo = await town.person("bo")
    invitation = await town.invite("ana", "bo")
    await town.pods.invitations.decline(bo, invitation.id, town.now)
    await town.wait(days=20)
    again = await town.invite("ana", "bo")
    assert again.until == town.now + timedelta(days=14)
    assert len((await town.pod("ana")).sent) == 1
    assert (await town.pod("bo")).invitations == ()
    await town.wait(days=70)
    await town.invite("ana", "bo")
    assert len((await town.pod("bo")).invitations) == 1


async def test_whoever_left_a_pod_is_not_reached_again_within_ninety_days(town: Town) -> None:
    bo = await town.person("bo")
    tie = await town.tie("ana", "bo")
    await town.pods.leave(bo, tie, town.now)
    await town.invite("ana", "bo")
    assert len((await town.pod("ana")).sent) == 1
    assert (await town.pod("bo")).invitations == ()


async def test_unanswered_it_lapses_after_fourteen_days_and_is_forgotten_after_ninety(town: Town) -> None:
    bo = await town.person("bo")
    invitation = await town.invite("ana", "bo")
    await town.wait(days=13, hours=23)
    assert len((await town.pod("bo")).invitations) == 1
    await town.wait(hours=1)
    assert (await town.pod("bo")).invitations == ()
    with pytest.raises(InvitationClosed):
        await town.pods.invitations.accept(bo, invitation.id, town.now)
    await town.wait(days=76)
    with pytest.raises(NotYours):
        await town.pods.invitations.accept(bo, invitation.id, town.now)


async def test_an_invitation_taken_back_is_gone_for_both(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    invitation = await town.invite("ana", "bo")
    with pytest.raises(NotYours):
        await town.pods.invitations.take_back(bo, invitation.id)
    await town.pods.invitations.take_back(ana, invitation.id)
    assert (await town.pod("ana")).sent == ()
    assert (await town.pod("bo")).invitations == ()


@pytest.mark.parametrize("ending", ["remove", "leave"])
async def test_either_ends_it_and_the_other_is_told(town: Town, ending: str) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    tie = await town.tie("ana", "bo")
    by, other = (ana, "bo") if ending == "remove" else (bo, "ana")
    await getattr(town.pods, ending)(by, tie, town.now)
    assert [(line.kind, line.other) for line in await town.lines(other)] == [(ENDED, by)]
    assert (await town.pod("ana")).members == ()
    assert (await town.pod("bo")).owners == ()
    with pytest.raises(NotYours):
        await getattr(town.pods, ending)(by, tie, town.now)


async def test_nobody_ends_or_answers_what_is_not_theirs(town: Town) -> None:
    ana, bo, cy = [await town.person(name) for name in ("ana", "bo", "cy")]
    tie = await town.tie("ana", "bo")
    waiting = await town.invite("bo", "ana")
    for wrong in (bo, cy):
        with pytest.raises(NotYours):
            await town.pods.remove(wrong, tie, town.now)
    for wrong in (ana, cy):
        with pytest.raises(NotYours):
            await town.pods.leave(wrong, tie, town.now)
    invitations = town.pods.invitations
    for verb in (
        invitations.accept, invitations.decline, invitations.refuse_for_good, invitations.look_at,
    ):  # fmt: skip
        for wrong in (bo, cy):
            with pytest.raises(NotYours):
                await verb(wrong, waiting.id, town.now)
            with pytest.raises(NotYours):
                await verb(wrong, "nothing", town.now)


async def test_a_pod_has_eight_with_those_who_may_still_answer(town: Town) -> None:
    ana, first = await town.person("ana"), await town.person("m0")
    await town.tie("ana", "m0")
    for n in range(1, MOST):
        await town.invite("ana", f"m{n}")
    with pytest.raises(PodFull) as full:
        await town.invite("ana", "one more")
    assert full.value.limit == MOST
    await town.invite("ana", "m3")
    [tie] = (await town.pod("ana")).members
    await town.pods.remove(ana, tie.id, town.now)
    await town.invite("ana", "one more")
    assert first not in await town.available("ana")


async def test_oneself_and_members_are_not_invited(town: Town) -> None:
    with pytest.raises(Yourself):
        await town.invite("ana", "ana")
    await town.tie("ana", "bo")
    with pytest.raises(AlreadyThere):
        await town.invite("ana", "bo")


async def test_it_is_for_eighteen_and_over(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    invitation = await town.invite("ana", "bo")
    await town.preferences.say_minor(bo, town.now)
    with pytest.raises(InvitationClosed):
        await town.pods.invitations.accept(bo, invitation.id, town.now)
    with pytest.raises(UnderEighteen):
        await town.pod("bo")
    with pytest.raises(UnderEighteen):
        await town.invite("bo", "ana")
    assert await town.pods.waiting(bo, town.now) == []
    waiting = await town.invite("cy", "ana")
    assert len(await town.pods.waiting(ana, town.now)) == 1
    await town.servers.keep(replace(await town.servers.settings(HERE), minors=True))
    assert await town.pods.waiting(ana, town.now) == []
    assert await town.available("ana") == set()
    with pytest.raises(UnderEighteen):
        await town.pods.invitations.accept(ana, waiting.id, town.now)
    with pytest.raises(UnderEighteen):
        await town.invite("ana", "cy")


async def test_who_rests_or_is_a_minor_is_not_available(town: Town) -> None:
    bo, cy = await town.person("bo"), await town.person("cy")
    await town.tie("ana", "bo")
    await town.tie("ana", "cy")
    await town.preferences.rest(bo, town.now + timedelta(days=1), town.now)
    assert await town.available("ana") == {cy}
    await town.preferences.say_minor(cy, town.now)
    assert await town.available("ana") == set()
    await town.wait(days=1)
    assert await town.available("ana") == {bo}


async def test_a_boundary_shows_nothing_until_the_parting_and_then_every_tie_has_ended(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    await town.tie("ana", "bo")
    await town.tie("bo", "ana")
    await town.read_all("ana")
    await town.read_all("bo")
    await town.boundaries.set(ana, bo, town.now)
    assert len((await town.pod("bo")).members) == 1
    assert await town.available("bo") == {ana}
    assert await town.lines("bo") == []
    await town.wait(hours=24)
    assert (await town.pod("bo")).members == ()
    assert (await town.pod("bo")).owners == ()
    # As of two ties that somebody ended, one after the other.
    assert [(line.kind, line.other) for line in await town.lines("bo")] == [(ENDED, ana), (ENDED, ana)]
    assert await town.lines("ana") == []


async def test_of_two_who_both_set_one_neither_hears_of_the_parting(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    await town.tie("ana", "bo")
    await town.read_all("ana")
    for owner, other in ((ana, bo), (bo, ana)):
        await town.boundaries.set(owner, other, town.now)
    await town.wait(hours=24)
    assert await town.lines("ana") == await town.lines("bo") == []


async def test_what_is_ended_behind_a_boundary_ends_as_any_tie(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    tie = await town.tie("ana", "bo")
    await town.boundaries.set(ana, bo, town.now)
    await town.pods.remove(ana, tie, town.now)
    await town.wait(hours=24)
    assert [(line.kind, line.other) for line in await town.lines("bo")] == [(ENDED, ana)]


async def test_whoever_set_a_boundary_hears_no_more_of_the_other(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    tie = await town.tie("ana", "bo")
    await town.read_all("ana")
    await town.boundaries.set(ana, bo, town.now)
    await town.pods.leave(bo, tie, town.now)
    await town.wait(hours=24)
    assert await town.lines("ana") == []


async def test_a_boundary_hides_an_invitation_from_its_own_commit(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    invitation = await town.invite("ana", "bo")
    await town.boundaries.set(ana, bo, town.now)
    assert (await town.pod("bo")).invitations == ()
    with pytest.raises(InvitationClosed):
        await town.pods.invitations.accept(bo, invitation.id, town.now)
    await town.wait(hours=24)
    assert (await town.pod("ana")).sent == ()


async def test_a_held_invitation_stays_held_when_the_boundary_is_lifted(town: Town) -> None:
    bo = await town.person("bo")
    await town.boundaries.set(bo, await town.person("ana"), town.now)
    invitation = await town.invite("ana", "bo")
    assert len((await town.pod("ana")).sent) == 1
    [boundary] = await town.boundaries.of(bo)
    await town.boundaries.lift(bo, boundary.id)
    assert (await town.pod("bo")).invitations == ()
    with pytest.raises(InvitationClosed):
        await town.pods.invitations.accept(bo, invitation.id, town.now)


@pytest.mark.parametrize("owner", ["ana", "bo"])
async def test_an_invitation_that_a_boundary_overtook_does_not_come_back(town: Town, owner: str) -> None:
    """It would show that it had not been taken back."""
    bo, setter = await town.person("bo"), await town.person(owner)
    invitation = await town.invite("ana", "bo")
    before = (await town.pod("ana")).sent
    await town.boundaries.set(setter, await town.person("bo" if owner == "ana" else "ana"), town.now)
    [boundary] = await town.boundaries.of(setter)
    await town.boundaries.lift(setter, boundary.id)
    assert (await town.pod("bo")).invitations == ()
    assert (await town.pods.invitations.received(bo, invitation.id)).id == invitation.id, "as one taken back"
    with pytest.raises(InvitationClosed):
        await town.pods.invitations.accept(bo, invitation.id, town.now)
    assert (await town.pod("ana")).sent == before


async def test_that_somebody_rests_is_not_told_to_whoever_invites_them(town: Town) -> None:
    bo = await town.person("bo")
    await town.person("cy")
    await town.preferences.rest(bo, FOREVER, town.now)
    resting, ordinary = await town.invite("ana", "bo"), await town.invite("ana", "cy")
    assert resting.until == ordinary.until
    assert {one.member for one in (await town.pod("ana")).sent} == {resting.member, ordinary.member}
    assert [one.id for one in (await town.pod("bo")).invitations] == [resting.id], "it waits for them"
    assert await town.lines("bo") == await town.lines("ana") == []


async def test_whoever_leaves_the_server_leaves_every_pod_there(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    await town.tie("ana", "bo")
    await town.tie("bo", "cy")
    await town.invite("bo", "dee")
    before = (await town.pod("dee")).invitations
    assert len(before) == 1
    await town.people.leave(bo, HERE, town.now)
    assert [line.kind for line in await town.lines("ana") if line.kind == ENDED] == [ENDED]
    assert [line.kind for line in await town.lines("cy")] == [ENDED]
    assert (await town.pod("dee")).invitations == ()
    assert not await town.db.read(lambda tx: town.pods.holds(tx, ana, bo, HERE))


async def test_erasure_ends_what_is_theirs_everywhere(town: Town) -> None:
    bo = await town.person("bo")
    await town.tie("ana", "bo")
    await town.parted(bo)
    assert (await town.pod("ana")).members == ()


async def test_what_waits_names_the_inviter(town: Town) -> None:
    bo = await town.person("bo")
    invitation = await town.invite("ana", "bo")
    seen, name = await town.pods.invitations.look_at(bo, invitation.id, town.now)
    assert (seen.id, name) == (invitation.id, "ana")
    assert await town.pods.waiting(bo, town.now) == [(seen, "ana")]


async def test_both_lists_are_in_the_order_of_names(town: Town) -> None:
    for name in ("dora", "Cleo", "ben"):
        await town.tie("ana", name)
        await town.tie(name, "ana")
    pod = await town.pod("ana")
    for people in ([tie.member for tie in pod.members], [tie.owner for tie in pod.owners]):
        assert [pod.names[one] for one in people] == ["ben", "Cleo", "dora"]
