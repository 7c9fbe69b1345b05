"""Who reads a card: somebody who may have hurt a person, a witness, or a friend of the person who was hurt.

No card for a witness or a friend has the words for somebody who did harm.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.asks.models import AskKind
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from cogs.ask import strings
from tests.discord.asking import ANSWER, IMPACT, ask_of, form, friends, opened, read_it

DID = (AskKind.OFF, AskKind.SAID, AskKind.PUSHED)
OTHERS = (AskKind.SAW, AskKind.NAMED)
ONLY_WHO_DID_IT = (
    "you may have hurt",
    "Leave them alone",
    "not even to say sorry",
    "Delete nothing",
    "the person you hurt",
    "only heard your side",
    "Did you leave out anything",
    "What it may have been like for them",
    "check on them",
    "Think it through",
    "I'm worried about what I did",
    "What did you do or say?",
)
"""What is only for somebody who may have hurt a person, in texts and on buttons."""


def test_each_kind_of_ask_has_its_side() -> None:
    assert {*DID, *OTHERS} == {*AskKind}
    assert [kind for kind in AskKind if kind.of_others] == list(OTHERS)


@asynccontextmanager
async def asked(demo: DemoClient, kind: AskKind) -> AsyncIterator[list[Screen]]:
    """Let Ana ask Ben and Cleo about this kind. Collect each of her cards from the form on."""
    ana, _, _ = await friends(demo, "ben", "cleo")
    shown = await form(demo, ana, strings.KINDS[kind])
    seen = [await shown.submit(dict.fromkeys(shown.form.labels, "a few words"))]
    chosen = await seen[0].choose(["Ben", "Cleo"])
    seen.append(await (await chosen.press("In 3 days")).press("Send"))
    await demo.settle()
    ask = await ask_of(demo, ana)
    seen.append(await demo.forge(ana, f"v1:asks.show:{ask.id}"))
    seen.append(await demo.forge(ana, f"v1:asks.read:{ask.id}"))
    yield seen
    seen.append(await demo.forge(ana, f"v1:asks.show:{ask.id}"))
    seen.append(await demo.forge(ana, f"v1:asks.read:{ask.id}"))
    await demo.skip(days=10)
    seen.append(await demo.forge(ana, f"v1:asks.show:{ask.id}"))


def check(kind: AskKind, seen: list[Screen]) -> None:
    whole = "\n".join(f"{card.text}\n{card.buttons}" for card in seen)
    found = [words for words in ONLY_WHO_DID_IT if words in whole]
    if kind.of_others:
        assert found == []
    else:
        # The same walk finds them where they belong, so this test can fail.
        assert "check on them" in found


@pytest.mark.parametrize("kind", AskKind)
async def test_when_a_friend_says_it_is_beyond_them_each_side_gets_its_own_card(
    demo: DemoClient, kind: AskKind
) -> None:
    ben = await demo.member("ben")
    async with asked(demo, kind) as seen:
        await (await (await read_it(demo, ben)).press("This is beyond me")).press("Tell them")
        await demo.skip(hours=3, minutes=1)
        card = await opened(demo, await demo.member("ana"))
        seen.append(card)
    check(kind, seen)
    danger = card.text.splitlines()[1]
    assert "in danger now, call **your local emergency number**." in danger
    match kind:
        case AskKind.NAMED:
            assert "What happens next is up to the friend who was hurt." in card
            assert (
                "Don't take it up with the person who did it** unless the friend who was hurt asks you to."
                in card
            )
            assert "`Support`, then `Someone told me`" in card
            assert card.buttons == ["Ask someone to talk", "What I'll do", "What to say and do", "Support"]
        case AskKind.SAW:
            assert "Ask the person it happened to." in card
            assert card.buttons == ["Ask someone to talk", "What I'll do", "Support"]
        case _:
            assert "Leave them alone for now." in card


@pytest.mark.parametrize("kind", AskKind)
async def test_when_somebody_may_be_in_danger_each_side_gets_its_own_card(
    demo: DemoClient, kind: AskKind
) -> None:
    ben = await demo.member("ben")
    async with asked(demo, kind) as seen:
        beyond = await (await read_it(demo, ben)).press("This is beyond me")
        await (await beyond.press("Somebody may be in danger")).press("Tell them now")
        await demo.settle()
        seen.append(await opened(demo, await demo.member("ana")))
    check(kind, seen)


@pytest.mark.parametrize("kind", AskKind)
async def test_the_answers_and_a_closed_ask_fit_each_side(demo: DemoClient, kind: AskKind) -> None:
    ben = await demo.member("ben")
    async with asked(demo, kind) as seen:
        typing = await (await read_it(demo, ben)).press("Answer")
        first = typing.form.labels[0]
        assert (first == IMPACT) is not kind.of_others
        await typing.submit(
            {first: "a few words"} | {label: ANSWER[label] for label in typing.form.labels[1:]}
        )
        await demo.settle()
    check(kind, seen)


@pytest.mark.parametrize("kind", AskKind)
async def test_an_ask_that_nobody_answers_fits_each_side(demo: DemoClient, kind: AskKind) -> None:
    async with asked(demo, kind) as seen:
        await demo.skip(days=5)
    check(kind, seen)


@pytest.mark.parametrize("kind", AskKind)
async def test_a_preview_with_nobody_to_ask_fits_each_side(demo: DemoClient, kind: AskKind) -> None:
    ana = await demo.member("ana")
    shown = await form(demo, ana, strings.KINDS[kind])
    card = await shown.submit(dict.fromkeys(shown.form.labels, "a few words"))
    check(kind, [card])
    assert strings.BETTER_OF.get(kind, strings.BETTER) in card
