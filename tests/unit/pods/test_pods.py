"""What people can do with pods: invite, accept, decline, end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import NotYours
from bot.people.errors import UnderEighteen
from bot.people.models import FOREVER
from bot.pods.errors import AlreadyThere, InvitationClosed, PodFull, Yourself
from bot.pods.models import MEMBERS_AT_MOST
from bot.pods.notifications import ENDED, JOINED
from tests.unit.pods.fixtures import HERE, Harness

LIVES = 14
"""How many days an invitation waits for an answer."""
REACHED_AGAIN = 90
"""How many days after it somebody is truly invited again."""


async def test_both_sides_agree_and_the_inviter_is_told(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    invitation = await harness.invite("ana", "bo")
    assert [one.id for one in (await harness.pod("ana")).sent] == [invitation.id]
    assert [one.id for one in (await harness.pod("bo")).invitations] == [invitation.id]
    assert await harness.available("ana") == set()
    tie = await harness.pods.invitations.accept(bo, invitation.id, harness.now)
    assert await harness.available("ana") == {bo}
    assert await harness.available("bo") == set()
    [message] = await harness.messages("ana")
    assert (message.kind, message.subject, message.other) == (JOINED, tie.id, bo)
    pod = await harness.pod("ana")
    assert [one.member for one in pod.members] == [bo]
    assert pod.sent == ()
    assert pod.names == {bo: "bo"}
    assert [one.owner for one in (await harness.pod("bo")).owners] == [ana]


async def test_a_second_press_of_accept_finds_the_same_tie(harness: Harness) -> None:
    bo = await harness.person("bo")
    invitation = await harness.invite("ana", "bo")
    first = await harness.pods.invitations.accept(bo, invitation.id, harness.now)
    assert await harness.pods.invitations.accept(bo, invitation.id, harness.now) == first
    assert len(await harness.messages("ana")) == 1


async def test_an_invitation_tells_nobody_and_waits_for_whoever_never_came(harness: Harness) -> None:
    invitation = await harness.invite("ana", "bo")
    assert await harness.people.address(invitation.member) is None
    assert await harness.messages("bo") == []
    assert await harness.person("bo") == invitation.member
    assert [one.id for one in (await harness.pod("bo")).invitations] == [invitation.id]


async def test_a_no_looks_like_no_answer(harness: Harness) -> None:
    bo = await harness.person("bo")
    invitation = await harness.invite("ana", "bo")
    before = await harness.pod("ana")
    await harness.pods.invitations.decline(bo, invitation.id, harness.now)
    assert await harness.pod("ana") == before
    assert (await harness.pod("bo")).invitations == ()
    assert await harness.messages("ana") == []
    with pytest.raises(InvitationClosed):
        await harness.pods.invitations.accept(bo, invitation.id, harness.now)
    await harness.wait(days=LIVES)
    assert (await harness.pod("ana")).sent == ()


async def test_never_sets_a_boundary_and_looks_like_no_answer(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    invitation = await harness.invite("ana", "bo")
    before = await harness.pod("ana")
    await harness.pods.invitations.refuse_for_good(bo, invitation.id, harness.now)
    assert [one.other for one in await harness.boundaries.of(bo)] == [ana]
    assert await harness.pod("ana") == before
    await harness.wait(days=2)
    assert await harness.pod("ana") == before
    await harness.wait(days=LIVES - 2)
    assert (await harness.pod("ana")).sent == ()
    await harness.wait(days=100)
    again = await harness.invite("ana", "bo")
    assert [one.id for one in (await harness.pod("ana")).sent] == [again.id]
    assert (await harness.pod("bo")).invitations == ()


async def test_inviting_again_looks_the_same_and_goes_nowhere_for_ninety_days(harness: Harness) -> None:
    bo = await harness.person("bo")
    invitation = await harness.invite("ana", "bo")
    await harness.pods.invitations.decline(bo, invitation.id, harness.now)
    await harness.wait(days=LIVES + 6)
    again = await harness.invite("ana", "bo")
    assert again.until == harness.now + timedelta(days=LIVES)
    assert len((await harness.pod("ana")).sent) == 1
    assert (await harness.pod("bo")).invitations == ()
    await harness.wait(days=REACHED_AGAIN - LIVES - 6)
    await harness.invite("ana", "bo")
    assert len((await harness.pod("bo")).invitations) == 1


async def test_whoever_left_a_pod_is_not_reached_again_within_ninety_days(harness: Harness) -> None:
    bo = await harness.person("bo")
    tie = await harness.tie("ana", "bo")
    await harness.pods.leave(bo, tie, harness.now)
    await harness.invite("ana", "bo")
    assert len((await harness.pod("ana")).sent) == 1
    assert (await harness.pod("bo")).invitations == ()


async def test_unanswered_it_lapses_after_fourteen_days_and_is_forgotten_after_ninety(
    harness: Harness,
) -> None:
    bo = await harness.person("bo")
    invitation = await harness.invite("ana", "bo")
    await harness.wait(days=LIVES, hours=-1)
    assert len((await harness.pod("bo")).invitations) == 1
    await harness.wait(hours=1)
    assert (await harness.pod("bo")).invitations == ()
    with pytest.raises(InvitationClosed):
        await harness.pods.invitations.accept(bo, invitation.id, harness.now)
    await harness.wait(days=REACHED_AGAIN - LIVES)
    with pytest.raises(NotYours):
        await harness.pods.invitations.accept(bo, invitation.id, harness.now)


async def test_an_invitation_taken_back_is_gone_for_both(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    invitation = await harness.invite("ana", "bo")
    with pytest.raises(NotYours):
        await harness.pods.invitations.take_back(bo, invitation.id)
    await harness.pods.invitations.take_back(ana, invitation.id)
    assert (await harness.pod("ana")).sent == ()
    assert (await harness.pod("bo")).invitations == ()


@pytest.mark.parametrize("ending", ["remove", "leave"])
async def test_either_ends_it_and_the_other_is_told(harness: Harness, ending: str) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    tie = await harness.tie("ana", "bo")
    by, other = (ana, "bo") if ending == "remove" else (bo, "ana")
    await getattr(harness.pods, ending)(by, tie, harness.now)
    assert [(message.kind, message.other) for message in await harness.messages(other)] == [(ENDED, by)]
    assert (await harness.pod("ana")).members == ()
    assert (await harness.pod("bo")).owners == ()
    with pytest.raises(NotYours):
        await getattr(harness.pods, ending)(by, tie, harness.now)


async def test_nobody_ends_or_answers_what_is_not_theirs(harness: Harness) -> None:
    ana, bo, cy = [await harness.person(name) for name in ("ana", "bo", "cy")]
    tie = await harness.tie("ana", "bo")
    waiting = await harness.invite("bo", "ana")
    for wrong in (bo, cy):
        with pytest.raises(NotYours):
            await harness.pods.remove(wrong, tie, harness.now)
    for wrong in (ana, cy):
        with pytest.raises(NotYours):
            await harness.pods.leave(wrong, tie, harness.now)
    invitations = harness.pods.invitations
    for verb in (
        invitations.accept, invitations.decline, invitations.refuse_for_good, invitations.look_at,
    ):  # fmt: skip
        for wrong in (bo, cy):
            with pytest.raises(NotYours):
                await verb(wrong, waiting.id, harness.now)
            with pytest.raises(NotYours):
                await verb(wrong, "nothing", harness.now)


async def test_a_pod_has_eight_with_those_who_may_still_answer(harness: Harness) -> None:
    ana, first = await harness.person("ana"), await harness.person("m0")
    await harness.tie("ana", "m0")
    for n in range(1, MEMBERS_AT_MOST):
        await harness.invite("ana", f"m{n}")
    with pytest.raises(PodFull) as full:
        await harness.invite("ana", "one more")
    assert full.value.limit == MEMBERS_AT_MOST
    await harness.invite("ana", "m3")
    [tie] = (await harness.pod("ana")).members
    await harness.pods.remove(ana, tie.id, harness.now)
    await harness.invite("ana", "one more")
    assert first not in await harness.available("ana")


async def test_oneself_and_members_are_not_invited(harness: Harness) -> None:
    with pytest.raises(Yourself):
        await harness.invite("ana", "ana")
    await harness.tie("ana", "bo")
    with pytest.raises(AlreadyThere):
        await harness.invite("ana", "bo")


async def test_it_is_for_eighteen_and_over(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    invitation = await harness.invite("ana", "bo")
    await harness.preferences.say_minor(bo, harness.now)
    with pytest.raises(InvitationClosed):
        await harness.pods.invitations.accept(bo, invitation.id, harness.now)
    with pytest.raises(UnderEighteen):
        await harness.pod("bo")
    with pytest.raises(UnderEighteen):
        await harness.invite("bo", "ana")
    assert await harness.pods.waiting(bo, harness.now) == []
    waiting = await harness.invite("cy", "ana")
    assert len(await harness.pods.waiting(ana, harness.now)) == 1
    await harness.servers.keep(replace(await harness.servers.settings(HERE), minors=True))
    assert await harness.pods.waiting(ana, harness.now) == []
    assert await harness.available("ana") == set()
    with pytest.raises(UnderEighteen):
        await harness.pods.invitations.accept(ana, waiting.id, harness.now)
    with pytest.raises(UnderEighteen):
        await harness.invite("ana", "cy")


async def test_who_rests_or_is_a_minor_is_not_available(harness: Harness) -> None:
    bo, cy = await harness.person("bo"), await harness.person("cy")
    await harness.tie("ana", "bo")
    await harness.tie("ana", "cy")
    await harness.preferences.rest(bo, harness.now + timedelta(days=1), harness.now)
    assert await harness.available("ana") == {cy}
    await harness.preferences.say_minor(cy, harness.now)
    assert await harness.available("ana") == set()
    await harness.wait(days=1)
    assert await harness.available("ana") == {bo}


async def test_a_boundary_shows_nothing_until_the_parting_and_then_every_tie_has_ended(
    harness: Harness,
) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.tie("ana", "bo")
    await harness.tie("bo", "ana")
    await harness.read_all("ana")
    await harness.read_all("bo")
    await harness.boundaries.set(ana, bo, harness.now)
    assert len((await harness.pod("bo")).members) == 1
    assert await harness.available("bo") == {ana}
    assert await harness.messages("bo") == []
    await harness.wait(hours=24)
    assert (await harness.pod("bo")).members == ()
    assert (await harness.pod("bo")).owners == ()
    # It looks like two ties that somebody ended, one after the other.
    assert [(message.kind, message.other) for message in await harness.messages("bo")] == [
        (ENDED, ana),
        (ENDED, ana),
    ]
    assert await harness.messages("ana") == []


async def test_of_two_who_both_set_one_neither_hears_of_the_parting(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.tie("ana", "bo")
    await harness.read_all("ana")
    for owner, other in ((ana, bo), (bo, ana)):
        await harness.boundaries.set(owner, other, harness.now)
    await harness.wait(hours=24)
    assert await harness.messages("ana") == await harness.messages("bo") == []


async def test_what_is_ended_behind_a_boundary_ends_as_any_tie(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    tie = await harness.tie("ana", "bo")
    await harness.boundaries.set(ana, bo, harness.now)
    await harness.pods.remove(ana, tie, harness.now)
    await harness.wait(hours=24)
    assert [(message.kind, message.other) for message in await harness.messages("bo")] == [(ENDED, ana)]


async def test_whoever_set_a_boundary_hears_no_more_of_the_other(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    tie = await harness.tie("ana", "bo")
    await harness.read_all("ana")
    await harness.boundaries.set(ana, bo, harness.now)
    await harness.pods.leave(bo, tie, harness.now)
    await harness.wait(hours=24)
    assert await harness.messages("ana") == []


async def test_a_boundary_hides_an_invitation_from_its_own_commit(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    invitation = await harness.invite("ana", "bo")
    await harness.boundaries.set(ana, bo, harness.now)
    assert (await harness.pod("bo")).invitations == ()
    with pytest.raises(InvitationClosed):
        await harness.pods.invitations.accept(bo, invitation.id, harness.now)
    await harness.wait(hours=24)
    assert (await harness.pod("ana")).sent == ()


async def test_a_held_invitation_stays_held_when_the_boundary_is_lifted(harness: Harness) -> None:
    bo = await harness.person("bo")
    await harness.boundaries.set(bo, await harness.person("ana"), harness.now)
    invitation = await harness.invite("ana", "bo")
    assert len((await harness.pod("ana")).sent) == 1
    [boundary] = await harness.boundaries.of(bo)
    await harness.boundaries.lift(bo, boundary.id)
    assert (await harness.pod("bo")).invitations == ()
    with pytest.raises(InvitationClosed):
        await harness.pods.invitations.accept(bo, invitation.id, harness.now)


@pytest.mark.parametrize("owner", ["ana", "bo"])
async def test_an_invitation_that_a_boundary_overtook_does_not_come_back(
    harness: Harness, owner: str
) -> None:
    """If it came back, it would show that its sender had not taken it back."""
    bo, setter = await harness.person("bo"), await harness.person(owner)
    invitation = await harness.invite("ana", "bo")
    before = (await harness.pod("ana")).sent
    await harness.boundaries.set(setter, await harness.person("bo" if owner == "ana" else "ana"), harness.now)
    [boundary] = await harness.boundaries.of(setter)
    await harness.boundaries.lift(setter, boundary.id)
    assert (await harness.pod("bo")).invitations == ()
    assert (await harness.pods.invitations.received(bo, invitation.id)).id == invitation.id, (
        "as one taken back"
    )
    with pytest.raises(InvitationClosed):
        await harness.pods.invitations.accept(bo, invitation.id, harness.now)
    assert (await harness.pod("ana")).sent == before


async def test_that_somebody_rests_is_not_told_to_whoever_invites_them(harness: Harness) -> None:
    bo = await harness.person("bo")
    await harness.person("cy")
    await harness.preferences.rest(bo, FOREVER, harness.now)
    resting, ordinary = await harness.invite("ana", "bo"), await harness.invite("ana", "cy")
    assert resting.until == ordinary.until
    assert {one.member for one in (await harness.pod("ana")).sent} == {resting.member, ordinary.member}
    assert [one.id for one in (await harness.pod("bo")).invitations] == [resting.id], "it waits for them"
    assert await harness.messages("bo") == await harness.messages("ana") == []


async def test_whoever_leaves_the_server_leaves_every_pod_there(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.tie("ana", "bo")
    await harness.tie("bo", "cy")
    await harness.invite("bo", "dee")
    before = (await harness.pod("dee")).invitations
    assert len(before) == 1
    await harness.people.leave(bo, HERE, harness.now)
    assert [message.kind for message in await harness.messages("ana") if message.kind == ENDED] == [ENDED]
    assert [message.kind for message in await harness.messages("cy")] == [ENDED]
    assert (await harness.pod("dee")).invitations == ()
    assert not await harness.db.read(lambda tx: harness.pods.has_tie(tx, ana, bo, HERE))


async def test_erasure_ends_what_is_theirs_everywhere(harness: Harness) -> None:
    bo = await harness.person("bo")
    await harness.tie("ana", "bo")
    await harness.parted(bo)
    assert (await harness.pod("ana")).members == ()


async def test_what_waits_names_the_inviter(harness: Harness) -> None:
    bo = await harness.person("bo")
    invitation = await harness.invite("ana", "bo")
    seen, name = await harness.pods.invitations.look_at(bo, invitation.id, harness.now)
    assert (seen.id, name) == (invitation.id, "ana")
    assert await harness.pods.waiting(bo, harness.now) == [(seen, "ana")]


async def test_both_lists_are_in_the_order_of_names(harness: Harness) -> None:
    for name in ("dora", "Cleo", "ben"):
        await harness.tie("ana", name)
        await harness.tie(name, "ana")
    pod = await harness.pod("ana")
    for people in ([tie.member for tie in pod.members], [tie.owner for tie in pod.owners]):
        assert [pod.names[one] for one in people] == ["ben", "Cleo", "dora"]
