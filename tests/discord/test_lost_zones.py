"""Rows that name a time zone which this machine doesn't know any more stop nothing, and are shown as such."""

import pytest
from simcord import MemberActor
from sqlalchemy import text

from bot.demo.client.client import DemoClient
from bot.scheduling import zones
from cogs.pair import strings as pair_words
from tests.discord import asking, pairing, reminding
from tests.unit.pods.fixtures import utc

MARS = "Mars/Olympus"


async def lose(demo: DemoClient, table: str) -> None:
    """Put a zone that no machine knows into every row of a table, as if it had been dropped."""
    statement = text(f"UPDATE {table} SET zone = '{MARS}' WHERE zone IS NOT NULL")
    await demo.bot.db.write(lambda tx: tx.execute(statement))


async def in_berlin(demo: DemoClient, *members: MemberActor) -> None:
    for member in members:
        await demo.slash(member, "settings", zone="Berlin")


@pytest.fixture(autouse=True)
def as_at_a_fresh_start() -> None:
    zones._find.cache_clear()


async def test_a_person_with_a_lost_zone_gets_their_messages_and_is_told(
    demo: DemoClient, caplog: pytest.LogCaptureFixture
) -> None:
    ana, ben = await asking.friends(demo, "ben")
    await in_berlin(demo, ben)
    quiet = await (await demo.slash(ben, "settings")).press("Quiet hours")
    await quiet.press("Keep these hours")
    await lose(demo, "people")
    await demo.restart()
    await asking.send(demo, ana, "Ben")
    assert "Ana" in demo.dms(ben)[-1].text
    shown = await demo.slash(ben, "settings")
    assert f"I don't know {MARS} any more" in shown
    said = [record for record in caplog.records if "not known here" in record.getMessage()]
    assert len(said) == 1
    assert "isn't known" not in await demo.slash(ben, "settings", zone="Berlin")


async def test_the_check_ins_of_both_partners_come_although_their_zones_are_lost(demo: DemoClient) -> None:
    ana, bo = await pairing.paired(demo)
    await lose(demo, "people")
    await lose(demo, "pair_sides")
    await demo.restart()
    shown = await demo.slash(ana, "pair show")
    assert f"I don't know your time zone ({MARS}) any more" in shown
    assert pair_words.FILE_TITLE in await shown.press("Calendar file")
    before = [len(demo.dms(one)) for one in (ana, bo)]
    await demo.skip(days=4, hours=7)
    assert [len(demo.dms(one)) for one in (ana, bo)] == [count + 1 for count in before]
    assert "Move my check-ins too" not in (await demo.slash(ana, "settings")).buttons
    moved = await (await demo.slash(ana, "settings", zone="Berlin")).press("Move my check-ins too")
    assert pair_words.ZONES_MOVED in moved
    assert "I don't know your time zone" not in await demo.slash(ana, "pair show")


async def test_a_reminder_with_a_lost_zone_is_still_posted(demo: DemoClient) -> None:
    await reminding.agreed(demo)
    await reminding.on(demo, at_least=0)
    await lose(demo, "reminders")
    await demo.restart()
    mo = await reminding.moderator(demo)
    opened = await (await reminding.home(demo, mo)).press("Open")
    assert f"I don't know the time zone {MARS} any more" in opened
    assert f"I don't know the time zone {MARS} any more" in await opened.press("Change")
    # It was to come at 18:00 in Berlin, and comes at 18:00 in UTC.
    await reminding.until(demo, utc(2026, 1, 9, 17, 30))
    assert reminding.said(demo) == {}
    await reminding.until(demo, utc(2026, 1, 9, 18))
    assert len(reminding.said(demo)) == 1
