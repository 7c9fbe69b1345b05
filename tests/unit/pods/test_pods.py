"""What people can do with pods: invite, accept, decline, end."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.boundaries.service import PARTED
from bot.errors import NotYours
from bot.events import TieEnded
from bot.people.errors import UnderEighteen
from bot.people.models import FOREVER
from bot.pods import store
from bot.pods.errors import AlreadyThere, InvitationClosed, OwnBoundary, PodFull, Yourself
from bot.pods.models import MEMBERS_AT_MOST, Between
from bot.pods.notifications import JOINED
from bot.pods.timers import PART
from tests.unit.pods.fixtures import HERE, Harness

LIVES = 14
"""How many days an invitation waits for an answer."""
REACHED_AGAIN = 90
"""How many days after an invitation another one really reaches the same person."""


async def test_an_accepted_invitation_makes_a_tie_and_the_inviter_is_told(harness: Harness) -> None:
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


async def test_an_invitation_to_somebody_new_sends_no_message_and_waits_until_they_come(
    harness: Harness,
) -> None:
    invitation = await harness.invite("ana", "bo")
    assert await harness.people.address(invitation.member) is None
    assert await harness.messages("bo") == []
    assert await harness.person("bo") == invitation.member
    assert [one.id for one in (await harness.pod("bo")).invitations] == [invitation.id]


async def test_a_declined_invitation_looks_to_the_inviter_like_one_without_an_answer(
    harness: Harness,
) -> None:
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


async def test_refusing_for_good_sets_a_boundary_and_looks_to_the_inviter_like_no_answer(
    harness: Harness,
) -> None:
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


async def test_inviting_again_within_ninety_days_looks_the_same_but_does_not_reach_the_person(
    harness: Harness,
) -> None:
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


async def test_an_invitation_right_after_somebody_left_the_pod_does_not_reach_them(harness: Harness) -> None:
    bo = await harness.person("bo")
    tie = await harness.tie("ana", "bo")
    await harness.pods.leave(bo, tie, harness.now)
    await harness.invite("ana", "bo")
    assert len((await harness.pod("ana")).sent) == 1
    assert (await harness.pod("bo")).invitations == ()


async def test_an_unanswered_invitation_lapses_after_fourteen_days_and_is_deleted_after_ninety(
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
async def test_either_person_can_end_a_tie_and_nobody_is_told(harness: Harness, ending: str) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    tie = await harness.tie("ana", "bo")
    await harness.read_all("ana")
    by = ana if ending == "remove" else bo
    await getattr(harness.pods, ending)(by, tie, harness.now)
    assert await harness.messages("ana") == await harness.messages("bo") == []
    assert (await harness.pod("ana")).members == ()
    assert (await harness.pod("bo")).owners == ()
    with pytest.raises(NotYours):
        await getattr(harness.pods, ending)(by, tie, harness.now)


async def test_nobody_can_end_a_tie_or_answer_an_invitation_that_is_not_theirs(harness: Harness) -> None:
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


async def test_a_pod_has_at_most_eight_people_including_open_invitations(harness: Harness) -> None:
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


async def test_nobody_can_invite_themselves_or_a_member_of_their_pod(harness: Harness) -> None:
    with pytest.raises(Yourself):
        await harness.invite("ana", "ana")
    await harness.tie("ana", "bo")
    with pytest.raises(AlreadyThere):
        await harness.invite("ana", "bo")


async def test_pods_are_closed_to_people_under_18_and_in_servers_for_minors(harness: Harness) -> None:
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


async def test_somebody_who_rests_or_is_under_18_is_not_available(harness: Harness) -> None:
    bo, cy = await harness.person("bo"), await harness.person("cy")
    await harness.tie("ana", "bo")
    await harness.tie("ana", "cy")
    await harness.preferences.rest(bo, harness.now + timedelta(days=1), harness.now)
    assert await harness.available("ana") == {cy}
    await harness.preferences.say_minor(cy, harness.now)
    assert await harness.available("ana") == set()
    await harness.wait(days=1)
    assert await harness.available("ana") == {bo}


async def test_a_boundary_changes_nothing_visible_until_the_parting_ends_every_tie(
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
    assert await harness.messages("bo") == await harness.messages("ana") == []


async def parts_at(harness: Harness, tie: str) -> datetime | None:
    return await harness.db.read(lambda tx: harness.agenda.due_at(tx, PART, tie))


async def test_after_a_boundary_each_tie_ends_at_a_random_time_of_its_own(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    ties = [await harness.tie("ana", "bo"), await harness.tie("bo", "ana")]
    await harness.boundaries.set(ana, bo, harness.now)
    times = [await parts_at(harness, tie) for tie in ties]
    assert None not in times
    assert times[0] != times[1]
    await harness.restart()
    await harness.wait(hours=24)
    assert (await harness.pod("ana")).members == (await harness.pod("bo")).members == ()


async def test_a_boundary_that_an_earlier_version_set_ends_its_ties_within_a_day_of_its_parting(
    harness: Harness,
) -> None:
    """It had one time for all ties. When that comes, each gets a time of its own."""
    ana, bo = await harness.person("ana"), await harness.person("bo")
    tie = await harness.tie("ana", "bo")
    await harness.boundaries.set(ana, bo, harness.now)
    [boundary] = await harness.boundaries.of(ana)
    await harness.db.write(lambda tx: harness.agenda.drop(tx, PART, tie))
    await harness.db.write(lambda tx: harness.agenda.put(tx, PARTED, boundary.id, harness.now))
    await harness.wait(hours=0)
    assert len((await harness.pod("ana")).members) == 1
    await harness.wait(hours=24)
    assert (await harness.pod("ana")).members == ()


async def test_if_both_people_set_a_boundary_their_tie_ends_and_neither_is_told(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.tie("ana", "bo")
    await harness.read_all("ana")
    for owner, other in ((ana, bo), (bo, ana)):
        await harness.boundaries.set(owner, other, harness.now)
    await harness.wait(hours=24)
    assert await harness.messages("ana") == await harness.messages("bo") == []


async def test_a_tie_that_is_removed_after_a_boundary_ends_like_any_other(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    tie = await harness.tie("ana", "bo")
    await harness.boundaries.set(ana, bo, harness.now)
    await harness.pods.remove(ana, tie, harness.now)
    await harness.wait(hours=24)
    assert await harness.messages("bo") == []
    assert (await harness.pod("bo")).owners == ()


async def test_somebody_who_set_a_boundary_is_not_told_that_the_other_ended_the_tie(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    tie = await harness.tie("ana", "bo")
    await harness.read_all("ana")
    await harness.boundaries.set(ana, bo, harness.now)
    await harness.pods.leave(bo, tie, harness.now)
    await harness.wait(hours=24)
    assert await harness.messages("ana") == []


async def sets_a_boundary(harness: Harness, _tie: str) -> None:
    await harness.boundaries.set(await harness.person("bo"), await harness.person("ana"), harness.now)


async def sets_a_boundary_after_the_other(harness: Harness, tie: str) -> None:
    await harness.boundaries.set(await harness.person("ana"), await harness.person("bo"), harness.now)
    await sets_a_boundary(harness, tie)


async def leaves(harness: Harness, tie: str) -> None:
    await harness.pods.leave(await harness.person("bo"), tie, harness.now)


async def leaves_the_server(harness: Harness, _tie: str) -> None:
    await harness.people.leave(await harness.person("bo"), HERE, harness.now)


UNSAID = (sets_a_boundary, sets_a_boundary_after_the_other, leaves, leaves_the_server)


@pytest.mark.parametrize("end", UNSAID)
async def test_a_yes_that_the_inviter_was_not_told_of_looks_as_if_there_had_been_no_answer(
    harness: Harness, end: Callable[[Harness, str], Awaitable[None]]
) -> None:
    """Otherwise the inviter would find a yes about which no message ever came."""
    ana = await harness.person("ana")
    sent = await harness.invite("ana", "bo")
    before = await harness.pod("ana")
    tie = await harness.pods.invitations.accept(await harness.person("bo"), sent.id, harness.now)
    ended = harness.heard(TieEnded)
    await end(harness, tie.id)
    pod = await harness.pod("ana")
    assert pod.members == before.members
    assert [(one.id, one.until) for one in pod.sent] == [(one.id, one.until) for one in before.sent]
    assert pod.names == ({} if end is leaves_the_server else before.names)
    assert await harness.messages("ana") == []
    assert await harness.available("ana") == set()
    # An invitation to somebody who has left is to nobody who can be found.
    between = await harness.pods.between(ana, await harness.person("bo"), harness.now)
    assert between.invited is (end is not leaves_the_server)
    theirs = await harness.pod("bo")
    assert (theirs.owners, theirs.invitations) == ((), ())
    assert len(ended) == (0 if end is leaves_the_server else 1)
    with pytest.raises(NotYours if end is leaves_the_server else InvitationClosed):
        await harness.pods.invitations.accept(await harness.person("bo"), sent.id, harness.now)


@pytest.mark.parametrize("told", ["sent", "listed", "opened days ago"])
async def test_a_yes_that_the_inviter_was_told_of_stays_a_yes(harness: Harness, told: str) -> None:
    bo = await harness.person("bo")
    tie = await harness.tie("ana", "bo", told=False)
    if told == "listed":
        await harness.services.messages.show(await harness.person("ana"), harness.now)
    else:
        await harness.deliver()
    if told == "opened days ago":
        await harness.read_all("ana")
        await harness.forget_old_messages(days=2)
    await sets_a_boundary(harness, tie)
    pod = await harness.pod("ana")
    assert ([one.member for one in pod.members], pod.sent) == ([bo], ())
    assert len(await harness.messages("ana")) == (0 if told == "opened days ago" else 1)
    await leaves(harness, tie)
    pod = await harness.pod("ana")
    assert (pod.members, pod.sent) == ((), ())


async def test_a_yes_of_which_the_inviter_was_not_told_stays_when_the_inviter_sets_a_boundary(
    harness: Harness,
) -> None:
    """The member knows of the tie, so it ends at a random time, as if the inviter had removed them."""
    tie = await harness.tie("ana", "bo", told=False)
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.boundaries.set(ana, bo, harness.now)
    assert [one.id for one in (await harness.pod("bo")).owners] == [tie]
    await harness.wait(hours=24)
    assert (await harness.pod("bo")).owners == ()


async def test_a_boundary_hides_an_open_invitation_at_once(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    invitation = await harness.invite("ana", "bo")
    await harness.boundaries.set(ana, bo, harness.now)
    assert (await harness.pod("bo")).invitations == ()
    with pytest.raises(InvitationClosed):
        await harness.pods.invitations.accept(bo, invitation.id, harness.now)
    await harness.wait(hours=24)
    assert (await harness.pod("ana")).sent == ()


async def test_a_withheld_invitation_stays_withheld_when_the_boundary_is_lifted(harness: Harness) -> None:
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
async def test_an_open_invitation_stays_hidden_after_a_boundary_was_set_and_lifted(
    harness: Harness, owner: str
) -> None:
    """If it came back, that would reveal that the inviter had not taken it back."""
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


async def test_an_inviter_cannot_see_that_the_invited_person_rests(harness: Harness) -> None:
    bo = await harness.person("bo")
    await harness.person("cy")
    await harness.preferences.rest(bo, FOREVER, harness.now)
    resting, ordinary = await harness.invite("ana", "bo"), await harness.invite("ana", "cy")
    assert resting.until == ordinary.until
    assert {one.member for one in (await harness.pod("ana")).sent} == {resting.member, ordinary.member}
    assert [one.id for one in (await harness.pod("bo")).invitations] == [resting.id], "it waits for them"
    assert await harness.messages("bo") == await harness.messages("ana") == []


async def test_somebody_who_leaves_the_server_leaves_every_pod_there(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.tie("ana", "bo")
    await harness.tie("bo", "cy")
    await harness.invite("bo", "dee")
    before = (await harness.pod("dee")).invitations
    assert len(before) == 1
    await harness.people.leave(bo, HERE, harness.now)
    assert await harness.messages("ana") == await harness.messages("cy") == []
    assert (await harness.pod("dee")).invitations == ()
    assert await harness.db.read(lambda tx: store.between(tx, ana, bo, HERE)) is None


async def test_a_parting_from_everybody_ends_the_ties_of_the_person(harness: Harness) -> None:
    bo = await harness.person("bo")
    await harness.tie("ana", "bo")
    await harness.parted(bo)
    assert (await harness.pod("ana")).members == ()


async def test_a_waiting_invitation_shows_the_name_of_the_inviter(harness: Harness) -> None:
    bo = await harness.person("bo")
    invitation = await harness.invite("ana", "bo")
    seen, name = await harness.pods.invitations.look_at(bo, invitation.id, harness.now)
    assert (seen.id, name) == (invitation.id, "ana")
    assert await harness.pods.waiting(bo, harness.now) == [(seen, "ana")]


async def test_both_lists_of_a_pod_are_sorted_by_name(harness: Harness) -> None:
    for name in ("dora", "Cleo", "ben"):
        await harness.tie("ana", name)
        await harness.tie(name, "ana")
    pod = await harness.pod("ana")
    for people in ([tie.member for tie in pod.members], [tie.owner for tie in pod.owners]):
        assert [pod.names[one] for one in people] == ["ben", "Cleo", "dora"]


async def test_several_people_are_invited_at_once_and_each_invitation_is_its_own(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.tie("ana", "cy")
    await harness.boundaries.set(ana, await harness.person("dee"), harness.now)
    await harness.boundaries.set(await harness.person("eli"), ana, harness.now)
    users = [harness.discord_user(name) for name in ("ana", "bo", "cy", "dee", "eli")]
    done = await harness.pods.invitations.invite_all(ana, HERE, users, harness.now)
    assert [one.member for one in done.sent] == [bo, await harness.person("eli")]
    assert [(user.name, type(refusal)) for user, refusal in done.refused] == [
        ("ana", Yourself),
        ("cy", AlreadyThere),
        ("dee", OwnBoundary),
    ]
    assert len((await harness.pod("bo")).invitations) == 1
    assert (await harness.pod("eli")).invitations == ()


async def test_of_several_invitations_those_are_sent_for_which_there_is_room(harness: Harness) -> None:
    ana = await harness.person("ana")
    for number in range(6):
        await harness.invite("ana", f"m{number}")
    users = [harness.discord_user(f"late{number}") for number in range(4)]
    done = await harness.pods.invitations.invite_all(ana, HERE, users, harness.now)
    assert len(done.sent) == 2
    assert [type(refusal) for _, refusal in done.refused] == [PodFull] * 2
    assert len((await harness.pod("ana")).sent) == 8


async def test_what_is_between_two_people_is_said_from_one_side_and_reveals_no_boundary(
    harness: Harness,
) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    assert await harness.pods.between(ana, bo, harness.now) == Between(False, False, False)
    await harness.invite("ana", "bo")
    assert await harness.pods.between(ana, bo, harness.now) == Between(False, False, True)
    assert await harness.pods.between(bo, ana, harness.now) == Between(False, False, False)
    await harness.boundaries.set(bo, ana, harness.now)
    assert await harness.pods.between(ana, bo, harness.now) == Between(False, False, True)
    cy = await harness.person("cy")
    await harness.tie("ana", "cy")
    assert await harness.pods.between(ana, cy, harness.now) == Between(True, False, False)
    assert await harness.pods.between(cy, ana, harness.now) == Between(False, True, False)


@pytest.mark.parametrize("erased", ["ana", "bo"])
async def test_nobody_can_be_invited_again_any_sooner_because_one_of_the_two_has_erased(
    harness: Harness, erased: str
) -> None:
    invitation = await harness.invite("ana", "bo")
    await harness.pods.invitations.decline(await harness.person("bo"), invitation.id, harness.now)
    await harness.services.privacy.erase(await harness.person(erased), harness.now)
    await harness.wait(days=LIVES)
    await harness.invite("ana", "bo")
    assert len((await harness.pod("ana")).sent) == 1
    assert (await harness.pod("bo")).invitations == ()
    await harness.invite("ana", "cy")
    assert len((await harness.pod("cy")).invitations) == 1
    await harness.services.privacy.erase(await harness.person("ana"), harness.now)
    await harness.wait(days=REACHED_AGAIN, hours=1)
    await harness.invite("ana", "bo")
    assert len((await harness.pod("bo")).invitations) == 1
