"""Five hundred forged interactions: none crashes the bot, tells somebody's words, or pings anybody."""

from collections.abc import Callable
from typing import Any

import discord
import pytest
from msgspec.structs import replace

pytest.importorskip("simcord", reason="needs the demo extra: pip install -e .[demo]")

from bot.people.models import DiscordUser
from bot.people.service import People
from bot.ui import plain
from bot.ui.reply import InteractionReply
from tests.forged.running import run
from tests.system.recorded import recording

pytestmark = pytest.mark.uncounted

CASES, SEED = 500, "plumbline"
A_FEW, AT_MOST = 100, 15
"""So many cases find what is broken on purpose, or so many times as many."""


async def test_five_hundred_forged_interactions_each_get_one_plain_answer_that_tells_nothing() -> None:
    tally = await run(CASES, SEED)
    assert not tally.wrong, "\n".join(tally.wrong)
    assert tally.made.total() == CASES
    assert len(tally.made) == 7, tally.made
    assert sum(map(bool, tally.opened.values())) > 100, "few verbs opened anything"
    assert tally.opened.total() > CASES / 4, "nearly everything was refused"


def everybody_is_ana(patch: pytest.MonkeyPatch) -> None:
    """Let whoever presses be taken for Ana."""
    meet: Any = People.meet
    ana = next(one.id for one in recording.load().members if one.name == "ana")

    async def met(self: People, user: DiscordUser, *told: object) -> Any:
        return await meet(self, replace(user, discord_id=ana), *told)

    patch.setattr(People, "meet", met)


def nothing_is_escaped(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(plain, "escaped", lambda text: text)


def everybody_may_be_pinged(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(discord.AllowedMentions, "none", classmethod(lambda _: discord.AllowedMentions.all()))


def nothing_is_shown(patch: pytest.MonkeyPatch) -> None:
    async def shown(*_: object) -> None: ...

    patch.setattr(InteractionReply, "show", shown)


def it_fails_after_each_answer(patch: pytest.MonkeyPatch) -> None:
    show: Any = InteractionReply.show

    async def shown(*told: object) -> None:
        await show(*told)
        raise ValueError

    patch.setattr(InteractionReply, "show", shown)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (everybody_is_ana, "reads canary"),
        (nothing_is_escaped, "has the mention"),
        (everybody_may_be_pinged, "may ping"),
        (nothing_is_shown, "is answered 0 times"),
        (it_fails_after_each_answer, "something went wrong"),
    ],
)
async def test_what_is_broken_on_purpose_is_found(
    broken: Callable[[pytest.MonkeyPatch], None], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch)
    for number in range(AT_MOST):
        if any(said in one for one in (await run(A_FEW, f"{SEED} {number}")).wrong):
            return
    pytest.fail(f"{AT_MOST * A_FEW} cases did not find it")


async def test_the_same_seed_makes_the_same_cases() -> None:
    first, again = [await run(50, SEED) for _ in range(2)]
    assert (first.made, first.opened) == (again.made, again.opened)
