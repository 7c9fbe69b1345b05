"""Companions: how they are invited, agree, leave and are replaced."""

from datetime import timedelta

import pytest

from bot.errors import NotYours
from bot.ids import ServerId
from bot.paths import notifications
from bot.paths.errors import (
    AccompaniesAlready,
    AlreadyCompanion,
    CompanionsFull,
    InvitationClosed,
    MemberTooShort,
    NotReadyYet,
    OwnBoundary,
    Yourself,
)
from bot.paths.models import MEMBER_FOR, TERM, Step
from bot.people.models import DiscordUser
from tests.unit.paths.fixtures import MONTHLY, Harness
from tests.unit.pods.fixtures import HERE


async def test_an_invitation_waits_and_its_inviter_learns_only_of_a_yes(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    sent = await harness.ask("ana", "bo")
    assert await harness.messages("bo") == []
    [offered] = await harness.paths.invitations.waiting(bo, harness.now)
    assert (offered.name, offered.ended_at) == ("ana", None)
    before = await harness.view()
    await harness.paths.invitations.decline(bo, sent.id, harness.now)
    assert await harness.view() == before
    assert await harness.messages("ana") == []
    with pytest.raises(InvitationClosed):
        await harness.paths.invitations.accept(bo, sent.id, None, harness.now)
    cy = await harness.person("cy")
    asked = await harness.ask("ana", "cy")
    place = await harness.paths.invitations.accept(cy, asked.id, None, harness.now)
    assert await harness.paths.invitations.accept(cy, asked.id, None, harness.now) == place
    [message] = await harness.messages("ana")
    assert (message.kind, message.other, message.person) == (notifications.JOINED, cy, ana)


async def test_the_path_goes_on_to_the_second_step_once_two_have_agreed(harness: Harness) -> None:
    ana, path = await harness.person("ana"), await harness.start()
    await harness.join("ana", "bo")
    with pytest.raises(NotReadyYet):
        await harness.paths.steps.go_on(ana, path.id, MONTHLY, harness.now)
    await harness.join("ana", "cy")
    assert (await harness.view()).can_go_on
    gone = await harness.paths.steps.go_on(ana, path.id, MONTHLY, harness.now)
    assert gone.step is Step.SAY
    assert gone.next_at is not None
    assert await harness.kinds("bo") == await harness.kinds("cy") == [notifications.CHANGED]


async def test_who_can_be_a_companion(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    with pytest.raises(Yourself):
        await harness.ask("ana", "ana")
    sent = await harness.ask("ana", "bo")
    with pytest.raises(MemberTooShort) as short:
        await harness.paths.invitations.accept(bo, sent.id, harness.now - timedelta(days=3), harness.now)
    assert short.value.at == harness.now - timedelta(days=3) + MEMBER_FOR
    await harness.paths.invitations.accept(bo, sent.id, harness.now - MEMBER_FOR, harness.now)
    with pytest.raises(AlreadyCompanion):
        await harness.ask("ana", "bo")
    other = await harness.ask("dee", "bo")
    with pytest.raises(AccompaniesAlready):
        await harness.paths.invitations.accept(bo, other.id, None, harness.now)
    eve = await harness.person("eve")
    await harness.boundaries.set(ana, eve, harness.now)
    with pytest.raises(OwnBoundary):
        await harness.ask("ana", "eve")


async def test_there_are_at_most_four_with_open_invitations(harness: Harness) -> None:
    for name in ("bo", "cy"):
        await harness.join("ana", name)
    for name in ("dee", "eve"):
        await harness.ask("ana", name)
    with pytest.raises(CompanionsFull):
        await harness.ask("ana", "fay")
    [sent, _] = (await harness.view()).sent
    await harness.paths.invitations.take_back(await harness.person("ana"), sent.id)
    await harness.ask("ana", "fay")


async def test_an_invitation_lapses_and_cannot_be_answered_when_the_path_is_gone(harness: Harness) -> None:
    bo = await harness.person("bo")
    sent = await harness.ask("ana", "bo")
    await harness.wait(days=15)
    assert (await harness.view()).sent == ()
    assert await harness.paths.invitations.waiting(bo, harness.now) == []
    cy = await harness.person("cy")
    other = await harness.ask("ana", "cy")
    path = await harness.start()
    await harness.paths.steps.end(await harness.person("ana"), path.id, harness.now)
    for person, id in ((bo, sent.id), (cy, other.id)):
        with pytest.raises(InvitationClosed):
            await harness.paths.invitations.accept(person, id, None, harness.now)


async def test_a_new_companion_is_told_that_an_earlier_path_ended(harness: Harness) -> None:
    ana, dee = await harness.person("ana"), await harness.person("dee")
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.paths.steps.end(ana, id, harness.now)
    ended = harness.now
    await harness.wait(days=200)
    sent = await harness.ask("ana", "dee")
    assert (await harness.paths.invitations.look_at(dee, sent.id, harness.now)).ended_at == ended
    await harness.wait(days=166)
    assert (await harness.ask("ana", "eve")) is not None
    [offered] = await harness.paths.invitations.waiting(await harness.person("eve"), harness.now)
    assert offered.ended_at is None


async def test_below_two_the_path_waits_and_goes_on_with_a_new_one(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.commit("ana")
    await harness.paths.beside.leave(await harness.person("bo"), id, harness.now)
    path = await harness.path_of(id)
    assert path.waits_until == harness.now + timedelta(days=30)
    assert path.next_at is None
    assert await harness.kinds("ana") == await harness.kinds("cy") == [notifications.CHANGED]
    assert await harness.messages("bo") == []
    with pytest.raises(NotYours):
        await harness.beside("bo", id)
    await harness.wait(days=20)
    await harness.join("ana", "dee")
    path = await harness.path_of(id)
    assert (path.waits, path.step) == (False, Step.SAY)
    assert path.next_at is not None
    await harness.wait(days=30)
    assert (await harness.path_of(id)).open


async def test_a_path_that_waits_too_long_closes_and_stop_goes_on_as_plans(harness: Harness) -> None:
    ana = await harness.person("ana")
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.commit("ana", "no parties")
    for name in ("bo", "cy"):
        await harness.paths.beside.leave(await harness.person(name), id, harness.now)
    await harness.wait(days=31)
    assert not (await harness.path_of(id)).open
    assert notifications.CLOSED in await harness.kinds("ana")
    assert [shown.words.action for shown in await harness.plans.of_owner(ana)] == ["no parties"]
    assert (await harness.paths.queries.closed_in(ana, HERE)) is not None


async def test_whatever_ends_a_companions_place_they_read_the_same(harness: Harness) -> None:
    """Removed, closed, or the person left: one sentence, and nothing is left to open."""
    read = []
    for end in ("remove", "close", "leave"):
        owner = f"ana-{end}"
        id = await harness.accompanied(owner, f"bo-{end}", f"cy-{end}", f"dee-{end}")
        ana = await harness.person(owner)
        match end:
            case "remove":
                place = await harness.paths.queries.beside_what(await harness.person(f"bo-{end}"))
                assert place is not None
                await harness.paths.beside.remove(ana, place.id, harness.now)
            case "close":
                await harness.paths.steps.end(ana, id, harness.now)
            case _:
                await harness.parted(ana, HERE)
        read.append(await harness.kinds(f"bo-{end}"))
        with pytest.raises(NotYours):
            await harness.beside(f"bo-{end}", id)
    assert read == [[notifications.CLOSED]] * 3


async def test_after_six_months_a_companion_is_asked_once_whether_they_go_on(harness: Harness) -> None:
    await harness.accompanied("ana", "bo", "cy")
    bo = await harness.person("bo")
    place = await harness.paths.queries.beside_what(bo)
    assert place is not None
    await harness.wait_until(place.term_at)
    assert notifications.TERM in await harness.kinds("bo")
    stays = await harness.paths.beside.stay(bo, place.id, harness.now)
    assert stays.term_at == harness.now + TERM
    assert notifications.TERM not in await harness.kinds("bo")
    assert (await harness.paths.beside.stay(bo, place.id, harness.now)).term_at == stays.term_at


async def test_a_yes_that_was_not_told_looks_never_given_if_it_is_taken_back(harness: Harness) -> None:
    await harness.join("ana", "bo", told=False)
    path = await harness.start()
    await harness.paths.beside.leave(await harness.person("bo"), path.id, harness.now)
    assert await harness.messages("ana") == []
    view = await harness.view()
    assert view.companions == ()
    assert [view.names[one.member] for one in view.sent] == ["bo"]


async def test_an_invitation_in_another_server_counts_for_the_ninety_days(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    first = await harness.ask("ana", "bo")
    await harness.paths.invitations.decline(bo, first.id, harness.now)
    there = ServerId(HERE + 1)
    for name in ("ana", "bo"):
        await harness.people.meet(DiscordUser(harness.accounts[name], name, there), harness.now)
    path = await harness.paths.start(ana, there, harness.now)
    user = DiscordUser(harness.accounts["bo"], "bo", there)
    sent = await harness.paths.invitations.invite(ana, path.id, user, harness.now)
    assert [one.id for one in (await harness.view(id=path.id)).sent] == [sent.id]
    assert await harness.paths.invitations.waiting(bo, harness.now) == []
    await harness.wait(days=91)
    await harness.paths.invitations.invite(ana, path.id, user, harness.now)
    assert len(await harness.paths.invitations.waiting(bo, harness.now)) == 1
