"""`/support`, `Think it through` and `/contact`, with a database that cannot be read."""

from collections.abc import AsyncIterator

import pytest
from simcord import MemberActor

from bot.content.library import installed
from bot.demo.client.client import DemoClient, demo_client
from bot.demo.client.screen import Screen, Unanswered
from bot.ids import ServerId
from bot.people.service import People
from bot.servers.models import Server
from cogs.help import strings as help_words
from tests.discord.stateless import closes, fits

LIBRARY = installed()
NO_SUCH = help_words.NOT_YOURS_TITLE


@pytest.fixture
def nobody_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    async def gone(*_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(People, "meet", gone)


@pytest.fixture
async def nowhere(nobody_is_known: None) -> AsyncIterator[DemoClient]:
    async with demo_client() as opened:
        yield opened


@pytest.fixture
async def nz(nowhere: DemoClient) -> DemoClient:
    await nowhere.bot.services.servers.keep(Server(ServerId(nowhere.server.id), country="nz"))
    return nowhere


TOPICS = ["I was hurt", "Someone told me", "I'm worried about what I did", "Right now"]
PAGES = [page.label for page in LIBRARY.support_texts.pages]
AROUND = ["Right now", "Back", "Change country", "Close"]


async def test_support_shows_four_topics_the_country_and_a_way_to_change_it(nz: DemoClient) -> None:
    home = await nz.slash(await nz.member("ana"), "support")
    assert home.ephemeral
    assert home.buttons == [*TOPICS, "Change country", "Close"]
    assert "For **New Zealand**" in home
    assert "Call **111**" in home
    assert "Only you can see this card. I don't tell anyone what you press, and I don't keep it." in home


async def test_support_asks_for_an_unknown_country_but_shows_help_at_once(
    nowhere: DemoClient,
) -> None:
    home = await nowhere.slash(await nowhere.member("ana"), "support")
    assert home.placeholders == ["Which country are you in?"]
    assert "your local emergency number" in home
    assert home.buttons == [*TOPICS, "Close"]
    assert len(home.options) == 17
    right_now = await home.press("Right now")
    assert "findahelpline.com" in right_now


async def test_support_works_in_direct_messages(nz: DemoClient) -> None:
    home = await nz.slash(await nz.member("ana"), "support", dm=True)
    assert "Which country are you in?" in home.placeholders
    chosen = await home.choose("Ireland")
    assert "For **Ireland**" in chosen
    assert "1800 77 88 88" in await chosen.press("I was hurt")


async def test_a_topic_opens_on_the_same_card_with_its_pages_and_what_is_urgent(nz: DemoClient) -> None:
    home = await nz.slash(await nz.member("ana"), "support")
    hurt = await home.press("I was hurt")
    assert "0800 044 334" in home
    assert "Text **4334**" in hurt
    assert "[safetotalk.nz](https://safetotalk.nz)" in hurt
    assert "you can first ask what it passes on to others." in hurt
    assert hurt.buttons == [*PAGES, *AROUND]
    now = await hurt.press("Right now")
    assert now.text.index("call **111**") < now.text.index("I'm thinking about suicide")
    assert now.text.index("I'm thinking about suicide") < now.text.index("1737")
    assert "Are you thinking about suicide?" in now
    assert now.buttons == AROUND[1:]
    assert "Call or text **1737**" in now


async def test_i_was_hurt_has_five_pages_and_each_leads_back(nz: DemoClient) -> None:
    hurt = await (await nz.slash(await nz.member("ana"), "support")).press("I was hurt")
    await nz.restart()
    for page in LIBRARY.support_texts.pages:
        leads = hurt.custom_id(page.label)
        for shown in await hurt.press_twice(page.label):
            assert page.card.title in shown
            assert shown.text.splitlines()[-1].startswith(
                ("**Today:**", "-# The number is for **New Zealand**")
            )
            assert fits(shown)
        apart = ["Boundaries"] if page.key in ("want", "ask") else []
        lines, words = (["Helplines and numbers"], ["Put it into words"]) if page.key == "want" else ([], [])
        assert shown.buttons == [*lines, *apart, "Right now", "Back", *words, "Close"]
        other = await nz.forge(await nz.member("bo"), leads)
        assert page.card.title in other
        hurt = await shown.press("Back")
        assert "0800 044 334" in hurt


async def test_what_you_might_want_asks_for_nothing_and_has_numbers_first(nz: DemoClient) -> None:
    hurt = await (await nz.slash(await nz.member("ana"), "support")).press("I was hurt")
    want = await hurt.press("What you might want now")
    assert want.text.index("or close to them") < want.text.index("There's someone I don't want to meet")
    assert "You owe this to nobody." in want.text.splitlines()[-1]
    assert "on a path,** that asks nothing of you" in want
    lines = await want.press("Helplines and numbers")
    assert "0800 044 334" in lines
    assert "What you might want now" in want, "it opens beside the page"


async def test_your_body_names_what_is_urgent_and_where_care_is_in_the_country(nz: DemoClient) -> None:
    hurt = await (await nz.slash(await nz.member("ana"), "support")).press("I was hurt")
    body = await hurt.press("Your body")
    for said in ("call **111**", "within 24 hours", "even if there are no marks", "SAATS", "medsac.org.nz"):
        assert said in body
    assert body.text.index("SAATS") < body.text.index("**Today:**")


async def test_a_friend_finds_what_is_urgent_and_comes_back_to_their_own_page(nz: DemoClient) -> None:
    told = await (await nz.slash(await nz.member("ana"), "support")).press("Someone told me")
    assert told.buttons == ["What to say and do", "Your body", *AROUND]
    await nz.restart()
    for body in await told.press_twice("Your body"):
        assert "within 24 hours" in body
        assert "SAATS" in body
    back = await body.press("Back")
    assert "Believe them" in back
    assert "It wasn't your fault" not in back


async def test_a_button_of_version_0_1_for_what_you_can_do_still_opens_something(nz: DemoClient) -> None:
    hurt = await (await nz.slash(await nz.member("ana"), "support")).press("I was hurt")
    shown = await nz.forge(await nz.member("ana"), "v1:support.choices:nz", source=hurt)
    assert shown.buttons == [*PAGES, *AROUND]
    assert "0800 044 334" in hurt


async def test_close_deletes_the_card_at_once_also_when_pressed_twice(nz: DemoClient) -> None:
    ana = await nz.member("ana")
    assert await closes(await nz.slash(ana, "support", dm=True))
    for way in ([], ["I was hurt"], ["I was hurt", "Your body"], ["Right now"], ["Change country"]):
        card = await nz.slash(ana, "support")
        for label in way:
            card = await card.press(label)
        await nz.restart()
        assert await closes(card)
    card = await nz.slash(ana, "support")
    with pytest.raises(Unanswered, match="was deleted"):
        await card.press_twice("Close")
    assert not nz.env.errors_since(0)


async def test_close_works_for_cards_that_only_they_can_see(nz: DemoClient) -> None:
    ana = await nz.member("ana")
    public = {"custom_id": "v1:cards.close:", "component_type": 2}
    assert NO_SUCH in await nz.again(ana, public, public=True)


async def test_changing_the_country_stays_on_the_same_topic(nz: DemoClient) -> None:
    hurt = await (await nz.slash(await nz.member("ana"), "support")).press("I was hurt")
    asked = await hurt.press("Change country")
    assert "For **New Zealand**" in asked
    assert "0800 044 334" in await asked.press("Back")
    scotland = await (await hurt.press("Change country")).choose("United Kingdom")
    assert "I was hurt" in scotland
    assert "Rape Crisis Scotland** · Scotland" in scotland
    assert "Every day, 17:00 to midnight · closed at this hour" in scotland
    home = await (await (await nz.slash(await nz.member("ana"), "support")).press("Change country")).press(
        "Back"
    )
    assert "Which of these is closest?" in home


async def test_a_helpline_is_shown_as_open_in_its_own_hours(nz: DemoClient) -> None:
    await nz.skip(hours=6)
    ana = await nz.member("ana")
    asked = await (await (await nz.slash(ana, "support")).press("I was hurt")).press("Change country")
    assert "Every day, 17:00 to midnight · open at this hour" in await asked.choose("United Kingdom")


async def test_where_no_helpline_exists_the_page_says_so_and_goes_on(nz: DemoClient) -> None:
    home = await nz.slash(await nz.member("ana"), "support")
    brazil = await (await home.press("Change country")).choose("Brazil")
    worried = await brazil.press("I'm worried about what I did")
    assert "I don't know of a helpline for this in Brazil." in worried
    assert "You can call and start with" not in worried
    assert worried.text.index("I don't know") < worried.text.index("**Today, with or without a helpline:**")
    assert "180**" not in worried


async def test_support_pressed_on_another_card_opens_a_new_card_and_keeps_the_first(nz: DemoClient) -> None:
    ana = await nz.member("ana")
    thinking = await nz.forge(ana, "v1:think.open:")
    support = await thinking.press("Support")
    assert "Which of these is closest?" in support
    assert "What did you do or say?" in thinking


async def test_think_it_through_has_pages_that_go_forward_and_back(nz: DemoClient) -> None:
    page = await nz.forge(await nz.member("ana"), "v1:think.open:")
    assert page.buttons == ["Next", "Support"]
    titles = [page.text.splitlines()[0]]
    for _ in range(3):
        page = await page.press("Next")
        titles.append(page.text.splitlines()[0])
    assert titles == [f"### {one.title}" for one in LIBRARY.think.pages]
    assert page.buttons == ["Ask my pod", "What I'll do", "Should I check on them?", "Back", "Support"]
    assert page.custom_id("Ask my pod") == "v1:asks.begin:"
    checked = await page.press("Should I check on them?")
    assert "Which is true?" in checked
    assert "3 of 4" in await page.press("Back")


async def test_contact_asks_which_is_true_and_answers_each(nz: DemoClient) -> None:
    asked = await nz.forge(await nz.member("ana"), "v1:contact.open:")
    labels = [turn.label for turn in LIBRARY.contact.choices]
    assert asked.buttons == [*labels, "Support", "Close"]
    for turn in LIBRARY.contact.choices:
        answer = await asked.press(turn.label)
        assert turn.card.title in answer
        asked = await answer.press("Back")
        assert "Which is true?" in asked
    danger = await asked.press("They may be in danger now")
    assert "Call **111**." in danger
    assert "for **New Zealand**" in danger


async def test_contact_shows_no_number_while_the_country_is_unknown(nowhere: DemoClient) -> None:
    asked = await nowhere.forge(await nowhere.member("ana"), "v1:contact.open:")
    danger = await asked.press("They may be in danger now")
    assert "Call **your local emergency number**." in danger
    assert "Another country" not in danger
    assert "`Support` asks which country you're in, and then shows its number." in danger
    assert "111" in await (await danger.press("Support")).choose("New Zealand")


@pytest.mark.parametrize("verb", ["support", "contact"])
async def test_support_and_contact_show_the_country_that_the_custom_id_names(
    nz: DemoClient, verb: str
) -> None:
    shown = await nz.forge(await nz.member("ana"), f"v1:{verb}.open:ie")
    if verb == "contact":
        danger = await shown.press("They may be in danger now")
        assert "Call **999 or 112**." in danger
        assert (
            "The number is for **Ireland**. If you're in another country, `Support` has its number." in danger
        )
        assert "For **Ireland**" in await danger.press("Support")
        shown = await shown.press("Support")
    assert "For **Ireland**" in shown
    assert "999 or 112" in shown


@pytest.mark.parametrize("code", ["xx", "world", "nz.hurt.now"])
async def test_support_and_contact_open_whatever_country_the_custom_id_names(
    nowhere: DemoClient, code: str
) -> None:
    ana = await nowhere.member("ana")
    home = await nowhere.forge(ana, f"v1:support.open:{code}")
    assert ("Which country are you in?" in home.placeholders) is (code != "nz.hurt.now")
    assert "Which is true?" in await nowhere.forge(ana, f"v1:contact.open:{code}")


async def test_under_18_shows_helplines_for_young_people(nz: DemoClient) -> None:
    ana = await nz.member("ana")
    assert "0800 044 334" in await nz.forge(ana, "v1:support.under18:")
    uk = await nz.forge(ana, "v1:support.under18:uk")
    assert uk.text.index("Childline") < uk.text.index("Rape Crisis")
    assert "999 or 112" in uk


async def test_who_is_under_18_and_was_hurt_finds_what_is_urgent_for_the_body_and_comes_back(
    nz: DemoClient,
) -> None:
    page = await nz.forge(await nz.member("ana"), "v1:support.under18:uk")
    assert "it wasn't your fault" in page
    for body in await page.press_twice("Your body"):
        assert "within 24 hours" in body
        assert "999 or 112" in body
    back = await body.press("Back")
    assert back.text == page.text
    assert back.followups == []


@pytest.mark.parametrize(
    "custom_id",
    [
        "v1:support.door:nz.elsewhere",
        "v1:support.door:xx.hurt",
        "v1:support.home:xx",
        "v1:support.countries:nz.elsewhere",
        "v1:support.under18:xx",
        "v1:support.page:xx.body",
        "v1:support.page:nz.elsewhere",
        "v1:support.page:nz",
        "v1:support.page:nz.want-told",
        "v1:support.page:xx.body-told",
        "v1:think.page:0",
        "v1:think.page:5",
        "v1:think.page:",
        "v1:contact.choose:maybe.nz",
        "v1:contact.choose:danger.xx",
        "v1:contact.back:xx",
    ],
)
async def test_a_forged_press_that_no_card_offers_is_refused(nz: DemoClient, custom_id: str) -> None:
    assert NO_SUCH in await nz.forge(await nz.member("ana"), custom_id)


@pytest.mark.parametrize(("custom_id", "value"), [("home", "xx"), ("hurt", "xx"), ("elsewhere", "nz")])
async def test_choosing_a_country_or_a_topic_that_was_never_offered_is_refused(
    nz: DemoClient, custom_id: str, value: str
) -> None:
    ana = await nz.member("ana")
    assert NO_SUCH in await nz.forge(ana, f"v1:support.country:{custom_id}", [value])


async def test_a_topic_opens_after_a_restart_and_for_anyone_who_presses_anothers_card(
    nz: DemoClient,
) -> None:
    home = await nz.slash(await nz.member("ana"), "support")
    leads = home.custom_id("I was hurt")
    await nz.restart()
    assert "0800 044 334" in await home.press("I was hurt")
    assert "0800 044 334" in await nz.forge(await nz.member("bo"), leads)


async def test_two_presses_at_once_are_both_answered(nz: DemoClient) -> None:
    home = await nz.slash(await nz.member("ana"), "support")
    first, second = await home.press_twice("I was hurt")
    assert "0800 044 334" in first
    assert "0800 044 334" in second


@pytest.mark.parametrize("country", [country.code for country in LIBRARY.countries()])
async def test_every_page_of_every_country_fits_a_card(nz: DemoClient, country: str) -> None:
    ana = await nz.member("ana")
    page = await nz.forge(ana, f"v1:support.home:{country}")
    for topic in TOPICS:
        shown = await page.press(topic)
        place = LIBRARY.country(country).place if country != "world" else "any country"
        assert f"For **{place}**" in shown
        assert len(shown.text) < 2400
        assert fits(shown)
        page = await shown.press("Back")


# -- `Ask my pod`, which needs the database -----------------------------------------------------------


async def thought(demo: DemoClient, member: MemberActor, *, dm: bool = False) -> Screen:
    """Open the last question of `Think it through`."""
    check = await demo.slash(member, "contact", dm=dm)
    page = await (await check.press("None of these")).press("Think it through")
    for _ in range(3):
        page = await page.press("Next")
    return page


@pytest.mark.parametrize("dm", [False, True])
async def test_ask_my_pod_begins_an_ask(demo: DemoClient, dm: bool) -> None:
    ana = await demo.member("ana")
    await demo.slash(ana, "settings")
    page = await thought(demo, ana, dm=dm)
    begun = await page.press("Ask my pod")
    command = await demo.slash(ana, "ask", dm=dm)
    assert begun.text == command.text
    assert begun.buttons == command.buttons


async def test_ask_my_pod_works_after_a_restart_and_for_whoever_presses_it(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    page = await thought(demo, ana)
    leads = page.custom_id("Ask my pod")
    await demo.restart()
    for begun in await page.press_twice("Ask my pod"):
        assert "Continue, I'm 18+" in begun.buttons
    assert "Continue, I'm 18+" in (await demo.forge(bo, leads)).buttons


async def test_ask_my_pod_is_refused_to_somebody_under_18(demo: DemoClient) -> None:
    fin = await demo.member("fin")
    await (await (await demo.slash(fin, "settings")).press("Age")).press("I'm under 18")
    refused = await (await thought(demo, fin)).press("Ask my pod")
    assert "Continue, I'm 18+" not in refused.buttons
    assert "Support" in refused.buttons
