"""What has happened on the demo's server when its page opens, with the whole bot."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.demo.cast import CAST, join_cast
from bot.demo.client.client import DemoClient
from bot.demo.page_state import latest
from bot.demo.seed import LIVED, seed
from bot.demo.server import A_WEDNESDAY_NOON, run_demo_server
from bot.demo.temporary_bot import bot_in
from bot.ids import ServerId
from bot.people.models import DiscordUser
from bot.privacy import strings as export_words
from cogs.me.privacy import strings as privacy_words


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def seeded(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[DemoClient]:
    state: Path = tmp_path_factory.mktemp("seeded")
    async with run_demo_server(bot_in(None, state), A_WEDNESDAY_NOON - LIVED) as opened:
        await seed(opened, await join_cast(opened), A_WEDNESDAY_NOON)
        yield DemoClient(opened)


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_page_opens_at_the_present_moment(seeded: DemoClient) -> None:
    assert seeded.now == A_WEDNESDAY_NOON


async def test_norms_are_agreed_on_and_a_reminder_was_posted_today(seeded: DemoClient) -> None:
    noor, services = await seeded.member("noor"), seeded.bot.services
    version = (await services.norms.versions(ServerId(seeded.server.id)))[0]
    cards = seeded.cards(noor)
    assert any(f"agreed on version {version.number} " in one for one in cards)
    assert version.norms[0].norm in cards[-1]


async def test_the_members_talk_in_the_channel(seeded: DemoClient) -> None:
    assert len({post.author_id for post in seeded.demo_server.posts()}) >= 4


async def test_an_ask_waits_for_mateo_and_somebody_would_like_to_talk_with_noor(seeded: DemoClient) -> None:
    for name, friend in (("mateo", "\u05d3\u05e0\u05d9\u05d0\u05dc"), ("noor", "Ifẹ")):
        newest = seeded.dms(await seeded.member(name))[-1]
        assert friend in newest
        assert "Open" in newest.buttons


async def test_a_pair_is_in_its_fifth_week_and_its_check_in_waits(seeded: DemoClient) -> None:
    ife, services = await seeded.member("ife"), seeded.bot.services
    person = await services.people.meet(_user(ife.id, "Ifẹ 🌿", seeded), seeded.now)
    [(pair, partner)] = await services.pairs.queries.of(person, ServerId(seeded.server.id))
    view = await services.pairs.queries.show(person, pair.id, seeded.now)
    assert partner == "Mateo"
    assert timedelta(weeks=4) <= seeded.now.date() - pair.starts_on < timedelta(weeks=5)
    assert view.open_check_in is not None
    assert view.open_check_in.status is None
    question = await seeded.forge(ife, f"v1:pairs.check:{view.open_check_in.id}")
    assert "I slipped up" in question.buttons


async def test_before_noor_erases_she_reads_that_a_friend_waits_for_her_and_of_no_talk_of_hers(
    seeded: DemoClient,
) -> None:
    """Ifẹ has asked her to talk. She has neither asked for a talk nor agreed to one, and holds none."""
    card = await seeded.slash(await seeded.member("noor"), "privacy")
    held = await card.press(privacy_words.HELD)
    assert not [one for one in ("talks", "talk_requests") if export_words.TABLES[one] in held]
    erase = await (await held.press(privacy_words.BACK)).press(privacy_words.ERASE)
    assert privacy_words.CANT_ANSWER in erase
    assert privacy_words.TALKS_END not in erase


async def test_nothing_waits_for_those_who_are_new_or_moderate(seeded: DemoClient) -> None:
    members = {part.name: await seeded.member(part.name) for part in CAST}
    parts = {part.name: part for part in CAST}
    for name in ("wren", "tamsin"):
        assert latest(seeded.demo_server, parts[name], members[name])["dms"] == ""
    assert latest(seeded.demo_server, parts["tamsin"], members["tamsin"])["mods"] == ""


async def test_a_suggestion_is_told_to_who_can_read_it_and_not_to_the_channel(seeded: DemoClient) -> None:
    noor, tamsin = await seeded.member("noor"), await seeded.member("tamsin")
    card = await seeded.slash(noor, "norms")
    card = await card.press(_verb(card.custom_ids, "norms.suggest"))
    form = await card.press(_verb(card.custom_ids, "norms.write"))
    card = await form.submit({"text": "One evening a month without phones."})
    await card.press(_verb(card.custom_ids, "norms.send"))
    await seeded.skip(minutes=1)
    [tamsins] = [part for part in CAST if part.name == "tamsin"]
    assert latest(seeded.demo_server, tamsins, tamsin)["mods"] == ""
    assert seeded.dms(tamsin)[-1].text == "Something is waiting for you."


def _verb(custom_ids: list[str], verb: str) -> str:
    [found] = [one for one in custom_ids if one.startswith(f"v1:{verb}")]
    return found


def _user(discord_id: int, shown: str, seeded: DemoClient) -> DiscordUser:
    return DiscordUser(discord_id, shown, ServerId(seeded.server.id))
