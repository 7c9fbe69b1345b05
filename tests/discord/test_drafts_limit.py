"""At most ten drafts of one sort: the eleventh is refused with what was typed, and `/inbox` stays quick."""

from simcord import MemberActor
from sqlalchemy import event

from bot.asks.models import AskKind, AskText
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.errors import DRAFTS_AT_MOST
from bot.ids import ServerId
from bot.norms.note import NoteKind
from bot.pairs.models import PairText
from bot.pairs.schedule import PairSchedule
from bot.people.models import DiscordUser
from bot.ui.custom_id import to
from cogs.help import strings
from tests.discord.asking import CONTINUE, SAID, TYPED, friends, met, services

TITLE = strings.DRAFTS_TITLE.format(limit=DRAFTS_AT_MOST)
AT_MOST = 40
"""The most statements of `/inbox` for somebody with ten drafts of each sort."""


async def write_drafts(demo: DemoClient, member: MemberActor, many: int = DRAFTS_AT_MOST) -> None:
    who, drafts = await met(demo, member), services(demo).asks.drafts
    for _ in range(many):
        begun = await drafts.begin(who, ServerId(member.guild.id), 2, demo.now)
        await drafts.write(who, begun.ask.id, AskKind.SAID, AskText("I mocked them", "Small", ""), demo.now)


async def test_with_ten_drafts_ask_says_what_to_do_and_goes_on_after_one_was_discarded(
    demo: DemoClient,
) -> None:
    ana, _ = await friends(demo, "ben")
    await write_drafts(demo, ana)
    refused = await demo.slash(ana, "ask")
    assert TITLE in refused
    assert "of 10" in await refused.press(strings.INBOX)
    newest, *_ = await services(demo).asks.drafts.written(await met(demo, ana))
    await (await demo.forge(ana, to("asks.draft", newest[0].id))).press("Discard")
    assert TITLE not in await demo.slash(ana, "ask")


async def test_what_was_typed_into_a_form_stands_on_the_refusal(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    form = await (await (await demo.slash(ana, "ask")).press(CONTINUE)).choose(SAID)
    who, drafts = await met(demo, ana), services(demo).asks.drafts
    other = ServerId(5)
    await services(demo).people.meet(DiscordUser(ana.id, "Ana", other), demo.now)
    for _ in range(DRAFTS_AT_MOST):
        begun = await drafts.begin(who, other, 2, demo.now)
        await drafts.write(who, begun.ask.id, AskKind.SAID, AskText("I mocked them", "Small", ""), demo.now)
    refused = await form.submit(TYPED)
    assert TITLE in refused
    for typed in TYPED.values():
        assert typed in refused


async def test_the_inbox_takes_few_statements_with_as_many_drafts_as_can_be(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    who, s, here = await met(demo, ana), services(demo), ServerId(demo.server.id)
    await write_drafts(demo, ana)
    for number in range(DRAFTS_AT_MOST):
        server = ServerId(100 + number)
        await s.people.meet(DiscordUser(ana.id, "Ana", server), demo.now)
        note = await s.norms.notes.begin(who, server, NoteKind.SUGGESTION, None, demo.now)
        await s.norms.notes.write(who, note.note.id, "hm", demo.now)
        pair = await s.pairs.proposals.begin(who, here, PairSchedule(), None, demo.now)
        await s.pairs.proposals.write(who, pair.pair.id, PairText("Listen"), "Europe/Berlin")
    shown, sent = await _counted(demo, ana)
    assert "of 30" in shown
    assert sent <= AT_MOST


async def _counted(demo: DemoClient, member: MemberActor) -> tuple[Screen, int]:
    """Open `/inbox`. Return it with how many statements that took."""
    sent: list[str] = []

    def note(_c: object, _k: object, statement: str, *_: object) -> None:
        sent.append(statement)

    engine = demo.bot.db.adapter.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        return await demo.slash(member, "inbox"), len(sent)
    finally:
        event.remove(engine, "before_cursor_execute", note)
