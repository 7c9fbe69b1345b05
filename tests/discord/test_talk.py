"""`Ask someone to talk`, as people press it."""

import logging
from collections.abc import Iterator

import pytest

from bot.demo.client.client import DemoClient
from bot.ids import ServerId
from bot.talks.models import TalkAbout
from cogs.me.boundary import strings as boundary_words
from cogs.talk import strings
from tests.discord.asking import NOT_YOURS
from tests.discord.talking import offer, opened, pod, talked, waiting

OFFERED = (
    "wants to tell someone, out loud, about something that may have hurt somebody. "
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
    assert agreed.buttons == ["They couldn't", "Think it through", "What I'll do", "Support"]
    await demo.skip(days=1)
    follow = await opened(demo, ana)
    assert "Did you get to talk?" in follow
    assert follow.buttons == ["Yes", "Not yet", "They couldn't", "Support"]
    steps = await follow.press("Yes")
    assert steps.options[0] == "Leave them alone"
    assert "contact" not in steps.text.lower()


async def test_i_cant_offers_the_next_friend_and_looks_the_same_as_no_answer(demo: DemoClient) -> None:
    ana, bo, cy, _ = await pod(demo, "bo", "cy", "di")
    await (await offer(demo, ana)).choose("Bo")
    cant = await (await opened(demo, bo)).press("I can't")
    assert "I don't give a reason" in cant
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
    assert "> Can I call you today? There's something I'd like to say out loud. You can say no." in card
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
    assert "you can first ask what it passes on to others." in card


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
    assert "would like to talk to you" in inbox
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
    assert "I'll ask you once more" in first
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


# -- what a talk is about ------------------------------------------------------------------------------

ONLY_WHO_DID_IT = (
    "may have hurt somebody",
    "without excuses",
    "what you said and did",
    "Leave them alone",
    "Think it through",
    "Should I check on them?",
    "something you did",
    "did or said",
)


@pytest.mark.parametrize("about", list(TalkAbout))
async def test_a_talk_about_something_else_than_what_they_did_has_words_of_its_own(
    demo: DemoClient, about: TalkAbout
) -> None:
    ana, bo = await pod(demo, "bo")
    card = await demo.forge(ana, f"v1:talks.open:{demo.server.id}.{about}")
    before = card.text
    seen = [card, await card.choose("Bo")]
    shown = await opened(demo, bo)
    assert "If it could be about you" in shown
    assert "press `I can't`" in shown
    assert "If somebody under 18 is part of it, it needs an adult whose job it is." in shown
    # The asker sees the line that is sent, and not what stands below it.
    assert "If it could be about you" not in before
    texts = [before, shown.text]
    seen += [await shown.press("Today"), await opened(demo, ana)]
    await demo.skip(days=1)
    after = await (await opened(demo, ana)).press("Yes")
    seen.append(after)
    whole = "\n".join([*texts, *(f"{one.text}\n{one.buttons}\n{one.options}" for one in seen)])
    found = [words for words in ONLY_WHO_DID_IT if words in whole]
    assert bool(found) is (about is TalkAbout.DID), found
    if about is not TalkAbout.DID:
        assert after.buttons == ["What I'll do", "Support"]


async def test_buttons_from_before_a_talk_knew_what_it_is_about_accuse_nobody(demo: DemoClient) -> None:
    ana, _ = await pod(demo, "bo")
    card = await demo.forge(ana, f"v1:talks.open:{demo.server.id}")
    assert "wants to tell someone something hard, out loud" in card
    assert NOT_YOURS in await demo.forge(ana, f"v1:talks.open:{demo.server.id}.made-up")


async def test_somebody_it_was_done_to_can_say_so_before_anybody_is_asked(demo: DemoClient) -> None:
    ana, bo = await pod(demo, "bo")
    card = await (await offer(demo, ana)).press("It was done to me")
    assert "It was done to me" not in card.buttons
    await card.choose("Bo")
    shown = await opened(demo, bo)
    assert "wants to tell someone something hard, out loud" in shown
    assert "may have hurt" not in shown


async def test_somebody_who_agreed_to_talk_can_still_say_that_they_cant(demo: DemoClient) -> None:
    ana, bo, _ = await pod(demo, "bo", "cy")
    await (await offer(demo, ana)).choose("Bo")
    said = await (await opened(demo, bo)).press("Today")
    assert said.buttons == ["I can't after all", "Support"]
    first, second = await said.press_twice("I can't after all")
    assert "I don't give a reason" in first
    assert second.text == first.text
    assert demo.dms(ana)[-1].text == "Something here has changed."
    assert (await opened(demo, ana)).options == ["Cy"]
    await demo.skip(days=2)
    assert "Did you get to talk?" not in await waiting(demo, ana)


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        ("Something sexual happened and I'm not sure they wanted it", TalkAbout.DID),
        ("Someone says I hurt them", TalkAbout.DID),
        ("Somebody may be unsafe now", TalkAbout.HARD),
    ],
)
async def test_each_screen_says_what_the_talk_is_about(demo: DemoClient, kind: str, about: TalkAbout) -> None:
    ana = await demo.member("ana")
    kinds = await (await demo.slash(ana, "ask")).press("Continue, I'm 18+")
    card = await kinds.choose(kind)
    assert card.custom_id("Ask someone to talk").endswith(f".{about}")


# -- a boundary, after a no ----------------------------------------------------------------------------------


async def test_after_i_cant_a_boundary_can_be_set_and_shows_first_what_they_can_notice(
    demo: DemoClient,
) -> None:
    ana, bo, cy = await pod(demo, "bo", "cy")
    await (await offer(demo, ana)).choose("Bo")
    said = await (await opened(demo, bo)).press("I can't")
    assert said.buttons == ["Set a boundary", "Support"]
    never = said.custom_id("Set a boundary")
    for one in await said.press_twice("Set a boundary"):
        assert "### Before you set it" in one.text
        assert "Set the boundary" in one.buttons
    assert NOT_YOURS in await demo.forge(cy, never)


async def test_a_boundary_can_still_be_set_when_the_talk_has_gone(demo: DemoClient) -> None:
    ana, bo, _ = await pod(demo, "bo", "cy")
    await (await offer(demo, ana)).choose("Bo")
    said = await (await opened(demo, bo)).press("I can't")
    never = said.custom_id("Set a boundary")
    await (await (await opened(demo, ana)).choose("Cy")).press("Take it back")
    await demo.restart()
    gone = await demo.forge(bo, never)
    assert strings.NEVER_ANYWAY in gone
    assert "### Boundaries" in await gone.press("Set a boundary")


async def test_the_card_before_a_boundary_says_that_a_talk_ends_even_after_a_yes(demo: DemoClient) -> None:
    ana, bo, _ = await pod(demo, "bo", "cy")
    await (await offer(demo, ana)).choose("Bo")
    choose = await (await demo.slash(bo, "boundary")).press("Add")
    assert boundary_words.TALK_ASKED in await choose.choose([ana])
    await (await opened(demo, bo)).press("Today")
    again = await (await demo.slash(bo, "boundary")).press("Add")
    assert boundary_words.TALK_ASKED in await again.choose([ana])


async def test_the_card_before_a_boundary_says_the_same_to_the_asker_before_and_after_a_yes(
    demo: DemoClient,
) -> None:
    ana, bo, _ = await pod(demo, "bo", "cy")
    await (await offer(demo, ana)).choose("Bo")
    choose = await (await demo.slash(ana, "boundary")).press("Add")
    assert boundary_words.TALK_ASKING in await choose.choose([bo])
    await (await opened(demo, bo)).press("Today")
    again = await (await demo.slash(ana, "boundary")).press("Add")
    assert boundary_words.TALK_ASKING in await again.choose([bo])
