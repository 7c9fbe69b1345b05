"""`/told`: four topics with tabs each. It is for everyone, stores nothing and needs no database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.content.library import installed
from bot.demo.client.client import DemoClient
from tests.discord.stateless import (
    NO_SUCH,
    acting,
    closes,
    dump,
    fits,
    marked,
    nobody_is_logged,
    nothing_is_stored,
    without_a_database,
)

TOLD = installed().told
TOPICS = [topic.label for topic in TOLD.topics]
HURT, FRIEND, DID, GROUP = TOPICS
TABS = ["Now", "This week", "Yourself"]
YOUNG = "Under 18"


@pytest.fixture
async def nz(tmp_path: Path) -> AsyncIterator[DemoClient]:
    async with acting(tmp_path, "nz") as opened:
        yield opened


async def test_told_opens_with_four_topics_and_says_that_nothing_is_kept(nz: DemoClient) -> None:
    home = await nz.slash(await nz.member("ana"), "told")
    assert home.ephemeral
    assert home.buttons == [*TOPICS, YOUNG, "Support", "Close"]
    assert "Which of these is it?" in home
    assert "Only you can see this card. I don't tell anyone what you press, and I don't keep it." in home
    assert home.custom_id("Support") == "v1:support.open:nz"


async def test_each_topic_has_tabs_and_a_way_back_and_the_open_tab_is_marked(nz: DemoClient) -> None:
    home = await nz.slash(await nz.member("ana"), "told")
    for topic in TOLD.topics:
        page = await home.press(topic.label)
        labels = [tab.label for tab in topic.tabs]
        assert labels == (["Now", "The meantime", "The talk", "Yourself"] if topic.label == FRIEND else TABS)
        for tab in topic.tabs:
            page = await page.press(tab.label)
            urgent = [HURT] if (topic.label, tab.key) == (FRIEND, "now") else []
            assert page.buttons == [*urgent, *labels, "Back", "Support", "Close"]
            assert marked(page) == [tab.label]
            assert tab.card.filled(emergency="**111**").body in page
            assert f"-# {topic.label}" in page
            assert fits(page)
        home = await page.press("Back")
        assert home.buttons == [*TOPICS, YOUNG, "Support", "Close"]


async def test_whose_friend_did_it_is_one_press_from_what_to_say_to_the_person_who_was_hurt(
    nz: DemoClient,
) -> None:
    home = await nz.slash(await nz.member("ana"), "told")
    friend = await home.press(FRIEND)
    assert "is on `Someone told me they were hurt`. Read that first." in friend
    await nz.restart()
    for hurt in await friend.press_twice(HURT):
        assert "Believe them." in hurt
        assert "some help is urgent" in hurt


async def test_an_emergency_number_says_which_country_it_is_for(nz: DemoClient) -> None:
    now = await (await nz.slash(await nz.member("ana"), "told")).press(HURT)
    assert "call **111**" in now
    assert "The number is for **New Zealand**. If you're in another country, `Support` has its number." in now
    week = await now.press("This week")
    assert "111" not in week
    assert "New Zealand" not in week


async def test_in_direct_messages_the_country_is_not_known_and_support_asks_for_it(nz: DemoClient) -> None:
    home = await nz.slash(await nz.member("ana"), "told", dm=True)
    now = await home.press(DID)
    assert "call **your local emergency number**" in now
    assert "`Support` asks which country you're in, and then shows its number." in now
    assert "999 or 112" in await (await now.press("Support")).choose("Ireland")


async def test_support_leads_to_told_and_the_chosen_country_comes_along(nz: DemoClient) -> None:
    support = await nz.slash(await nz.member("ana"), "support", dm=True)
    told = await (await support.choose("Ireland")).press("Someone told me")
    home = await told.press("What to say and do")
    assert "Someone told me" in told
    assert home.buttons == [*TOPICS, YOUNG, "Support", "Close"]
    now = await home.press(HURT)
    assert "call **999 or 112**" in now
    assert "For **Ireland**" in await now.press("Support")


async def test_helplines_for_somebody_under_18_are_one_press_away(nz: DemoClient) -> None:
    home = await nz.slash(await nz.member("ana"), "told", dm=True)
    assert "one of the helplines on `Under 18`" in home
    assert "findahelpline.com" in await home.press(YOUNG)
    home = await nz.slash(await nz.member("ana"), "told")
    await nz.restart()
    assert "0800 044 334" in await home.press(YOUNG)


async def test_every_last_tab_has_words_to_ask_for_agreement_then_support_but_no_ask(nz: DemoClient) -> None:
    home = await nz.slash(await nz.member("ana"), "told")
    for label in TOPICS:
        last = await (await home.press(label)).press("Yourself")
        assert last.text.index("You may always say this") < last.text.rindex("`Support`")
        assert ("first:\n```" in last) is (label != DID)
        home = await last.press("Back")
        assert "/ask" not in last
        assert not [one for one in (*last.custom_ids, *home.custom_ids) if "asks." in one or "talks." in one]


async def test_told_works_after_a_restart_and_for_anyone_who_presses_anothers_card(nz: DemoClient) -> None:
    home = await nz.slash(await nz.member("ana"), "told")
    await nz.restart()
    page = await home.press(GROUP)
    assert "Announce nothing" in page
    other = await nz.forge(await nz.member("bo"), page.custom_id("This week"))
    assert "Write down what you decided" in other
    assert other.ephemeral


async def test_a_friend_finds_the_meantime_and_the_talk(nz: DemoClient) -> None:
    page = await (await nz.slash(await nz.member("ana"), "told")).press(FRIEND)
    assert "You can care about both." in page
    meantime = await page.press("The meantime")
    assert "step in or call **111**" in meantime
    talk = await meantime.press("The talk")
    assert talk.text.index("**If they deny it:**") < talk.text.index("**If they ask who told you:**")


async def test_the_tab_of_version_0_1_about_a_friend_leads_to_the_door_about_a_friend(nz: DemoClient) -> None:
    shown = await nz.forge(await nz.member("ana"), "v1:told.page:hurt-friend.nz")
    assert "You can care about both." in shown
    assert marked(shown) == ["Now"]


async def test_close_deletes_a_card_of_told_at_once(nz: DemoClient) -> None:
    ana = await nz.member("ana")
    assert await closes(await nz.slash(ana, "told"))
    assert await closes(await (await nz.slash(ana, "told")).press(FRIEND))


async def test_two_presses_at_once_are_both_answered(nz: DemoClient) -> None:
    home = await nz.slash(await nz.member("ana"), "told")
    for shown in await home.press_twice(HURT):
        assert "Believe them." in shown


async def test_whoever_said_that_they_are_under_18_can_use_told_too(nz: DemoClient) -> None:
    fin = await nz.member("fin")
    await (await (await nz.slash(fin, "settings")).press("Age")).press("I'm under 18")
    home = await nz.slash(fin, "told")
    assert "If somebody under 18 is involved" in home
    assert "Believe them." in await home.press(HURT)


async def test_every_card_is_shown_even_without_a_database(nz: DemoClient, tmp_path: Path) -> None:
    ana = await nz.member("ana")
    with without_a_database(nz, tmp_path):
        for dm in (False, True):
            home = await nz.slash(ana, "told", dm=dm)
            for topic in TOLD.topics:
                page = await home.press(topic.label)
                for tab in topic.tabs:
                    page = await page.press(tab.label)
                    assert tab.card.title in page
                assert "Which of these is closest?" in await page.press("Support")
                home = await page.press("Back")


async def test_nothing_is_stored_and_the_log_names_nobody(
    nz: DemoClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ana = await nz.member("ana")
    with nobody_is_logged(caplog, ana):
        async with nothing_is_stored(nz, tmp_path):
            home = await nz.slash(ana, "told")
            for topic in TOLD.topics:
                page = await home.press(topic.label)
                for tab in topic.tabs:
                    page = await page.press(tab.label)
                home = await page.press("Back")
    assert dump(tmp_path)["people"] == []


@pytest.mark.parametrize("code", ["xx", "world", "nz.hurt"])
async def test_told_opens_whatever_country_the_custom_id_names(nz: DemoClient, code: str) -> None:
    shown = await nz.forge(await nz.member("ana"), f"v1:told.open:{code}")
    assert shown.buttons == [*TOPICS, YOUNG, "Support", "Close"]


@pytest.mark.parametrize(
    "custom_id",
    [
        "v1:told.home:xx",
        "v1:told.home:",
        "v1:told.page:hurt-now.xx",
        "v1:told.page:hurt-now",
        "v1:told.page:hurt-.nz",
        "v1:told.page:hurt.nz",
        "v1:told.page:all-now.nz",
        "v1:told.page:did-friend.nz",
        "v1:told.page:did-talk.nz",
        "v1:told.page:friend-friend.nz",
        "v1:told.page:.nz",
    ],
)
async def test_a_forged_page_that_no_card_offers_is_refused(nz: DemoClient, custom_id: str) -> None:
    assert NO_SUCH in await nz.forge(await nz.member("ana"), custom_id)


async def test_the_now_tab_of_every_topic_fits_into_a_card_in_every_country(nz: DemoClient) -> None:
    ana = await nz.member("ana")
    for country in installed().countries():
        for topic in TOLD.topics:
            page = await nz.forge(ana, f"v1:told.page:{topic.key}-now.{country.code}")
            assert country.emergency in page
            assert fits(page)
            assert len(page.text) < 1_400
