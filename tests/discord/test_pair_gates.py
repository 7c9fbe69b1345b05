"""Who may use `/pair`: nobody under 18, and each pair only its own two people."""

from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.ids import ServerId
from cogs.help import strings as help_words
from cogs.pair import strings
from tests.discord.pairing import (
    AGREED,
    NOT_YOURS,
    accepted,
    asked,
    begun,
    friends,
    opened,
    pair_id,
    paired,
    proposed,
    sheet,
    told,
)

NONE = ("show", "change", "pause", "resume", "end")


async def is_minor(demo: DemoClient, member: MemberActor) -> None:
    await (await (await demo.slash(member, "settings")).press("Age")).press("I'm under 18")


async def for_minors(demo: DemoClient) -> None:
    servers = demo.bot.services.servers
    here = await servers.settings(ServerId(demo.server.id))
    await servers.keep(type(here)(here.id, minors=True))


async def test_somebody_under_18_cannot_use_pair_and_is_shown_who_can_help(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await is_minor(demo, bo)
    refused = await demo.slash(bo, "pair start", partner=ana, **AGREED)
    assert help_words.MINOR_TITLE in refused
    assert "Who can help" in refused.buttons
    await proposed(demo, ana, bo)
    assert help_words.MINOR_TITLE in await demo.slash(bo, "pair show")
    assert "Nothing is waiting for you" in await demo.slash(bo, "inbox")
    assert help_words.MINOR_TITLE in await demo.forge(bo, f"v1:pairs.before:{await pair_id(demo, ana)}")
    assert told(demo, bo) == []


async def test_a_form_sent_after_saying_under_18_is_refused_and_shows_what_was_typed(
    demo: DemoClient,
) -> None:
    ana, bo = await friends(demo)
    await proposed(demo, ana, bo)
    before = await demo.slash(bo, "pair show")
    form = await before.press("A habit")
    await is_minor(demo, bo)
    assert help_words.MINOR_TITLE in await before.press("A habit")
    late = await form.submit(sheet("Bo"))
    assert help_words.MINOR_TITLE in late
    assert "Bo's aim" in late
    assert told(demo, ana) == []


async def test_a_pair_ends_when_one_says_under_18_and_the_other_gets_the_usual_sentence(
    demo: DemoClient,
) -> None:
    ana, bo = await paired(demo)
    await is_minor(demo, bo)
    await demo.settle()
    assert "has ended" in await opened(demo, ana)
    for command in NONE:
        assert help_words.MINOR_TITLE in await demo.slash(bo, f"pair {command}")


async def test_on_a_server_for_minors_nobody_can_start_a_pair(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    form = await begun(demo, ana, bo)
    await proposed(demo, bo, ana)
    await for_minors(demo)
    assert help_words.MINOR_TITLE in await demo.slash(ana, "pair start", partner=bo, **AGREED)
    assert help_words.MINOR_TITLE in await demo.slash(ana, "pair show")
    late = await form.submit(sheet("Ana"))
    assert help_words.MINOR_TITLE in late
    assert "Ana's aim" in late


async def test_without_a_pair_every_command_but_history_explains_what_a_pair_is(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    for dm in (False, True):
        for command in NONE:
            none = await demo.slash(ana, f"pair {command}", dm=dm)
            assert strings.NONE_TITLE in none
            assert "two people who check in with each other for a while" in none
            assert none.ephemeral
        assert "There's nothing here yet" in await demo.slash(ana, "pair history", dm=dm)


async def test_a_pair_that_does_not_run_yet_cannot_be_found_by_other_members(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    eve = await demo.member("eve")
    none = (await demo.forge(eve, "v1:pairs.draft:made-up")).text
    assert NOT_YOURS in none
    draft = await (await demo.slash(ana, "pair start", partner=bo)).press("Next")
    id = draft.custom_id("Discard").split(":")[-1]
    form = await draft.press("A habit")
    fields = {"aim": "a", "signs": "b", "words": "c", "zone": "Berlin"}
    for member in (eve, bo):
        await _nothing_before(demo, member, id, none)
        sent = await demo.forge_form(member, f"v1:pairs.write:{id}", fields)
        assert sent.text.startswith(none)
    await form.submit(sheet("Ana"))
    await _nothing_before(demo, eve, id, none)
    assert (await demo.forge(bo, f"v1:pairs.take_back:{id}")).text == none
    assert (await demo.forge(bo, f"v1:pairs.cadence:{id}", ["monthly"])).text == none
    assert "every week on Sunday" in await demo.slash(bo, "pair show")


async def _nothing_before(demo: DemoClient, member: MemberActor, id: str, none: str) -> None:
    for verb in ("draft", "before", "form", "take_back", "decline", "show", "history", "new"):
        assert (await demo.forge(member, f"v1:pairs.{verb}:{id}")).text == none, verb
    for verb, value in (
        ("cadence", "monthly"),
        ("day", "1"),
        ("late_day", "28"),
        ("at", "60"),
        ("weeks", "4"),
    ):
        assert (await demo.forge(member, f"v1:pairs.{verb}:{id}", [value])).text == none, verb
    assert (await demo.forge(member, f"v1:pairs.partner:{id}", [str(member.id)])).text == none


ON_A_PAIR = (
    "show", "mine", "change", "put", "untake", "agree", "as_is", "pausing", "pause:7", "resume", "ending",
    "end", "file", "history", "notes", "shared", "before", "form", "decline",
)  # fmt: skip
ON_A_CHECK_IN = (
    "check", "check:again", "mark:slipped", "tonight", "hurt:no", "hurt:yes", "note", "share", "keep", "wish",
    "answer:later", "unshare", "renew",
)  # fmt: skip


async def test_a_running_pair_cannot_be_found_by_other_members(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    eve = await demo.member("eve")
    answered = await question.press("It's been hard")
    await answered.press("I'd like to talk")
    one = answered.custom_id("Another answer").split(":")[-1].removesuffix(".again")
    none = (await demo.forge(eve, "v1:pairs.check:made-up")).text
    assert NOT_YOURS in none
    for subject, verbs in ((await pair_id(demo, question.member), ON_A_PAIR), (one, ON_A_CHECK_IN)):
        for verb, _, word in (each.partition(":") for each in verbs):
            custom_id = f"v1:pairs.{verb}:{subject}" + (f".{word}" if word else "")
            assert (await demo.forge(eve, custom_id)).text == none, verb
    for verb, value in (
        ("cadence", "monthly"),
        ("day", "1"),
        ("late_day", "1"),
        ("at", "60"),
        ("weeks", "4"),
    ):
        custom_id = f"v1:pairs.{verb}:{await pair_id(demo, bo)}.change"
        assert (await demo.forge(eve, custom_id, [value])).text == none, verb
    sent = await demo.forge_form(eve, f"v1:pairs.noted:{one}", {"note": "a note"})
    assert sent.text.startswith(none)
    assert "Open" not in [button for line in demo.dms(eve) for button in line.buttons]
    assert "You and Bo" in await demo.slash(question.member, "pair show")


async def test_the_partner_can_neither_answer_nor_read_somebody_elses_check_in(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    answered = await question.press("It's been hard")
    one = answered.custom_id("Another answer").split(":")[-1].removesuffix(".again")
    none = (await demo.forge(bo, "v1:pairs.check:made-up")).text
    for verb, _, word in (each.partition(":") for each in ON_A_CHECK_IN if each != "renew"):
        custom_id = f"v1:pairs.{verb}:{one}" + (f".{word}" if word else "")
        assert (await demo.forge(bo, custom_id)).text == none, verb
    assert (await demo.forge_form(bo, f"v1:pairs.noted:{one}", {"note": "x"})).text.startswith(none)
    # Nothing was shared, so the partner can only find that there is nothing.
    nothing = await demo.forge(bo, f"v1:pairs.shared:{await pair_id(demo, bo)}.0")
    assert strings.CLOSED_TITLE in nothing
    assert "hard" not in nothing.text.casefold()


async def test_a_forged_press_that_no_card_offers_is_refused(demo: DemoClient) -> None:
    question, _ = await asked(demo)
    one = question.custom_id("I'd like to talk").split(":")[-1]
    for leads in ("mark:{}.unasked", "mark:{}.x", "answer:{}.asked", "note:{}"):
        assert NOT_YOURS in await demo.forge(question.member, f"v1:pairs.{leads.format(one)}")


async def test_terms_that_no_select_offers_are_refused(demo: DemoClient) -> None:
    ana, _ = await paired(demo)
    id = await pair_id(demo, ana)
    for verb, value in (("cadence", "daily"), ("day", "99"), ("at", "1440"), ("weeks", "3"), ("weeks", "53")):
        refused = await demo.forge(ana, f"v1:pairs.{verb}:{id}.change", [value])
        assert strings.BAD_TERMS_TITLE in refused
    assert strings.BAD_TERMS_TITLE in await demo.forge(ana, f"v1:pairs.pause:{id}.9")
    assert NOT_YOURS in await demo.forge(ana, f"v1:pairs.day:{id}.change", ["x"])
    assert "every week on Sunday at 18:00, for 12 weeks" in (await demo.slash(ana, "pair change")).text


async def test_a_pair_of_two_others_cannot_be_chosen(demo: DemoClient) -> None:
    ana, bo = await paired(demo)
    cy, di = await demo.member("cy"), await demo.member("di")
    await proposed(demo, cy, di)
    await accepted(demo, di)
    theirs = await pair_id(demo, cy)
    for verb in ("show", "change", "pausing", "resume", "ending", "history"):
        assert NOT_YOURS in await demo.forge(ana, f"v1:pairs.{verb}:", [theirs])
    assert "You and Ana" in await demo.slash(bo, "pair show")
