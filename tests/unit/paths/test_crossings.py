"""What crosses a path: boundaries, leaving, erasing, age, the adults' role, bars, and the server's end."""

from datetime import timedelta

import pytest

from bot.errors import NotYours
from bot.events import ServerForgotten, ServerSetForMinors
from bot.paths import notifications, timers
from bot.paths.answer import Sense
from bot.paths.errors import InvitationClosed
from bot.paths.models import Step
from bot.paths.request import RequestKind
from bot.people.errors import UnderEighteen
from bot.reports.errors import Barred
from bot.reports.models import Start
from bot.scheduling.tables import agenda
from bot.servers.errors import WithoutAdultRole
from bot.storage.tx import Tx
from tests.unit.paths.fixtures import Harness
from tests.unit.pods.fixtures import HERE


async def of_paths(harness: Harness) -> set[str]:
    """Return the kinds of timers of paths that are on the agenda."""

    async def read(tx: Tx) -> set[str]:
        rows = await tx.all(agenda.select())
        return {row.kind for row in rows if row.kind.startswith("paths.")}

    return await harness.db.read(read)


async def rows_of(harness: Harness) -> int:
    async def read(tx: Tx) -> int:
        from bot.paths.tables import (
            path_answers,
            path_commitments,
            path_companions,
            path_requests,
            path_votes,
        )

        tables = (path_answers, path_commitments, path_companions, path_requests, path_votes)
        return sum([len(await tx.all(one.select())) for one in tables])

    return await harness.db.read(read)


# -- boundaries -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("setter", ["ana", "bo"])
async def test_a_boundary_between_the_person_and_a_companion_ends_their_place_within_a_day(
    harness: Harness, setter: str
) -> None:
    other = "bo" if setter == "ana" else "ana"
    id = await harness.accompanied("ana", "bo", "cy", "dee")
    await harness.commit("ana", "before")
    before = {name: await harness.kinds(name) for name in ("ana", "bo", "cy")}
    beside = await harness.beside("bo", id)
    await harness.boundaries.set(await harness.person(setter), await harness.person(other), harness.now)
    assert {name: await harness.kinds(name) for name in ("ana", "bo", "cy")} == before
    assert len((await harness.view()).companions) == 3
    harness.now += timedelta(minutes=1)
    await harness.commit("ana", "after")
    assert (await harness.beside("bo", id)).commitments == beside.commitments
    await harness.wait(days=1)
    assert {one.person for one in (await harness.view()).companions} == {
        await harness.person(name) for name in ("cy", "dee")
    }
    with pytest.raises(NotYours):
        await harness.beside("bo", id)
    assert await harness.kinds("bo") == ([notifications.CLOSED] if setter == "ana" else [])
    assert await harness.kinds("ana") == await harness.kinds("cy") == [notifications.CHANGED]


async def test_a_boundary_between_two_companions_ends_the_place_of_the_one_who_set_it(
    harness: Harness,
) -> None:
    id = await harness.accompanied("ana", "bo", "cy", "dee")
    await harness.boundaries.set(await harness.person("bo"), await harness.person("cy"), harness.now)
    made = await harness.request("bo", id)
    assert await harness.kinds("cy") == []
    assert (await harness.beside("cy", id)).requests == ()
    with pytest.raises(NotYours):
        await harness.paths.requests.agree(await harness.person("cy"), made.id, harness.now)
    await harness.wait(days=1)
    with pytest.raises(NotYours):
        await harness.beside("bo", id)
    assert await harness.kinds("bo") == []
    assert (await harness.beside("cy", id)).me is not None
    assert await harness.kinds("cy") == [notifications.CHANGED]


async def test_a_request_entered_under_a_boundary_never_reaches_the_person_and_looks_released(
    harness: Harness,
) -> None:
    id = await harness.accompanied("ana", "bo", "cy", "dee")
    await harness.boundaries.set(await harness.person("ana"), await harness.person("bo"), harness.now)
    before = await harness.view()
    await harness.request("bo", id, RequestKind.DISTANCE, "distance")
    assert await harness.view() == before
    assert await harness.messages("ana") == []
    for name in ("bo", "cy"):
        [asked] = (await harness.beside(name, id)).requests
        assert asked.request.released_at == harness.now


async def test_what_a_companion_tells_does_not_reach_one_with_a_boundary(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy", "dee")
    await harness.meeting(id)
    answer = await harness.asked("bo")
    assert answer is not None
    await harness.boundaries.set(await harness.person("cy"), await harness.person("bo"), harness.now)
    await harness.sense("bo", answer, Sense.WORRIED)
    await harness.paths.meetings.tell_others(await harness.person("bo"), answer, harness.now)
    assert notifications.TOLD not in await harness.kinds("cy")
    assert notifications.TOLD in await harness.kinds("dee")


@pytest.mark.parametrize("concerned", ["ana", "bo"])
async def test_an_invitation_is_withheld_from_somebody_with_a_boundary_to_anyone_on_the_path(
    harness: Harness, concerned: str
) -> None:
    await harness.accompanied("ana", "bo", "cy")
    eve = await harness.person("eve")
    await harness.boundaries.set(eve, await harness.person(concerned), harness.now)
    sent = await harness.ask("ana", "eve")
    assert [one.id for one in (await harness.view()).sent] == [sent.id]
    assert await harness.paths.invitations.waiting(eve, harness.now) == []
    with pytest.raises(InvitationClosed):
        await harness.paths.invitations.accept(eve, sent.id, None, harness.now)


async def test_two_invited_people_with_a_boundary_are_never_beside_the_same_path(harness: Harness) -> None:
    bo, cy = await harness.person("bo"), await harness.person("cy")
    await harness.boundaries.set(bo, cy, harness.now)
    sent = await harness.ask("ana", "bo")
    other = await harness.ask("ana", "cy")
    await harness.paths.invitations.accept(bo, sent.id, None, harness.now)
    with pytest.raises(InvitationClosed):
        await harness.paths.invitations.accept(cy, other.id, None, harness.now)
    assert len(await harness.paths.invitations.waiting(cy, harness.now)) == 1
    await harness.wait(days=1)
    assert await harness.paths.invitations.waiting(cy, harness.now) == []


@pytest.mark.parametrize("setter", ["bo", "eve"])
async def test_an_invitation_that_waits_goes_at_a_random_time_after_a_boundary_with_a_companion(
    harness: Harness, setter: str
) -> None:
    other = "eve" if setter == "bo" else "bo"
    await harness.accompanied("ana", "bo", "cy")
    sent = await harness.ask("ana", "eve")
    eve = await harness.person("eve")
    await harness.boundaries.set(await harness.person(setter), await harness.person(other), harness.now)
    assert [one.invitation.id for one in await harness.paths.invitations.waiting(eve, harness.now)] == [
        sent.id
    ]
    assert (await harness.paths.invitations.look_at(eve, sent.id, harness.now)).invitation.id == sent.id
    with pytest.raises(InvitationClosed):
        await harness.paths.invitations.accept(eve, sent.id, None, harness.now)
    await harness.wait(days=1)
    assert await harness.paths.invitations.waiting(eve, harness.now) == []
    assert len((await harness.view()).sent) == 1


async def test_an_invitation_stays_if_the_companion_with_a_boundary_has_left_by_then(
    harness: Harness,
) -> None:
    id = await harness.accompanied("ana", "bo", "cy", "dee")
    sent = await harness.ask("ana", "eve")
    bo, eve = await harness.person("bo"), await harness.person("eve")
    await harness.boundaries.set(bo, eve, harness.now)
    await harness.paths.beside.leave(bo, id, harness.now)
    await harness.wait(days=1)
    assert len(await harness.paths.invitations.waiting(eve, harness.now)) == 1
    await harness.paths.invitations.accept(eve, sent.id, None, harness.now)


async def test_a_yes_that_was_not_told_ends_at_once_with_a_boundary(harness: Harness) -> None:
    await harness.join("ana", "bo", told=False)
    await harness.boundaries.set(await harness.person("bo"), await harness.person("ana"), harness.now)
    view = await harness.view()
    assert view.companions == ()
    assert len(view.sent) == 1
    assert await harness.messages("ana") == []


async def test_a_boundary_that_is_lifted_before_the_place_ends_lets_it_stay(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    bo = await harness.person("bo")
    await harness.boundaries.set(bo, await harness.person("ana"), harness.now)
    [held] = await harness.boundaries.of(bo)
    await harness.boundaries.lift(bo, held.id)
    await harness.wait(days=2)
    assert (await harness.beside("bo", id)).me is not None


# -- leaving and erasing --------------------------------------------------------------------------------


async def test_a_path_closes_when_its_person_leaves_the_server_or_is_erased(harness: Harness) -> None:
    read = []
    for end in ("leave", "erase"):
        owner, whom = f"ana-{end}", [f"{name}-{end}" for name in ("bo", "cy")]
        id = await harness.accompanied(owner, *whom)
        await harness.request(whom[0], id, RequestKind.DISTANCE, "distance")
        ana = await harness.person(owner)
        if end == "leave":
            await harness.parted(ana, HERE)
        else:
            await harness.services.privacy.erase(ana, harness.now)
        read.append([await harness.kinds(name) for name in whom])
        with pytest.raises(NotYours):
            await harness.beside(whom[0], id)
    assert read == [[[notifications.CLOSED], [notifications.CLOSED]]] * 2


async def test_a_companion_who_is_erased_goes_as_by_leaving_and_what_has_reached_the_person_stays(
    harness: Harness,
) -> None:
    bo = await harness.person("bo")
    id = await harness.accompanied("ana", "bo", "cy", "dee")
    await harness.request("bo", id, RequestKind.DISTANCE, "please keep away")
    await harness.request("bo", id, text="not heard yet")
    for name in ("ana", "cy"):
        await harness.read_all(name)
    await harness.services.privacy.erase(bo, harness.now)
    assert await harness.kinds("ana") == [notifications.CHANGED]
    assert await harness.kinds("cy") == [notifications.CHANGED, notifications.ENTERED]
    [(request, text)] = (await harness.view()).requests
    assert (request.kind, text) == (RequestKind.DISTANCE, "please keep away")
    assert request.by != bo
    heard = sorted(one.text for one in (await harness.beside("cy", id)).requests)
    assert heard == ["", "please keep away"]
    await harness.services.privacy.erase(await harness.person("ana"), harness.now)
    assert await rows_of(harness) == 0


async def test_a_withheld_request_goes_with_the_place_of_whoever_entered_it(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy", "dee")
    await harness.boundaries.set(await harness.person("bo"), await harness.person("ana"), harness.now)
    made = await harness.request("bo", id, RequestKind.DISTANCE, "keep away")
    [seen] = (await harness.beside("cy", id)).requests
    assert seen.request.released_at is not None
    await harness.wait(days=1)
    assert (await harness.beside("cy", id)).requests == ()
    assert notifications.CHANGED in await harness.kinds("cy")
    with pytest.raises(NotYours):
        await harness.hand_back("cy", made.id)


async def test_a_companion_is_told_of_everything_again_after_a_boundary_was_lifted(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    ana = await harness.person("ana")
    await harness.boundaries.set(ana, await harness.person("bo"), harness.now)
    [held] = await harness.boundaries.of(ana)
    await harness.boundaries.lift(ana, held.id)
    await harness.wait(days=3)
    await harness.commit("ana", "something new")
    await harness.hold(id)
    await harness.paths.steps.ready(ana, id, harness.now)
    one, other = await harness.beside("bo", id), await harness.beside("cy", id)
    assert (len(one.commitments), one.ready) == (len(other.commitments), other.ready) == (1, True)
    assert notifications.READY in await harness.kinds("bo")


async def test_erasing_a_person_leaves_no_row_and_no_timer(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.commit("ana")
    await harness.request("bo", id)
    await harness.ask("ana", "eve")
    await harness.meeting(id)
    await harness.services.privacy.erase(await harness.person("ana"), harness.now)
    assert await rows_of(harness) == 0
    assert await of_paths(harness) <= {timers.INVITATION_GOES}


async def test_somebody_under_eighteen_leaves_and_their_own_path_is_gone(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy", "dee")
    await harness.preferences.say_minor(await harness.person("bo"), harness.now)
    assert len((await harness.view()).companions) == 2
    await harness.preferences.say_minor(await harness.person("ana"), harness.now)
    assert await harness.kinds("cy") == [notifications.CLOSED]
    with pytest.raises(NotYours):
        await harness.path_of(id) if await rows_of(harness) else await harness.view("ana", id)
    assert await rows_of(harness) == 0


async def test_a_server_that_is_set_for_minors_closes_its_paths_at_once(harness: Harness) -> None:
    await harness.accompanied("ana", "bo", "cy")
    await harness.commit("ana")
    await harness.db.write(lambda tx: harness.events.publish(tx, ServerSetForMinors(harness.now, HERE)))
    for name in ("ana", "bo", "cy"):
        assert notifications.CLOSED in await harness.kinds(name)
    assert await rows_of(harness) == 0


async def test_a_forgotten_server_leaves_nothing_of_a_path(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.commit("ana")
    await harness.ask("ana", "eve")
    await harness.meeting(id)
    await harness.db.write(lambda tx: harness.events.publish(tx, ServerForgotten(harness.now, HERE)))
    assert await rows_of(harness) == 0
    assert await of_paths(harness) == set()
    for name in ("ana", "bo"):
        assert await harness.messages(name) == []


async def test_without_the_adults_role_nothing_new_begins_and_nothing_ends(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    ana, eve = await harness.person("ana"), await harness.person("eve")
    sent = await harness.ask("ana", "eve")
    await harness.servers.change(HERE, ana, harness.now, {"adult_role": 5})
    with pytest.raises(WithoutAdultRole):
        await harness.paths.invitations.accept(eve, sent.id, None, harness.now)
    with pytest.raises(WithoutAdultRole):
        await harness.paths.start(eve, HERE, harness.now)
    await harness.commit("ana")
    assert (await harness.beside("bo", id)).path.step is Step.SAY


async def test_somebody_barred_starts_no_path_and_invites_nobody(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, path = await harness.person("ana"), await harness.start()

    async def barred(*_args: object) -> None:
        raise Barred(harness.now, HERE)

    monkeypatch.setattr(harness.services.reports.bars, "require_free", barred)
    with pytest.raises(Barred):
        await harness.ask("ana", "bo")
    with pytest.raises(Barred):
        await harness.paths.start(await harness.person("bo"), HERE, harness.now)
    assert await harness.commit("ana") is not None
    assert (await harness.start()).id == path.id
    await harness.paths.steps.end(ana, path.id, harness.now)


async def test_erasing_is_no_way_to_invite_again_sooner(harness: Harness) -> None:
    sent = await harness.ask("ana", "bo")
    await harness.paths.invitations.decline(await harness.person("bo"), sent.id, harness.now)
    await harness.services.privacy.erase(await harness.person("ana"), harness.now)
    await harness.ask("ana", "bo")
    bo = await harness.person("bo")
    assert await harness.paths.invitations.waiting(bo, harness.now) == []
    ana = await harness.person("ana")
    assert await harness.db.read(
        lambda tx: harness.services.reports.starts.quotas.rests(tx, Start.COMPANION, ana, bo, harness.now)
    )


async def test_nobody_under_eighteen_accepts(harness: Harness) -> None:
    sent = await harness.ask("ana", "bo")
    bo = await harness.person("bo")
    await harness.preferences.say_minor(bo, harness.now)
    with pytest.raises((UnderEighteen, InvitationClosed)):
        await harness.paths.invitations.accept(bo, sent.id, None, harness.now)
    assert await harness.paths.invitations.waiting(bo, harness.now) == []
