"""A whole year of somebody's terms, in virtual time, beside the path of the person they are about."""

from datetime import timedelta

import pytest

from bot.paths.commitment import About
from bot.paths.request import RequestKind
from bot.terms import notifications, timers
from bot.terms.errors import CarryingClosed, NothingKept
from bot.terms.models import KEPT, Outcome, TermsText, Want
from tests.unit.paths.fixtures import FORTNIGHT
from tests.unit.pods.fixtures import HERE
from tests.unit.terms.fixtures import Harness


async def accompanied(harness: Harness, owner: str, *companions: str) -> str:
    """Let somebody go on with a path that these people accompany, and return its id."""
    paths, me = harness.services.paths, await harness.person(owner)
    path = await paths.start(me, HERE, harness.now)
    await paths.commitments.add(me, path.id, About.EVENTS, "no parties", harness.now)
    for name in companions:
        sent = await paths.invitations.invite(me, path.id, harness.discord_user(name), harness.now)
        await paths.invitations.accept(await harness.person(name), sent.id, None, harness.now)
    await paths.steps.go_on(me, path.id, FORTNIGHT, harness.now)
    return path.id


async def test_terms_go_to_a_carrier_and_are_taken_back_at_month_six(harness: Harness) -> None:
    """Ana asks Bo, who says no, then Dee. She changes it at month three and takes it back at month six."""
    ana, bo = [await harness.person(name) for name in ("ana", "bo")]
    path, began = await accompanied(harness, "cy", "eve", "fay"), harness.now

    async def month(number: int) -> None:
        """Let time pass until then, a day at a time."""
        while harness.now < began + number * timedelta(days=30):
            await harness.wait(days=1)

    first = TermsText.of([Want.AWAY], "stay away from movie night")
    await harness.keep("ana", first)
    asked = await harness.ask("ana", "bo")
    await harness.terms.carrying.decline(bo, asked.carrying.id, harness.now)
    await month(1)
    assert (await harness.home("ana")).asked is None, "a no looks like no answer, and lapses"

    id = (await harness.ask("ana", "dee")).carrying.id
    await harness.accept("dee", id)
    await month(2)
    assert (await harness.read("dee", id)).text.blank, "she hasn't let Dee read it yet"
    await harness.let("ana", id)
    assert (await harness.read("dee", id)).text == first
    # Dee says it, out loud, to a companion, who enters it. Plumbline doesn't know of that.
    eve = await harness.person("eve")
    words = "please don't come to movie night"
    await harness.services.paths.requests.enter(eve, path, RequestKind.DISTANCE, words, harness.now)
    await harness.say("dee", id, Outcome.BROUGHT)
    assert await harness.came("ana", id) is Outcome.BROUGHT

    await month(3)
    second = TermsText.of([Want.AWAY, Want.CONTACT], "and don't write to me")
    await harness.change("ana", second)
    assert (await harness.read("dee", id)).text.blank
    await harness.let("ana", id)
    await month(5)
    await harness.say("dee", id, Outcome.PARTLY)
    assert (await harness.read("dee", id)).text == second

    await month(6)
    await harness.withdraw("ana", id)
    assert await harness.kinds("dee") == [notifications.ENDED]
    with pytest.raises(CarryingClosed):
        await harness.read("dee", id)
    with pytest.raises(CarryingClosed):
        await harness.say("dee", id)
    home = await harness.home("ana")
    assert (home.text, home.asked) == (second, None)
    assert {kind for kind, _ in await harness.timers()} == {timers.GOES, timers.FORGET}

    await month(12)
    assert await harness.carrying(id) is None
    own = await harness.services.paths.queries.show(await harness.person("cy"), path, harness.now)
    assert own.path.open, "the path went its own way"
    assert [text for _, text in own.requests] == [words], "a request stays, whatever became of the terms"
    await month(3 + 13)
    assert home.own.goes_at == began + timedelta(days=90) + KEPT
    with pytest.raises(NothingKept):
        await harness.terms.show(ana, harness.now)
    assert await harness.timers() == set()
