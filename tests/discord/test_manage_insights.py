"""`/manage insights`: counts of whole past months, as a picture and in words."""

from datetime import UTC, datetime

from bot.demo.client.client import DemoClient
from bot.ids import ServerId
from bot.insights.models import ASKS, REMINDERS
from bot.storage.tx import Tx
from cogs.manage.insights import strings

PNG = b"\x89PNG\r\n\x1a\n"


async def happened(demo: DemoClient, what: str, many: int) -> None:
    services, server = demo.bot.services, ServerId(demo.server.id)

    async def count(tx: Tx) -> None:
        await services.insights.count(tx, server, what, demo.now, many)

    await demo.bot.db.write(count)


async def skip_to(demo: DemoClient, at: datetime) -> None:
    await demo.skip(seconds=(at - demo.now).total_seconds() + 1)


async def test_before_the_first_whole_month_has_ended_the_card_says_when_it_ends(demo: DemoClient) -> None:
    mo = await demo.member("mo", moderator=True)
    await happened(demo, ASKS, 77)
    card = await demo.slash(mo, "manage insights")
    assert card.ephemeral
    assert "The first whole month ends on <t:1769904000:D>" in card.text
    assert "77" not in card.text
    assert not card.message.attachments


async def test_months_that_have_ended_are_a_picture_and_words(demo: DemoClient) -> None:
    mo = await demo.member("mo", moderator=True)
    await happened(demo, ASKS, 13)
    await happened(demo, REMINDERS, 4)
    await skip_to(demo, datetime(2026, 2, 1, tzinfo=UTC))
    await happened(demo, ASKS, 50)
    card = await demo.slash(mo, "manage insights")
    assert (
        "**January 2026**\nfewer than 5 members in, 10 asks, fewer than 5 pairs, fewer than 5 reminders"
    ) in card.text
    assert "50" not in card.text
    assert "February" not in card.text
    assert card.ephemeral
    [kept] = card.message.attachments
    assert (kept["filename"], kept["content_type"]) == ("insights.png", "image/png")
    assert (demo.env.backend.cdn.get(kept["url"]) or b"").startswith(PNG)
    assert strings.ALT.format(last="January 2026") in str(card.message.components)


async def test_asking_counts_once_in_the_server_where_it_was_asked(demo: DemoClient) -> None:
    from tests.discord.test_membership_sweep import asked

    ana, bo, mo = [await demo.member(name, moderator=name == "mo") for name in ("ana", "bo", "mo")]
    await asked(demo, ana, bo)
    await happened(demo, ASKS, 4)
    await skip_to(demo, datetime(2026, 2, 1, tzinfo=UTC))
    assert "5 asks" in (await demo.slash(mo, "manage insights")).text


async def test_a_month_ends_as_usual_after_a_restart(demo: DemoClient) -> None:
    mo = await demo.member("mo", moderator=True)
    await happened(demo, ASKS, 5)
    await demo.restart()
    await skip_to(demo, datetime(2026, 2, 1, tzinfo=UTC))
    await demo.restart()
    assert "5 asks" in (await demo.slash(mo, "manage insights")).text
