"""Whatever was submitted comes back, or is kept behind `Edit`: whyever the form that held it was refused."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from simcord import MemberActor

from bot.ids import ServerId
from bot.services import Services
from bot.stage.screen import Screen
from bot.stage.theatre import Theatre, stage
from tests.discord.asking import CONTINUE, SAID, begin, form, friends, met, preview, read_it, send
from tests.discord.talking import talked

BLANK = " \n "
LONG = "*" * 700
"""Escaped it doubles, so that it needs more than one card."""
ASK = {"what": f"what I did {LONG}", "felt": f"what they felt {LONG}", "asking": "what I ask"}
ANSWER = {"impact": f"the impact {LONG}", "step": "a step", "missing": "what is missing", "offer": "an offer"}
PLAN = {"action": f"what I will do {LONG[:200]}"}
DIFFERENT = {"different": f"what is different {LONG[:200]}", "stay_away": "the bar"}


@pytest.fixture
async def theatre() -> AsyncIterator[Theatre]:
    async with stage() as opened:
        yield opened


def shown(screen: Screen) -> str:
    """All that came back, as it was typed: the marks that keep it from being Markdown taken out again."""
    return (
        "\n".join(card.text for card in (screen, *screen.followups)).replace("\\", "").replace("\u200b", "")
    )


async def comes_back(screen: Screen, typed: dict[str, str]) -> None:
    """Every field's words stand on the cards; or `Edit` opens a form with all of them in it."""
    if "Edit" in screen.buttons:
        held = await screen.press("Edit")
        texts = {field.custom_id: field.value for field in held.form.fields}
        assert {key: texts[key] for key in typed} == typed
        return
    said = shown(screen)
    for text in typed.values():
        if text.strip():
            head, stars = text.rstrip("*"), text.count("*")
            assert head in said, screen
            assert said.count("*") >= stars, screen
    assert "Support" in screen.buttons


# -- the form of an ask -----------------------------------------------------------------------------


async def sent_meanwhile(theatre: Theatre, ana: MemberActor) -> None:
    waiting = await (await theatre.slash(ana, "inbox")).press("Open")
    await (await waiting.choose("Ben")).press("Send")


async def discarded_meanwhile(theatre: Theatre, ana: MemberActor) -> None:
    await (await (await theatre.slash(ana, "inbox")).press("Open")).press("Discard")


async def a_week_passes(theatre: Theatre, _ana: MemberActor) -> None:
    await theatre.skip(days=8)


async def left_the_server(theatre: Theatre, ana: MemberActor) -> None:
    person = await met(theatre, ana)
    await services(theatre).people.leave(person, ServerId(ana.guild.id), theatre.now)


async def says_minor(theatre: Theatre, ana: MemberActor) -> None:
    await services(theatre).preferences.say_minor(await met(theatre, ana), theatre.now)


async def the_database_fails(theatre: Theatre, _member: MemberActor) -> None:
    """From now on nothing can be written: a full disk, a lock, a file that is gone."""

    async def fails(_verb: object) -> Any:
        raise OSError("no space left on device")

    vars(theatre.bot.db)["write"] = fails


async def nothing_at_all_works(theatre: Theatre, member: MemberActor) -> None:
    await the_database_fails(theatre, member)
    db = vars(theatre.bot.db)
    db["read"] = db["write"]


Meanwhile = Callable[[Theatre, MemberActor], Awaitable[None]]


@pytest.mark.parametrize(
    "meanwhile",
    [sent_meanwhile, discarded_meanwhile, a_week_passes, left_the_server, says_minor,
     the_database_fails, nothing_at_all_works],
)  # fmt: skip
async def test_an_ask_that_cannot_be_kept_comes_back(
    theatre: Theatre, meanwhile: Meanwhile, caplog: pytest.LogCaptureFixture
) -> None:
    ana, _ = await friends(theatre, "ben")
    kept = await preview(theatre, ana)
    again = await kept.press("Edit")
    await meanwhile(theatre, ana)
    await comes_back(await again.submit(ASK), ASK)
    mended(theatre, caplog)


@pytest.mark.parametrize("blank", ["what", "felt"])
async def test_a_blank_field_of_an_ask_loses_none_of_the_others(theatre: Theatre, blank: str) -> None:
    ana, _ = await friends(theatre, "ben")
    typed = {**ASK, blank: BLANK}
    await comes_back(await (await form(theatre, ana)).submit(typed), typed)


async def test_an_ask_too_many_stays_a_draft(theatre: Theatre) -> None:
    ana, *_ = await friends(theatre, "ben", "cleo", "dan", "eli")
    for name in ("Ben", "Cleo", "Dan"):
        await send(theatre, ana, name)
    kinds = await begin(theatre, ana)
    draft = await (await kinds.choose(SAID)).submit(ASK)
    refused = await (await draft.choose("Eli")).press("Send")
    assert "Three are open already" in refused
    await comes_back(draft, ASK)


async def test_an_ask_to_somebody_who_can_no_longer_be_asked_stays_a_draft(theatre: Theatre) -> None:
    ana, ben = await friends(theatre, "ben")
    draft = await (await form(theatre, ana)).submit(ASK)
    await draft.choose("Ben")
    await services(theatre).preferences.say_minor(await met(theatre, ben), theatre.now)
    refused = await draft.press("Send")
    assert "can't be asked now" in refused
    await comes_back(draft, ASK)


# -- the form of an answer --------------------------------------------------------------------------


async def withdrawn(theatre: Theatre, _ben: MemberActor) -> None:
    await (await (await (await asker_sees(theatre)).press("Withdraw")).press("Withdraw")).press("Support")


async def found_beyond_another(theatre: Theatre, _ben: MemberActor) -> None:
    cleo = await theatre.member("cleo")
    await (await (await read_it(theatre, cleo)).press("This is beyond me")).press("Tell them")
    await theatre.skip(hours=4)


async def answered_before(theatre: Theatre, ben: MemberActor) -> None:
    again = await (await read_it(theatre, ben)).press("Answer")
    await again.submit({"impact": "first", "step": "first"})


async def said_cant(theatre: Theatre, ben: MemberActor) -> None:
    await (await read_it(theatre, ben)).press("I can't")


async def rests(theatre: Theatre, ben: MemberActor) -> None:
    await (await (await theatre.slash(ben, "settings")).press("Rest")).press("A day")


async def a_month_passes(theatre: Theatre, _ben: MemberActor) -> None:
    await theatre.skip(days=30)


@pytest.mark.parametrize(
    "meanwhile",
    [withdrawn, found_beyond_another, answered_before, said_cant, rests, says_minor, a_month_passes,
     left_the_server, the_database_fails, nothing_at_all_works],
)  # fmt: skip
async def test_an_answer_that_cannot_be_given_comes_back(
    theatre: Theatre, meanwhile: Meanwhile, caplog: pytest.LogCaptureFixture
) -> None:
    ana, ben, _ = await friends(theatre, "ben", "cleo")
    await send(theatre, ana, "Ben", "Cleo")
    writing = await (await read_it(theatre, ben)).press("Answer")
    await meanwhile(theatre, ben)
    await comes_back(await writing.submit(ANSWER), ANSWER)
    mended(theatre, caplog)


@pytest.mark.parametrize("blank", ["impact", "step"])
async def test_a_blank_field_of_an_answer_loses_none_of_the_others(theatre: Theatre, blank: str) -> None:
    ana, ben = await friends(theatre, "ben")
    await send(theatre, ana, "Ben")
    typed = {**ANSWER, blank: BLANK}
    await comes_back(await (await (await read_it(theatre, ben)).press("Answer")).submit(typed), typed)


async def asker_sees(theatre: Theatre) -> Screen:
    return await (await theatre.slash(await theatre.member("ana"), "inbox")).press("Open")


# -- the forms of a plan ----------------------------------------------------------------------------


async def planning(theatre: Theatre) -> tuple[MemberActor, Screen]:
    """Ana talked with Ben, and is about to write down what she will do."""
    ana, ben = await friends(theatre, "ben")
    steps = await talked(theatre, ana, ben, "Ben")
    return ana, await steps.choose(steps.options[-1])


async def planned(theatre: Theatre) -> tuple[MemberActor, Screen]:
    """Her plan has its day."""
    ana, writing = await planning(theatre)
    plan = await writing.submit(PLAN)
    return ana, await plan.choose(plan.options[0])


async def its_source_goes(theatre: Theatre, _ana: MemberActor) -> None:
    await theatre.skip(days=40)


@pytest.mark.parametrize(
    "meanwhile", [its_source_goes, left_the_server, the_database_fails, nothing_at_all_works]
)
async def test_a_plan_that_cannot_be_made_comes_back(
    theatre: Theatre, meanwhile: Meanwhile, caplog: pytest.LogCaptureFixture
) -> None:
    ana, writing = await planning(theatre)
    await meanwhile(theatre, ana)
    await comes_back(await writing.submit(PLAN), PLAN)
    mended(theatre, caplog)


async def changed_her_mind(theatre: Theatre, ana: MemberActor) -> None:
    await (await (await theatre.slash(ana, "inbox")).press("Open")).press("Changed my mind")


async def did_it(theatre: Theatre, ana: MemberActor) -> None:
    writing = await (await (await theatre.slash(ana, "inbox")).press("Open")).press("I did it")
    await writing.submit({"different": "before", "stay_away": "before"})


@pytest.mark.parametrize(
    "meanwhile", [changed_her_mind, did_it, a_month_passes, the_database_fails, nothing_at_all_works]
)
async def test_a_plan_put_in_other_words_too_late_comes_back(
    theatre: Theatre, meanwhile: Meanwhile, caplog: pytest.LogCaptureFixture
) -> None:
    ana, plan = await planned(theatre)
    writing = await plan.press("Edit")
    await meanwhile(theatre, ana)
    other = {"action": f"in other words {LONG[:200]}"}
    await comes_back(await writing.submit(other), other)
    mended(theatre, caplog)


@pytest.mark.parametrize(
    "meanwhile", [changed_her_mind, its_source_goes, the_database_fails, nothing_at_all_works]
)
async def test_what_is_different_now_comes_back_where_it_cannot_be_kept(
    theatre: Theatre, meanwhile: Meanwhile, caplog: pytest.LogCaptureFixture
) -> None:
    ana, plan = await planned(theatre)
    writing = await plan.press("I did it")
    await meanwhile(theatre, ana)
    await comes_back(await writing.submit(DIFFERENT), DIFFERENT)
    mended(theatre, caplog)


async def test_what_came_from_the_menu_comes_back_too(
    theatre: Theatre, caplog: pytest.LogCaptureFixture
) -> None:
    ana, _ = await friends(theatre, "ben")
    message = await theatre.say(ana, "what I wrote in the channel")
    kinds = await (await theatre.menu(ana, "Ask my pod about this", message)).press(CONTINUE)
    writing = await kinds.choose(SAID)
    await nothing_at_all_works(theatre, ana)
    typed = {"what": "what I wrote in the channel", "felt": "they laughed", "asking": ""}
    await comes_back(await writing.submit({"felt": "they laughed"}), typed)
    mended(theatre, caplog)


# -- around it --------------------------------------------------------------------------------------


def services(theatre: Theatre) -> Services:
    held: Services = theatre.bot.services
    return held


def works_again(theatre: Theatre) -> None:
    for verb in ("read", "write"):
        vars(theatre.bot.db).pop(verb, None)


def mended(theatre: Theatre, caplog: pytest.LogCaptureFixture) -> None:
    """Where the database was broken, that is in the log, as it should be; the words are not."""
    works_again(theatre)
    assert "*****" not in caplog.text
    caplog.clear()
