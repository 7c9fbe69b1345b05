"""`Ask someone to talk`, as people press it."""

import logging
from collections.abc import Iterator

import pytest

from bot.ids import ServerId
from bot.stage.theatre import Theatre
from cogs.talk import strings
from tests.discord.talking import offer, opened, pod, talked, waiting

OFFERED = (
    "wants to tell someone, out loud, about something that may have hurt a person. "
    "It may be about sex or safety. It needn't be you."
)
NOBODY = "Nobody in your pod can be asked here right now. You can still tell someone yourself:"


@pytest.fixture(autouse=True)
def _no_error_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []


async def test_from_the_talk_screen_to_what_they_will_do(theatre: Theatre) -> None:
    ana, bo, _ = await pod(theatre, "bo", "cy")
    kinds = await (await theatre.slash(ana, "ask")).press("Continue, I'm 18+")
    screen = await kinds.choose("Something sexual happened and I'm not sure they wanted it")
    card = await screen.press("Ask someone to talk")
    assert card.options == ["Bo", "Cy"]
    assert "Ana" in card
    assert OFFERED in card
    assert "Support" in card.buttons
    asked = await card.choose("Bo")
    assert "Asked: \u2068Bo\u2069" in asked
    assert asked.buttons == ["Take it back", "Think it through", "Support"]
    [line] = theatre.dms(bo)
    assert line.text == "\u2068Ana\u2069 asked for your time."
    shown = await line.press("Open")
    assert OFFERED in shown
    assert "If you listen" in shown
    assert shown.buttons == ["Today", "Tomorrow", "I can't", "Support"]
    said = await shown.press("Today")
    assert strings.SAID_TITLES["today"] in said
    assert "If you listen" in said
    assert theatre.dms(bo)[0].text == "This has closed."
    assert theatre.dms(ana)[-1].text == "Something you set is ready."
    agreed = await opened(theatre, ana)
    assert "has time for you" in agreed
    assert agreed.buttons == ["They couldn't", "Think it through", "Support"]
    await theatre.skip(days=1)
    follow = await opened(theatre, ana)
    assert "Did you get to talk?" in follow
    assert follow.buttons == ["Yes", "Not yet", "They couldn't", "Support"]
    steps = await follow.press("Yes")
    assert steps.options[0] == "Leave them alone unless they write"
    assert "contact" not in steps.text.lower()


async def test_i_cant_offers_the_next_and_looks_like_silence(theatre: Theatre) -> None:
    ana, bo, cy, _ = await pod(theatre, "bo", "cy", "di")
    await (await offer(theatre, ana)).choose("Bo")
    cant = await (await opened(theatre, bo)).press("I can't")
    assert "No reason is given" in cant
    assert "If you listen" not in cant
    assert theatre.dms(ana)[-1].text == "Something here has changed."
    first = await opened(theatre, ana)
    assert first.options == ["Cy", "Di"]
    said = first.text
    await first.choose("Cy")
    await theatre.skip(hours=25)
    assert theatre.dms(cy)[-1].text == "This has closed."
    second = await opened(theatre, ana)
    assert second.options == ["Di"]
    assert second.text.replace("Cy", "Bo") == said


async def test_nobody_to_ask(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    await theatre.slash(ana, "pod")
    card = await offer(theatre, ana)
    assert NOBODY in card
    assert "> Can I tell you something out loud this week? You can say no." in card
    assert card.buttons == ["Invite", "Think it through", "Support"]
    assert strings.A_LINE not in card


async def test_nobody_to_ask_where_a_line_exists(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    await theatre.slash(ana, "pod")
    services = theatre.bot.services
    settings = await services.servers.settings(ServerId(theatre.server.id))
    await services.servers.keep(type(settings)(settings.id, country="nz"))
    card = await offer(theatre, ana)
    assert strings.A_LINE in card
    assert "Safe to talk" in card
    assert "They will explain their own confidentiality at the start." in card


async def test_take_it_back(theatre: Theatre) -> None:
    ana, bo = await pod(theatre, "bo")
    asked = await (await offer(theatre, ana)).choose("Bo")
    shown = await opened(theatre, bo)
    first, second = await asked.press_twice("Take it back")
    assert strings.TAKEN_BACK in first
    assert strings.TAKEN_BACK in second
    assert theatre.dms(bo)[0].text == "This has closed."
    assert strings.CLOSED in await shown.press("Today")
    assert (await first.press("Ask someone to talk")).options == ["Bo"]


async def test_take_it_back_too_late(theatre: Theatre) -> None:
    ana, bo = await pod(theatre, "bo")
    asked = await (await offer(theatre, ana)).choose("Bo")
    await (await opened(theatre, bo)).press("Tomorrow")
    assert "has time for you" in await asked.press("Take it back")


async def test_anybody_else_finds_nothing(theatre: Theatre) -> None:
    ana, bo, cy = await pod(theatre, "bo", "cy")
    asked = await (await offer(theatre, ana)).choose("Bo")
    shown = await opened(theatre, bo)
    none = (await theatre.forge(cy, "v1:talks.show:made-up")).text
    for custom_id in (
        shown.custom_id("Today"),
        asked.custom_id("Take it back"),
        asked.custom_id("Take it back").replace("take_back", "show"),
        asked.custom_id("Take it back").replace("take_back", "did") + ".yes",
        "v1:talks.open:77",
        "v1:talks.open:x",
        "v1:talks.answer:made-up.maybe",
        "v1:talks.did:made-up.maybe",
        "v1:talks.ask:x",
    ):
        assert (await theatre.forge(cy, custom_id)).text == none
    stranger = await theatre.forge(cy, f"v1:talks.ask:{theatre.server.id}", ["made-up"])
    assert strings.CANNOT in stranger
    assert NOBODY in await stranger.press("Ask someone to talk")


async def test_two_presses_at_once_make_one_answer(theatre: Theatre) -> None:
    ana, bo = await pod(theatre, "bo")
    await (await offer(theatre, ana)).choose("Bo")
    before = len(theatre.dms(ana))
    first, second = await (await opened(theatre, bo)).press_twice("Today")
    assert first.text == second.text
    assert len(theatre.dms(ana)) == before + 1


async def test_closed_dms_find_it_in_the_inbox(theatre: Theatre) -> None:
    ana, bo = await pod(theatre, "bo")
    theatre.close_dms(bo)
    theatre.close_dms(ana)
    await (await offer(theatre, ana)).choose("Bo")
    assert theatre.dms(bo) == []
    inbox = await waiting(theatre, bo)
    assert "asked for your time" in inbox
    await (await inbox.press("Open")).press("Today")
    assert "has time for you" in await waiting(theatre, ana)
    await theatre.skip(days=1)
    follow = await (await waiting(theatre, ana)).press("Open")
    assert "Did you get to talk?" in follow


async def test_what_waits_for_an_answer_is_in_the_askers_inbox(theatre: Theatre) -> None:
    ana, _ = await pod(theatre, "bo")
    await (await offer(theatre, ana)).choose("Bo")
    inbox = await waiting(theatre, ana)
    assert "You asked" in inbox
    assert "Asked:" in await inbox.press("Open")


@pytest.mark.uncounted
async def test_a_restart_between_any_two_steps(theatre: Theatre) -> None:
    ana, bo = await pod(theatre, "bo")
    card = await offer(theatre, ana)
    await theatre.restart()
    await card.choose("Bo")
    await theatre.restart()
    shown = await opened(theatre, bo)
    await theatre.restart()
    await shown.press("Today")
    await theatre.restart()
    await theatre.skip(days=1)
    follow = await opened(theatre, ana)
    await theatre.restart()
    assert "What comes next?" in await follow.press("Yes")


async def test_not_yet_is_asked_once_more(theatre: Theatre) -> None:
    ana, bo = await pod(theatre, "bo")
    await (await offer(theatre, ana)).choose("Bo")
    await (await opened(theatre, bo)).press("Today")
    await theatre.skip(days=1)
    first, second = await (await opened(theatre, ana)).press_twice("Not yet")
    assert "You are asked once more" in first
    assert second.text == first.text
    await theatre.skip(days=2, hours=1)
    last = await (await opened(theatre, ana)).press("Not yet")
    assert strings.RESTS in last
    assert (await last.press("Ask someone to talk")).options == ["Bo"]


async def test_they_couldnt_offers_the_next(theatre: Theatre) -> None:
    ana, bo, _ = await pod(theatre, "bo", "cy")
    await (await offer(theatre, ana)).choose("Bo")
    await (await opened(theatre, bo)).press("Today")
    again = await (await opened(theatre, ana)).press("They couldn't")
    assert again.options == ["Cy"]
    assert strings.IN_FREE in await waiting(theatre, ana)


async def test_someone_who_left_cant(theatre: Theatre) -> None:
    ana, bo, cy = await pod(theatre, "bo", "cy")
    card = await offer(theatre, ana)
    await theatre.leave(bo)
    refused = await card.choose("Bo")
    assert strings.CANNOT in refused
    await (await refused.press("Ask someone to talk")).choose("Cy")
    shown = theatre.dms(cy)[-1]
    await theatre.leave(ana)
    assert "Nothing is needed from you" in await shown.press("Open")


async def test_one_who_agreed_and_left_cant(theatre: Theatre) -> None:
    ana, bo, _ = await pod(theatre, "bo", "cy")
    await (await offer(theatre, ana)).choose("Bo")
    await (await opened(theatre, bo)).press("Today")
    await theatre.leave(bo)
    assert (await offer(theatre, ana)).options == ["Cy"]


async def test_under_18_is_never_led_here(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    await (await theatre.slash(ana, "ask")).press("I'm under 18")
    card = await offer(theatre, ana)
    assert "Ask someone to talk" not in card.text
    assert card.options == []


async def test_after_yes_it_is_there_for_a_while(theatre: Theatre) -> None:
    ana, bo = await pod(theatre, "bo")
    steps = await talked(theatre, ana, bo, "Bo")
    assert "What comes next?" in steps
    assert (await offer(theatre, ana)).options == ["Bo"]
