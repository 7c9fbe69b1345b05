"""Who is let in to `/pair`: not those under 18, and never another member."""

from simcord import MemberActor

from bot.ids import ServerId
from bot.stage.theatre import Theatre
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


async def is_minor(theatre: Theatre, member: MemberActor) -> None:
    await (await (await theatre.slash(member, "settings")).press("Age")).press("I'm under 18")


async def for_minors(theatre: Theatre) -> None:
    servers = theatre.bot.services.servers
    here = await servers.settings(ServerId(theatre.server.id))
    await servers.keep(type(here)(here.id, minors=True))


async def test_under_18_is_refused_kindly(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    await is_minor(theatre, bo)
    refused = await theatre.slash(bo, "pair start", partner=ana, **AGREED)
    assert help_words.MINOR_TITLE in refused
    assert "Who can help" in refused.buttons
    await proposed(theatre, ana, bo)
    assert help_words.MINOR_TITLE in await theatre.slash(bo, "pair show")
    assert "Nothing waits for you" in await theatre.slash(bo, "inbox")
    assert help_words.MINOR_TITLE in await theatre.forge(bo, f"v1:pairs.before:{await pair_id(theatre, ana)}")
    assert told(theatre, bo) == []


async def test_a_form_that_is_open_when_they_say_so(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    await proposed(theatre, ana, bo)
    before = await theatre.slash(bo, "pair show")
    form = await before.press("Go on")
    await is_minor(theatre, bo)
    assert help_words.MINOR_TITLE in await before.press("Go on")
    late = await form.submit(sheet("Bo"))
    assert help_words.MINOR_TITLE in late
    assert "Bo's aim" in late
    assert told(theatre, ana) == []


async def test_a_pair_ends_with_it_and_the_other_hears_the_usual_sentence(theatre: Theatre) -> None:
    ana, bo = await paired(theatre)
    await is_minor(theatre, bo)
    await theatre.settle()
    assert "This pair has closed" in await opened(theatre, ana)
    for command in NONE:
        assert help_words.MINOR_TITLE in await theatre.slash(bo, f"pair {command}")


async def test_on_a_server_for_minors_nobody_starts_one(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    form = await begun(theatre, ana, bo)
    await proposed(theatre, bo, ana)
    await for_minors(theatre)
    assert help_words.MINOR_TITLE in await theatre.slash(ana, "pair start", partner=bo, **AGREED)
    assert help_words.MINOR_TITLE in await theatre.slash(ana, "pair show")
    late = await form.submit(sheet("Ana"))
    assert help_words.MINOR_TITLE in late
    assert "Ana's aim" in late


async def test_in_no_pair_every_command_says_what_it_is(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    for dm in (False, True):
        for command in NONE:
            none = await theatre.slash(ana, f"pair {command}", dm=dm)
            assert strings.NONE_TITLE in none
            assert "two people who each want to change something of their own" in none
            assert none.ephemeral
        assert "Nothing yet" in await theatre.slash(ana, "pair history", dm=dm)


async def test_before_it_runs_another_member_finds_nothing(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    eve = await theatre.member("eve")
    none = (await theatre.forge(eve, "v1:pairs.draft:made-up")).text
    assert NOT_YOURS in none
    draft = await theatre.slash(ana, "pair start", partner=bo)
    before = await draft.press("Next")
    id = before.custom_id("Go on").split(":")[-1]
    form = await before.press("Go on")
    fields = {"aim": "a", "signs": "b", "words": "c", "zone": "Berlin"}
    for member in (eve, bo):
        await _nothing_before(theatre, member, id, none)
        sent = await theatre.forge_form(member, f"v1:pairs.write:{id}", fields)
        assert sent.text.startswith(none)
    await form.submit(sheet("Ana"))
    await _nothing_before(theatre, eve, id, none)
    assert (await theatre.forge(bo, f"v1:pairs.take_back:{id}")).text == none
    assert (await theatre.forge(bo, f"v1:pairs.cadence:{id}", ["monthly"])).text == none
    assert "every week, Sunday" in await theatre.slash(bo, "pair show")


async def _nothing_before(theatre: Theatre, member: MemberActor, id: str, none: str) -> None:
    for verb in ("draft", "before", "form", "take_back", "decline", "show", "history", "new"):
        assert (await theatre.forge(member, f"v1:pairs.{verb}:{id}")).text == none, verb
    for verb, value in (
        ("cadence", "monthly"),
        ("day", "1"),
        ("late_day", "28"),
        ("at", "60"),
        ("weeks", "4"),
    ):
        assert (await theatre.forge(member, f"v1:pairs.{verb}:{id}", [value])).text == none, verb
    assert (await theatre.forge(member, f"v1:pairs.partner:{id}", [str(member.id)])).text == none


ON_A_PAIR = (
    "show", "mine", "change", "put", "untake", "agree", "as_is", "pausing", "pause:7", "resume", "ending",
    "end", "file", "history", "notes", "shared", "before", "form", "decline",
)  # fmt: skip
ON_A_CHECK_IN = (
    "check", "check:again", "mark:slipped", "hurt:no", "hurt:yes", "note", "share", "keep", "wish",
    "answer:later", "unshare", "renew",
)  # fmt: skip


async def test_once_it_runs_another_member_finds_nothing(theatre: Theatre) -> None:
    question, bo = await asked(theatre)
    eve = await theatre.member("eve")
    answered = await question.press("Hard week")
    await answered.press("I'd like to talk")
    one = answered.custom_id("Another answer").split(":")[-1].removesuffix(".again")
    none = (await theatre.forge(eve, "v1:pairs.check:made-up")).text
    assert NOT_YOURS in none
    for subject, verbs in ((await pair_id(theatre, question.member), ON_A_PAIR), (one, ON_A_CHECK_IN)):
        for verb, _, word in (each.partition(":") for each in verbs):
            custom_id = f"v1:pairs.{verb}:{subject}" + (f".{word}" if word else "")
            assert (await theatre.forge(eve, custom_id)).text == none, verb
    for verb, value in (
        ("cadence", "monthly"),
        ("day", "1"),
        ("late_day", "1"),
        ("at", "60"),
        ("weeks", "4"),
    ):
        custom_id = f"v1:pairs.{verb}:{await pair_id(theatre, bo)}.change"
        assert (await theatre.forge(eve, custom_id, [value])).text == none, verb
    sent = await theatre.forge_form(eve, f"v1:pairs.noted:{one}", {"note": "a note"})
    assert sent.text.startswith(none)
    assert "Open" not in [button for line in theatre.dms(eve) for button in line.buttons]
    assert "You and Bo" in await theatre.slash(question.member, "pair show")


async def test_the_partner_cannot_answer_for_them_nor_look(theatre: Theatre) -> None:
    question, bo = await asked(theatre)
    answered = await question.press("Hard week")
    one = answered.custom_id("Another answer").split(":")[-1].removesuffix(".again")
    none = (await theatre.forge(bo, "v1:pairs.check:made-up")).text
    for verb, _, word in (each.partition(":") for each in ON_A_CHECK_IN if each != "renew"):
        custom_id = f"v1:pairs.{verb}:{one}" + (f".{word}" if word else "")
        assert (await theatre.forge(bo, custom_id)).text == none, verb
    assert (await theatre.forge_form(bo, f"v1:pairs.noted:{one}", {"note": "x"})).text.startswith(none)
    # Nothing was shared: that there is nothing is all they can find.
    nothing = await theatre.forge(bo, f"v1:pairs.shared:{await pair_id(theatre, bo)}.0")
    assert strings.CLOSED_TITLE in nothing
    assert "Hard" not in nothing.text


async def test_what_no_card_offers_is_refused(theatre: Theatre) -> None:
    question, _ = await asked(theatre)
    one = question.custom_id("I'd like to talk").split(":")[-1]
    for leads in ("mark:{}.unasked", "mark:{}.x", "answer:{}.asked", "note:{}"):
        assert NOT_YOURS in await theatre.forge(question.member, f"v1:pairs.{leads.format(one)}")


async def test_terms_that_no_select_offers_are_refused(theatre: Theatre) -> None:
    ana, _ = await paired(theatre)
    id = await pair_id(theatre, ana)
    for verb, value in (("cadence", "daily"), ("day", "99"), ("at", "1440"), ("weeks", "3"), ("weeks", "53")):
        refused = await theatre.forge(ana, f"v1:pairs.{verb}:{id}.change", [value])
        assert strings.BAD_TERMS_TITLE in refused
    assert strings.BAD_TERMS_TITLE in await theatre.forge(ana, f"v1:pairs.pause:{id}.9")
    assert NOT_YOURS in await theatre.forge(ana, f"v1:pairs.day:{id}.change", ["x"])
    assert "every week, Sunday, at 18:00, for 12 weeks" in (await theatre.slash(ana, "pair change")).text


async def test_of_several_only_ones_own_can_be_chosen(theatre: Theatre) -> None:
    ana, bo = await paired(theatre)
    cy, di = await theatre.member("cy"), await theatre.member("di")
    await proposed(theatre, cy, di)
    await accepted(theatre, di)
    theirs = await pair_id(theatre, cy)
    for verb in ("show", "change", "pausing", "resume", "ending", "history"):
        assert NOT_YOURS in await theatre.forge(ana, f"v1:pairs.{verb}:", [theirs])
    assert "You and Ana" in await theatre.slash(bo, "pair show")
