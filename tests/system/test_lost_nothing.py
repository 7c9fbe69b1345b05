"""When a form is refused, its text comes back or is kept behind `Edit`, whatever the reason."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient, demo_client
from bot.demo.client.screen import Screen
from bot.ids import ServerId
from bot.services import Services
from bot.text import is_blank
from tests.discord.asking import CONTINUE, SAID, begin, form, friends, met, preview, read_it, send
from tests.discord.talking import talked

BLANK = " \n "
LONG = "*" * 700
"""Escaping doubles its length, so that it needs more than one card."""
ASK = {"what": f"what I did {LONG}", "felt": f"what they felt {LONG}", "asking": "what I ask"}
ANSWER = {"impact": f"the impact {LONG}", "step": "a step", "missing": "what is missing", "offer": "an offer"}
PLAN = {"action": f"what I will do {LONG[:200]}"}
DIFFERENT = {"different": f"what is different {LONG[:200]}", "stay_away": "the bar"}


@pytest.fixture
async def demo() -> AsyncIterator[DemoClient]:
    async with demo_client() as opened:
        yield opened


def shown(screen: Screen) -> str:
    """Return the text that came back as it was typed, without the marks that escape Markdown."""
    return (
        "\n".join(card.text for card in (screen, *screen.followups)).replace("\\", "").replace("\u200b", "")
    )


async def comes_back(screen: Screen, typed: dict[str, str]) -> None:
    """Assert that the text of every field is on the cards, or that `Edit` opens a form with all of it."""
    if "Edit" in screen.buttons:
        held = await screen.press("Edit")
        texts = {field.custom_id: field.value for field in held.form.fields}
        # In a field that is blank nothing was lost.
        kept = {key: "" if is_blank(text) else text for key, text in typed.items()}
        assert {key: texts[key] for key in typed} == kept
        return
    said = shown(screen)
    for text in typed.values():
        if not is_blank(text):
            head, stars = text.rstrip("*"), text.count("*")
            assert head in said, screen
            assert said.count("*") >= stars, screen
    assert "Support" in screen.buttons


# -- the form of an ask -----------------------------------------------------------------------------


async def sent_meanwhile(demo: DemoClient, ana: MemberActor) -> None:
    waiting = await (await demo.slash(ana, "inbox")).press("Open")
    await (await waiting.choose("Ben")).press("Send")


async def discarded_meanwhile(demo: DemoClient, ana: MemberActor) -> None:
    await (await (await demo.slash(ana, "inbox")).press("Open")).press("Discard")


async def a_week_passes(demo: DemoClient, _ana: MemberActor) -> None:
    await demo.skip(days=8)


async def left_the_server(demo: DemoClient, ana: MemberActor) -> None:
    person = await met(demo, ana)
    await services(demo).people.leave(person, ServerId(ana.guild.id), demo.now)


async def says_minor(demo: DemoClient, ana: MemberActor) -> None:
    await services(demo).preferences.say_minor(await met(demo, ana), demo.now)


async def the_database_fails(demo: DemoClient, _member: MemberActor) -> None:
    """Let every write fail from now on, as with a full disk, a lock or a missing file."""

    async def fails(_verb: object) -> Any:
        raise OSError("no space left on device")

    vars(demo.bot.db)["write"] = fails


async def nothing_at_all_works(demo: DemoClient, member: MemberActor) -> None:
    await the_database_fails(demo, member)
    db = vars(demo.bot.db)
    db["read"] = db["write"]


Meanwhile = Callable[[DemoClient, MemberActor], Awaitable[None]]


@pytest.mark.parametrize(
    "meanwhile",
    [sent_meanwhile, discarded_meanwhile, a_week_passes, left_the_server, says_minor,
     the_database_fails, nothing_at_all_works],
)  # fmt: skip
async def test_when_an_ask_cannot_be_saved_its_text_comes_back(
    demo: DemoClient, meanwhile: Meanwhile, caplog: pytest.LogCaptureFixture
) -> None:
    ana, _ = await friends(demo, "ben")
    kept = await preview(demo, ana)
    again = await kept.press("Edit")
    await meanwhile(demo, ana)
    await comes_back(await again.submit(ASK), ASK)
    mended(demo, caplog)


@pytest.mark.parametrize("blank", ["what", "felt"])
async def test_a_blank_field_of_an_ask_does_not_lose_the_other_fields(demo: DemoClient, blank: str) -> None:
    ana, _ = await friends(demo, "ben")
    typed = {**ASK, blank: BLANK}
    await comes_back(await (await form(demo, ana)).submit(typed), typed)


async def test_a_fourth_open_ask_is_refused_and_stays_a_draft(demo: DemoClient) -> None:
    ana, *_ = await friends(demo, "ben", "cleo", "dan", "eli")
    for name in ("Ben", "Cleo", "Dan"):
        await send(demo, ana, name)
    kinds = await begin(demo, ana)
    draft = await (await kinds.choose(SAID)).submit(ASK)
    refused = await (await draft.choose("Eli")).press("Send")
    assert "Three are open already" in refused
    await comes_back(draft, ASK)


async def test_an_ask_to_somebody_who_can_no_longer_be_asked_stays_a_draft(demo: DemoClient) -> None:
    ana, ben = await friends(demo, "ben")
    draft = await (await form(demo, ana)).submit(ASK)
    await draft.choose("Ben")
    await services(demo).preferences.say_minor(await met(demo, ben), demo.now)
    refused = await draft.press("Send")
    assert "can't be asked now" in refused
    await comes_back(draft, ASK)


# -- the form of an answer --------------------------------------------------------------------------


async def withdrawn(demo: DemoClient, _ben: MemberActor) -> None:
    await (await (await (await asker_sees(demo)).press("Withdraw")).press("Withdraw")).press("Support")


async def found_beyond_another(demo: DemoClient, _ben: MemberActor) -> None:
    cleo = await demo.member("cleo")
    await (await (await read_it(demo, cleo)).press("This is beyond me")).press("Tell them")
    await demo.skip(hours=4)


async def found_danger(demo: DemoClient, _ben: MemberActor) -> None:
    cleo = await demo.member("cleo")
    beyond = await (await read_it(demo, cleo)).press("This is beyond me")
    await (await beyond.press("Somebody may be in danger")).press("Tell them now")


async def answered_before(demo: DemoClient, ben: MemberActor) -> None:
    again = await (await read_it(demo, ben)).press("Answer")
    await again.submit({"impact": "first", "step": "first"})


async def said_cant(demo: DemoClient, ben: MemberActor) -> None:
    await (await read_it(demo, ben)).press("I can't")


async def rests(demo: DemoClient, ben: MemberActor) -> None:
    await (await (await demo.slash(ben, "settings")).press("Rest")).press("A day")


async def a_month_passes(demo: DemoClient, _ben: MemberActor) -> None:
    await demo.skip(days=30)


@pytest.mark.parametrize(
    "meanwhile",
    [withdrawn, found_beyond_another, found_danger, answered_before, said_cant, rests, says_minor,
     a_month_passes, left_the_server, the_database_fails, nothing_at_all_works],
)  # fmt: skip
async def test_when_an_answer_cannot_be_given_its_text_comes_back(
    demo: DemoClient, meanwhile: Meanwhile, caplog: pytest.LogCaptureFixture
) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo")
    writing = await (await read_it(demo, ben)).press("Answer")
    await meanwhile(demo, ben)
    await comes_back(await writing.submit(ANSWER), ANSWER)
    mended(demo, caplog)


@pytest.mark.parametrize("blank", ["impact", "step"])
async def test_a_blank_field_of_an_answer_does_not_lose_the_other_fields(
    demo: DemoClient, blank: str
) -> None:
    ana, ben = await friends(demo, "ben")
    await send(demo, ana, "Ben")
    typed = {**ANSWER, blank: BLANK}
    await comes_back(await (await (await read_it(demo, ben)).press("Answer")).submit(typed), typed)


async def asker_sees(demo: DemoClient) -> Screen:
    return await (await demo.slash(await demo.member("ana"), "inbox")).press("Open")


# -- the forms of a plan ----------------------------------------------------------------------------


async def planning(demo: DemoClient) -> tuple[MemberActor, Screen]:
    """Let Ana talk with Ben, and open the form in which she writes a plan."""
    ana, ben = await friends(demo, "ben")
    steps = await talked(demo, ana, ben, "Ben")
    return ana, await steps.choose(steps.options[-1])


async def planned(demo: DemoClient) -> tuple[MemberActor, Screen]:
    """Let Ana write a plan and choose its day."""
    ana, writing = await planning(demo)
    plan = await writing.submit(PLAN)
    return ana, await plan.choose(plan.options[0])


async def its_source_goes(demo: DemoClient, _ana: MemberActor) -> None:
    await demo.skip(days=40)


@pytest.mark.parametrize(
    "meanwhile", [its_source_goes, left_the_server, the_database_fails, nothing_at_all_works]
)
async def test_when_a_plan_cannot_be_made_its_text_comes_back(
    demo: DemoClient, meanwhile: Meanwhile, caplog: pytest.LogCaptureFixture
) -> None:
    ana, writing = await planning(demo)
    await meanwhile(demo, ana)
    await comes_back(await writing.submit(PLAN), PLAN)
    mended(demo, caplog)


async def changed_her_mind(demo: DemoClient, ana: MemberActor) -> None:
    await (await (await demo.slash(ana, "inbox")).press("Open")).press("Changed my mind")


async def did_it(demo: DemoClient, ana: MemberActor) -> None:
    writing = await (await (await demo.slash(ana, "inbox")).press("Open")).press("I did it")
    await writing.submit({"different": "before", "stay_away": "before"})


@pytest.mark.parametrize(
    "meanwhile", [changed_her_mind, did_it, a_month_passes, the_database_fails, nothing_at_all_works]
)
async def test_when_an_edited_plan_cannot_be_saved_its_new_text_comes_back(
    demo: DemoClient, meanwhile: Meanwhile, caplog: pytest.LogCaptureFixture
) -> None:
    ana, plan = await planned(demo)
    writing = await plan.press("Edit")
    await meanwhile(demo, ana)
    other = {"action": f"in other words {LONG[:200]}"}
    await comes_back(await writing.submit(other), other)
    mended(demo, caplog)


@pytest.mark.parametrize(
    "meanwhile", [changed_her_mind, its_source_goes, the_database_fails, nothing_at_all_works]
)
async def test_when_the_form_of_a_done_plan_cannot_be_saved_its_text_comes_back(
    demo: DemoClient, meanwhile: Meanwhile, caplog: pytest.LogCaptureFixture
) -> None:
    ana, plan = await planned(demo)
    writing = await plan.press("I did it")
    await meanwhile(demo, ana)
    await comes_back(await writing.submit(DIFFERENT), DIFFERENT)
    mended(demo, caplog)


async def test_a_message_chosen_from_the_menu_comes_back_too_when_nothing_works(
    demo: DemoClient, caplog: pytest.LogCaptureFixture
) -> None:
    ana, _ = await friends(demo, "ben")
    message = await demo.say(ana, "what I wrote in the channel")
    kinds = await (await demo.menu(ana, "Ask my pod about this", message)).press(CONTINUE)
    writing = await kinds.choose(SAID)
    await nothing_at_all_works(demo, ana)
    typed = {"what": "what I wrote in the channel", "felt": "they laughed", "asking": ""}
    await comes_back(await writing.submit({"felt": "they laughed"}), typed)
    mended(demo, caplog)


# -- around it --------------------------------------------------------------------------------------


def services(demo: DemoClient) -> Services:
    held: Services = demo.bot.services
    return held


def works_again(demo: DemoClient) -> None:
    for verb in ("read", "write"):
        vars(demo.bot.db).pop(verb, None)


def mended(demo: DemoClient, caplog: pytest.LogCaptureFixture) -> None:
    """Mend the database. Its errors are in the log, as they should be; assert that no typed text is."""
    works_again(demo)
    assert "*****" not in caplog.text
    caplog.clear()
