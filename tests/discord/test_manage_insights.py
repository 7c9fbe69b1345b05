"""`/manage insights`: counts of whole past months, as a picture and in words."""

from datetime import UTC, datetime

from bot.demo.client.client import DemoClient
from bot.ids import ServerId
from bot.insights.models import ASKERS, REMINDERS
from bot.people.models import DiscordUser
from bot.storage.tx import Tx
from cogs.manage.insights import strings

PNG = b"\x89PNG\r\n\x1a\n"


async def happened(demo: DemoClient, what: str, many: int) -> None:
    """Let so many reminders be posted, or so many people ask."""
    services, server = demo.bot.services, ServerId(demo.server.id)

    async def count(tx: Tx) -> None:
        if what == REMINDERS:
            await services.insights.count(tx, server, what, demo.now, many)
            return
        for number in range(many):
            person = await services.people.someone(
                tx, DiscordUser(9_000 + number, f"P{number}", None), demo.now
            )
            await services.insights.count_person(tx, server, what, person, demo.now)

    await demo.bot.db.write(count)


async def skip_to(demo: DemoClient, at: datetime) -> None:
    await demo.skip(seconds=(at - demo.now).total_seconds() + 1)


async def test_before_the_first_whole_month_has_ended_the_card_says_when_it_ends(demo: DemoClient) -> None:
    mo = await demo.member("mo", moderator=True)
    await happened(demo, ASKERS, 77)
    card = await demo.slash(mo, "manage insights")
    assert card.ephemeral
    assert "The first whole month ends on <t:1769904000:D>" in card.text
    assert "77" not in card.text
    assert not card.message.attachments


async def test_months_that_have_ended_are_a_picture_and_words(demo: DemoClient) -> None:
    mo = await demo.member("mo", moderator=True)
    await happened(demo, ASKERS, 13)
    await happened(demo, REMINDERS, 4)
    await skip_to(demo, datetime(2026, 2, 1, tzinfo=UTC))
    await happened(demo, ASKERS, 50)
    card = await demo.slash(mo, "manage insights")
    assert (
        "**January 2026**\nfewer than 10 members in, 10 people who asked, fewer than 10 people in pairs, "
        "fewer than 10 reminders"
    ) in card.text
    assert "50 people" not in card.text
    assert "February" not in card.text
    assert card.ephemeral
    [kept] = card.message.attachments
    assert (kept["filename"], kept["content_type"]) == ("insights.png", "image/png")
    assert (demo.env.backend.cdn.get(kept["url"]) or b"").startswith(PNG)
    assert strings.ALT.format(last="January 2026") in str(card.message.components)


async def test_an_asker_counts_once_in_the_server_where_they_asked(demo: DemoClient) -> None:
    from tests.discord.test_membership_sweep import asked

    ana, bo, mo = [await demo.member(name, moderator=name == "mo") for name in ("ana", "bo", "mo")]
    await asked(demo, ana, bo)
    await happened(demo, ASKERS, 9)
    await skip_to(demo, datetime(2026, 2, 1, tzinfo=UTC))
    assert "10 people who asked" in (await demo.slash(mo, "manage insights")).text


async def test_a_month_ends_as_usual_after_a_restart(demo: DemoClient) -> None:
    mo = await demo.member("mo", moderator=True)
    await happened(demo, ASKERS, 10)
    await demo.restart()
    await skip_to(demo, datetime(2026, 2, 1, tzinfo=UTC))
    await demo.restart()
    assert "10 people who asked" in (await demo.slash(mo, "manage insights")).text
