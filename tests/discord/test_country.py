"""An emergency number says which country it is for, and help knows the country of the card's server."""

import pytest

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import ServerId
from bot.servers.models import Server
from tests.discord.asking import PUSHED, SAW, TYPED, answer, begin, form, friends, opened, read_it, send
from tests.discord.talking import offer, pod, talked

SEXUAL = "Something sexual happened and I'm not sure they wanted it"
UNDER_18 = "Somebody under 18 is involved"
ACCUSED = "Someone says I hurt them"
SCARED = "Somebody was scared"
CHECK = "Should I check on them?"
THEIRS = "The number is for **New Zealand**. If you're in another country, `Support` has its number."
ASKED_FOR = "`Support` asks which country you're in, and then shows its number."
DONT_WRITE = "Don't write to them, tonight or in the morning, not even to say sorry."
LOOK_AFTER = "ask whether they're all right and what they need."


@pytest.fixture
async def nz(demo: DemoClient) -> DemoClient:
    await demo.bot.services.servers.keep(Server(ServerId(demo.server.id), country="nz"))
    return demo


async def knows_the_country(card: Screen) -> bool:
    """Return whether every button to help on this card leads to New Zealand's helplines."""
    ways = ["Support", *(way for way in (CHECK,) if way in card.buttons)]
    for way in ways:
        shown = await card.press(way)
        if way != "Support":
            shown = await shown.press("They may be in danger now")
        if "or **New Zealand**" not in shown or "**111**" not in shown:
            return False
    return True


@pytest.mark.parametrize("kind", [SEXUAL, UNDER_18])
async def test_an_emergency_number_says_which_country_it_is_for(nz: DemoClient, kind: str) -> None:
    ana, _ = await friends(nz, "ben")
    card = await (await begin(nz, ana)).choose(kind)
    assert "**111**" in card
    assert THEIRS in card
    assert ASKED_FOR not in card


@pytest.mark.parametrize("kind", [SEXUAL, UNDER_18])
async def test_without_a_country_the_card_says_that_support_has_the_number_and_it_does(
    demo: DemoClient, kind: str
) -> None:
    ana, _ = await friends(demo, "ben")
    card = await (await begin(demo, ana)).choose(kind)
    assert "**your local emergency number**" in card
    assert ASKED_FOR in card
    home = await (await card.press("Support")).choose("Australia")
    assert "Call **000**" in home


async def test_choosing_somebody_may_be_unsafe_shows_the_emergency_number_first(nz: DemoClient) -> None:
    ana, _ = await friends(nz, "ben")
    card = await (await begin(nz, ana)).choose("Somebody may be unsafe now")
    assert card.text.splitlines()[1].startswith("If somebody is in danger now, call **111**.")
    assert await knows_the_country(card)
    [lines] = card.followups
    assert lines.text.index("call **111**") < lines.text.index("I'm thinking about suicide")
    again = await (await (await lines.press("Back")).press("I was hurt")).press("Right now")
    assert again.text.index("call **111**") < again.text.index("I'm thinking about suicide")


async def test_choosing_somebody_under_18_says_that_one_can_ask_helplines_what_they_pass_on(
    nz: DemoClient,
) -> None:
    ana, _ = await friends(nz, "ben")
    card = await (await begin(nz, ana)).choose(UNDER_18)
    assert "you can first ask what it passes on to others." in card


@pytest.mark.parametrize("kind", [SEXUAL, UNDER_18, ACCUSED])
async def test_kinds_that_lead_elsewhere_pass_the_country_on_to_help(nz: DemoClient, kind: str) -> None:
    ana, _ = await friends(nz, "ben")
    card = await (await begin(nz, ana)).choose(kind)
    assert card.custom_id("Support") == "v1:support.open:nz"
    assert await knows_the_country(card)


async def test_pressing_im_under_18_passes_the_country_on_to_support(nz: DemoClient) -> None:
    ana = await nz.member("ana")
    card = await (await nz.slash(ana, "ask")).press("I'm under 18")
    assert card.custom_id("Support") == "v1:support.open:nz"


async def test_a_witness_is_told_to_ask_how_the_person_is_and_whoever_pushed_is_told_not_to_write(
    nz: DemoClient,
) -> None:
    ana, _ = await friends(nz, "ben")
    seen = await (await (await begin(nz, ana)).choose(SAW)).choose(SCARED)
    assert LOOK_AFTER in seen
    assert DONT_WRITE not in seen
    assert THEIRS in seen
    pushed = await (await (await begin(nz, ana)).choose(PUSHED)).choose(SCARED)
    assert LOOK_AFTER not in pushed
    assert DONT_WRITE in pushed


@pytest.mark.parametrize("kind", [SAW, PUSHED])
async def test_a_paused_ask_gives_advice_that_fits_the_kind_and_knows_the_country_in_dms(
    nz: DemoClient, kind: str
) -> None:
    ana, ben = await friends(nz, "ben")
    opened_form = await form(nz, ana, kind)
    shown = await opened_form.submit(dict(zip(opened_form.form.labels, TYPED.values(), strict=True)))
    await (await shown.choose(["Ben"])).press("Send")
    await nz.settle()
    await (await (await read_it(nz, ben)).press("This is beyond me")).press("Tell them")
    await nz.skip(hours=4)
    talk = await opened(nz, ana)
    assert (LOOK_AFTER in talk) is (kind == SAW)
    assert (DONT_WRITE in talk) is (kind == PUSHED)
    assert THEIRS in talk
    assert await knows_the_country(talk)


async def test_the_status_of_an_ask_and_its_answers_know_the_country_in_dms(nz: DemoClient) -> None:
    ana, ben, _ = await friends(nz, "ben", "cy")
    await send(nz, ana, "Ben", "Cy")
    await answer(nz, ben)
    status = await opened(nz, ana)
    assert await knows_the_country(status)
    came = await status.press("Read what has come")
    assert CHECK in came.buttons
    assert await knows_the_country(came)


@pytest.mark.parametrize("after", ["This is about me or someone close", "This is beyond me"])
async def test_every_card_of_an_answerer_leads_to_help_in_the_servers_country(
    nz: DemoClient, after: str
) -> None:
    ana, ben = await friends(nz, "ben")
    await send(nz, ana, "Ben")
    line = await opened(nz, ben)
    assert await knows_the_country(line)
    text = await line.press("Read it")
    assert await knows_the_country(text)
    last = await text.press(after)
    assert await knows_the_country(last)
    if "Tell them" in last.buttons:
        told = await last.press("Tell them")
        assert await knows_the_country(told)
        danger = await told.press("Somebody may be in danger")
        assert "**Call 111.**" in danger
        assert THEIRS in danger
        assert await knows_the_country(danger)
        assert await knows_the_country(await danger.press("Tell them now"))


async def test_somebody_asked_to_talk_sees_which_country_the_number_is_for_and_finds_its_help(
    nz: DemoClient,
) -> None:
    ana, bo = await pod(nz, "bo")
    asked = await (await offer(nz, ana)).choose("Bo")
    assert await knows_the_country(asked)
    offered = await opened(nz, bo)
    assert "**111**" in offered
    assert THEIRS in offered
    assert await knows_the_country(offered)
    said = await offered.press("Today")
    assert THEIRS in said
    assert await knows_the_country(said)


async def test_somebody_who_cannot_talk_is_not_told_where_to_find_a_number(demo: DemoClient) -> None:
    ana, bo = await pod(demo, "bo")
    await (await offer(demo, ana)).choose("Bo")
    offered = await opened(demo, bo)
    assert ASKED_FOR in offered
    assert ASKED_FOR not in await offered.press("I can't")


async def test_a_plan_knows_the_country_in_dms(nz: DemoClient) -> None:
    ana, bo = await pod(nz, "bo")
    steps = await talked(nz, ana, bo, "Bo")
    assert await knows_the_country(steps)
    plan = await steps.choose("Leave them alone")
    assert await knows_the_country(plan)
    await plan.choose("Tomorrow")
    await nz.skip(days=1, hours=7)
    question = await opened(nz, ana)
    assert CHECK in question.buttons
    assert await knows_the_country(question)
    assert await knows_the_country(await question.press("Not yet"))
