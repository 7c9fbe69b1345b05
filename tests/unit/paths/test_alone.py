"""A path alone: *Stop* tonight, what is kept of it, and its end."""

from datetime import timedelta

import pytest

from bot.errors import AlreadyDone, NotYours
from bot.paths import notifications
from bot.paths.commitment import COMMITMENTS_AT_MOST, About
from bot.paths.errors import CommitmentUnwritten, NoSuchDay, PathClosed, TooManyCommitments
from bot.paths.models import Step
from bot.people.errors import UnderEighteen
from tests.unit.paths.fixtures import Harness
from tests.unit.pods.fixtures import HERE


async def test_a_path_begins_alone_at_stop_and_is_there_once(harness: Harness) -> None:
    path = await harness.start()
    assert path.step is Step.STOP
    assert (await harness.start()).id == path.id
    view = await harness.view()
    assert (view.companions, view.commitments, view.can_go_on) == ((), (), False)


async def test_a_commitment_is_looked_at_after_a_week_unless_another_day_is_chosen(harness: Harness) -> None:
    ana = await harness.person("ana")
    one = await harness.commit("ana", "no parties")
    two = await harness.commit("ana", "no drinks", About.SUBSTANCES)
    await harness.paths.commitments.look_on(ana, two.id, 3, harness.now)
    await harness.wait(days=4)
    [message] = await harness.messages("ana")
    assert (message.kind, message.subject) == (notifications.LOOK, two.id)
    await harness.paths.commitments.look_on(ana, two.id, 30, harness.now)
    assert await harness.messages("ana") == []
    await harness.wait(days=4)
    assert [message.subject for message in await harness.messages("ana")] == [one.id]
    with pytest.raises(NoSuchDay):
        await harness.paths.commitments.look_on(ana, one.id, 40, harness.now)


async def test_stop_alone_goes_on_for_a_year(harness: Harness) -> None:
    await harness.commit("ana")
    await harness.wait(days=365)
    view = await harness.view()
    assert view.path.step is Step.STOP
    assert [text for _, text in view.commitments] == ["no parties until March"]


async def test_the_same_sentence_sent_twice_makes_one_commitment(harness: Harness) -> None:
    first = await harness.commit("ana")
    assert (await harness.commit("ana")).id == first.id
    with pytest.raises(CommitmentUnwritten):
        await harness.commit("ana", " ")


async def test_there_are_as_many_commitments_as_fit_on_a_card(harness: Harness) -> None:
    for number in range(COMMITMENTS_AT_MOST):
        await harness.commit("ana", f"number {number}")
    with pytest.raises(TooManyCommitments):
        await harness.commit("ana", "one more")


async def test_a_commitment_is_rewritten_and_ended_by_its_owner_alone(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    one = await harness.commit("ana")
    commitments = harness.paths.commitments
    await commitments.rewrite(ana, one.id, "no parties until May", harness.now)
    assert (await commitments.show(ana, one.id))[1] == "no parties until May"
    with pytest.raises(CommitmentUnwritten):
        await commitments.rewrite(ana, one.id, "", harness.now)
    with pytest.raises(NotYours):
        await commitments.end(bo, one.id, harness.now)
    with pytest.raises(NotYours):
        await commitments.show(bo, one.id)
    await commitments.end(ana, one.id, harness.now)
    assert (await harness.view()).commitments == ()
    assert await harness.agenda.next_due() != one.look_at


async def test_after_the_end_the_words_stay_for_their_owner_for_thirty_days(harness: Harness) -> None:
    ana = await harness.person("ana")
    one = await harness.commit("ana")
    path = await harness.start()
    await harness.paths.steps.end(ana, path.id, harness.now)
    await harness.paths.steps.end(ana, path.id, harness.now)
    await harness.wait(days=29)
    assert await harness.messages("ana") == []
    assert [text for _, text in (await harness.view(id=path.id)).commitments] == ["no parties until March"]
    with pytest.raises(PathClosed):
        await harness.paths.commitments.show(ana, one.id)
    await harness.wait(days=2)
    with pytest.raises(NotYours):
        await harness.view(id=path.id)
    assert await harness.paths.queries.closed_in(ana, HERE) is None


async def test_nobody_under_eighteen_begins_or_goes_on_with_a_path(harness: Harness) -> None:
    ana = await harness.person("ana")
    await harness.commit("ana")
    await harness.preferences.say_minor(ana, harness.now)
    with pytest.raises(UnderEighteen):
        await harness.start()
    await harness.wait(days=60)
    assert await harness.messages("ana") == []


async def test_alone_there_is_no_step_before_and_none_to_go_on_to(harness: Harness) -> None:
    ana, path = await harness.person("ana"), await harness.start()
    with pytest.raises(AlreadyDone):
        await harness.paths.steps.back(ana, path.id, harness.now)
    again = await harness.paths.steps.happened_again(ana, path.id, harness.now)
    assert again == path
    await harness.wait(days=1)
    assert harness.now - path.made_at == timedelta(days=1)
