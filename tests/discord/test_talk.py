"""`Ask someone to talk`, as people press it."""

import logging
from collections.abc import Iterator

import pytest

from bot.demo.client.client import DemoClient
from bot.ids import ServerId
from cogs.talk import strings
from tests.discord.talking import offer, opened, pod, talked, waiting

OFFERED = (
    "wants to tell someone, out loud, about something that may have hurt a person. "
    "It may be about sex or safety. You're free to say no."
)
NOBODY = "Nobody in your pod can be asked here right now. You can still tell someone yourself"
ALONE = ["Think it through", "What I'll do", "Should I check on them?", "Set up my pod", "Support"]


@pytest.fixture(autouse=True)
def _no_error_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []


async def test_a_talk_goes_from_the_talk_screen_to_the_steps_that_follow_it(demo: DemoClient) -> None:
    ana, bo, _ = await pod(demo, "bo", "cy")
    kinds = await (await demo.slash(ana, "ask")).press("Continue, I'm 18+")
    screen = await kinds.choose("Something sexual happened and I'm not sure they wanted it")
    card = await screen.press("Ask someone to talk")
    assert card.options == ["Bo", "Cy"]
    assert "Ana" in card
    assert OFFERED in card
    assert "Support" in card.buttons
    asked = await card.choose("Bo")
    assert "Asked: \u2068Bo\u2069" in asked
    assert asked.buttons == ["Take it back", "Think it through", "What I'll do", "Support"]
    [line] = demo.dms(bo)
    assert line.text == "\u2068Ana\u2069 has a question for you."
    shown = await line.press("Open")
    assert OFFERED in shown
    assert "If you listen" in shown
    assert shown.buttons == ["Today", "Tomorrow", "I can't", "Support"]
    said = await shown.press("Today")
    assert strings.SAID_TITLES["today"] in said
    assert "If you listen" in said
    assert demo.dms(bo)[0].text == "This is closed."
    assert demo.dms(ana)[-1].text == "Something is waiting for you."
    agreed = await opened(demo, ana)
    assert "has time for you" in agreed
    assert agreed.buttons == ["They couldn't", "Think it through", "Support"]
    await demo.skip(days=1)
    follow = await opened(demo, ana)
    assert "Did you get to talk?" in follow
    assert follow.buttons == ["Yes", "Not yet", "They couldn't", "Support"]
    steps = await follow.press("Yes")
    assert steps.options[0] == "Leave them alone unless they write"
    assert "contact" not in steps.text.lower()


async def test_i_cant_offers_the_next_friend_and_looks_the_same_as_no_answer(demo: DemoClient) -> None:
    ana, bo, cy, _ = await pod(demo, "bo", "cy", "di")
    await (await offer(demo, ana)).choose("Bo")
    cant = await (await opened(demo, bo)).press("I can't")
    assert "give no reason" in cant
    assert "If you listen" not in cant
    assert demo.dms(ana)[-1].text == "Something here has changed."
    first = await opened(demo, ana)
    assert first.options == ["Cy", "Di"]
    said = first.text
    await first.choose("Cy")
    await demo.skip(hours=25)
    assert demo.dms(cy)[-1].text == "This is closed."
    second = await opened(demo, ana)
    assert second.options == ["Di"]
    assert second.text.replace("Cy", "Bo") == said


async def test_when_nobody_can_be_asked_to_talk_a_sentence_to_send_is_shown(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await demo.slash(ana, "pod")
    card = await offer(demo, ana)
    assert NOBODY in card
    assert "> Can I tell you something out loud this week? You can say no." in card
    assert card.buttons == ALONE
    assert strings.A_LINE not in card


async def test_when_nobody_can_be_asked_to_talk_the_helpline_of_the_country_is_shown(
    demo: DemoClient,
) -> None:
    ana = await demo.member("ana")
    await demo.slash(ana, "pod")
    services = demo.bot.services
    settings = await services.servers.settings(ServerId(demo.server.id))
    await services.servers.keep(type(settings)(settings.id, country="nz"))
    card = await offer(demo, ana)
    assert strings.A_LINE in card
    assert "Safe to talk" in card
    assert "you can ask each of them what they pass on to others." in card


async def test_a_talk_that_was_taken_back_closes_for_the_person_asked(demo: DemoClient) -> None:
    ana, bo = await pod(demo, "bo")
    asked = await (await offer(demo, ana)).choose("Bo")
    shown = await opened(demo, bo)
    first, second = await asked.press_twice("Take it back")
    assert strings.TAKEN_BACK in first
    assert strings.TAKEN_BACK in second
    assert demo.dms(bo)[0].text == "This is closed."
    assert strings.CLOSED in await shown.press("Today")
    assert (await first.press("Ask someone to talk")).options == ["Bo"]


async def test_a_talk_cannot_be_taken_back_after_the_person_asked_agreed(demo: DemoClient) -> None:
    ana, bo = await pod(demo, "bo")
    asked = await (await offer(demo, ana)).choose("Bo")
    await (await opened(demo, bo)).press("Tomorrow")
    assert "has time for you" in await asked.press("Take it back")


async def test_nobody_else_can_find_or_use_a_talk(demo: DemoClient) -> None:
    ana, bo, cy = await pod(demo, "bo", "cy")
    asked = await (await offer(demo, ana)).choose("Bo")
    shown = await opened(demo, bo)
    none = (await demo.forge(cy, "v1:talks.show:made-up")).text
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
        assert (await demo.forge(cy, custom_id)).text == none
    stranger = await demo.forge(cy, f"v1:talks.ask:{demo.server.id}", ["made-up"])
    assert strings.CANNOT in stranger
    assert NOBODY in await stranger.press("Ask someone to talk")


async def test_two_presses_at_once_make_one_answer(demo: DemoClient) -> None:
    ana, bo = await pod(demo, "bo")
    await (await offer(demo, ana)).choose("Bo")
    before = len(demo.dms(ana))
    first, second = await (await opened(demo, bo)).press_twice("Today")
    assert first.text == second.text
    assert len(demo.dms(ana)) == before + 1


async def test_people_with_closed_dms_find_the_talk_in_the_inbox(demo: DemoClient) -> None:
    ana, bo = await pod(demo, "bo")
    demo.close_dms(bo)
    demo.close_dms(ana)
    await (await offer(demo, ana)).choose("Bo")
    assert demo.dms(bo) == []
    inbox = await waiting(demo, bo)
    assert "has a question for you" in inbox
    await (await inbox.press("Open")).press("Today")
    assert "has time for you" in await waiting(demo, ana)
    await demo.skip(days=1)
    follow = await (await waiting(demo, ana)).press("Open")
    assert "Did you get to talk?" in follow


async def test_a_talk_that_waits_for_an_answer_is_in_the_askers_inbox(demo: DemoClient) -> None:
    ana, _ = await pod(demo, "bo")
    await (await offer(demo, ana)).choose("Bo")
    inbox = await waiting(demo, ana)
    assert "You asked" in inbox
    assert "Asked:" in await inbox.press("Open")


@pytest.mark.uncounted
async def test_a_talk_goes_on_after_a_restart_between_any_two_steps(demo: DemoClient) -> None:
    ana, bo = await pod(demo, "bo")
    card = await offer(demo, ana)
    await demo.restart()
    await card.choose("Bo")
    await demo.restart()
    shown = await opened(demo, bo)
    await demo.restart()
    await shown.press("Today")
    await demo.restart()
    await demo.skip(days=1)
    follow = await opened(demo, ana)
    await demo.restart()
    assert "What will you do now?" in await follow.press("Yes")


async def test_whoever_says_not_yet_is_asked_once_more(demo: DemoClient) -> None:
    ana, bo = await pod(demo, "bo")
    await (await offer(demo, ana)).choose("Bo")
    await (await opened(demo, bo)).press("Today")
    await demo.skip(days=1)
    first, second = await (await opened(demo, ana)).press_twice("Not yet")
    assert "we'll ask you once more" in first
    assert second.text == first.text
    await demo.skip(days=2, hours=1)
    last = await (await opened(demo, ana)).press("Not yet")
    assert strings.RESTS in last
    assert (await last.press("Ask someone to talk")).options == ["Bo"]


async def test_they_couldnt_offers_the_next_friend(demo: DemoClient) -> None:
    ana, bo, _ = await pod(demo, "bo", "cy")
    await (await offer(demo, ana)).choose("Bo")
    await (await opened(demo, bo)).press("Today")
    again = await (await opened(demo, ana)).press("They couldn't")
    assert again.options == ["Cy"]
    assert strings.IN_FREE in await waiting(demo, ana)


async def test_a_talk_is_not_possible_with_somebody_who_left(demo: DemoClient) -> None:
    ana, bo, cy = await pod(demo, "bo", "cy")
    card = await offer(demo, ana)
    await demo.leave(bo)
    refused = await card.choose("Bo")
    assert strings.CANNOT in refused
    await (await refused.press("Ask someone to talk")).choose("Cy")
    shown = demo.dms(cy)[-1]
    await demo.leave(ana)
    assert "This is closed." in await shown.press("Open")


async def test_when_the_friend_who_agreed_has_left_another_can_be_asked(demo: DemoClient) -> None:
    ana, bo, _ = await pod(demo, "bo", "cy")
    await (await offer(demo, ana)).choose("Bo")
    await (await opened(demo, bo)).press("Today")
    await demo.leave(bo)
    assert (await offer(demo, ana)).options == ["Cy"]


async def test_somebody_under_18_cannot_ask_someone_to_talk(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await (await demo.slash(ana, "ask")).press("I'm under 18")
    card = await offer(demo, ana)
    assert "Ask someone to talk" not in card.text
    assert card.options == []


async def test_after_a_talk_the_steps_are_shown_and_a_new_talk_can_be_asked_for(demo: DemoClient) -> None:
    ana, bo = await pod(demo, "bo")
    steps = await talked(demo, ana, bo, "Bo")
    assert "What will you do now?" in steps
    assert (await offer(demo, ana)).options == ["Bo"]
