"""A report, from the passage to the moderators whom its reporter chose."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.errors import NotYours, TooMany
from bot.ids import new_id
from bot.pods.models import Sent
from bot.reports.errors import BarGone, Barred, NobodyReads, PassageGone, ReasonUnwritten, StartedTooMuch
from bot.reports.models import DRAFTS_AT_MOST, READERS_AT_MOST, PassageKind, ReportState
from bot.reports.notifications import WAITS
from tests.unit.asks.fixtures import ANSWER, WORDS
from tests.unit.reports.fixtures import ELSEWHERE, HERE, TABLES, Harness

WHOLE_ASK = (("what", WORDS.what), ("felt", WORDS.felt), ("asking", WORDS.asking))


async def passage(harness: Harness, kind: PassageKind) -> tuple[str, str, str]:
    """Make a passage of this kind; return who can report it, its author, and the id of its row."""
    match kind:
        case PassageKind.ASK:
            return "Ben", "Ana", await harness.asked()
        case PassageKind.ANSWER:
            return "Ana", "Ben", await harness.answered()
        case PassageKind.NOTE:
            return "Ben", "Ana", await harness.noted()
        case PassageKind.AIMS:
            id = await harness.paired()
            await harness.pairs.saw(await harness.person("Ben"), id)
            return "Ben", "Ana", id
        case PassageKind.INVITATION:
            sent: Sent = await harness.invite("Ana", "Cy")
            return "Cy", "Ana", sent.id
        case PassageKind.PROPOSAL:
            return "Ben", "Ana", await harness.paired()


async def gone_as_moderator(harness: Harness, name: str, goes: str) -> None:
    person = await harness.person(name)
    match goes:
        case "loses the role":
            await harness.servers.seen_without(HERE, person)
        case "erases":
            await harness.services.privacy.erase(person, harness.now)
        case _:
            await harness.people.leave(person, HERE, harness.now)


# -- what can be reported ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PassageKind)
async def test_each_kind_of_passage_can_be_reported_by_the_person_whom_it_was_meant_for(
    harness: Harness, kind: PassageKind
) -> None:
    by, author, row = await passage(harness, kind)
    view = await harness.report(by, kind, row)
    assert (view.author, view.report.state, view.report.server) == (author, ReportState.DRAFT, HERE)
    await harness.reason(by, view.report.id)
    sent = await harness.file(by, view.report.id)
    assert sent.texts == view.texts
    filed = await harness.filed("mo", view.report.id)
    assert (filed.reporter, filed.author, filed.content.reason) == (by, author, "It is a threat.")
    assert filed.content.texts == view.texts
    assert bool(view.texts) is (kind not in (PassageKind.INVITATION, PassageKind.PROPOSAL))


@pytest.mark.parametrize("kind", PassageKind)
async def test_nobody_else_can_report_it_and_it_looks_as_if_it_did_not_exist(
    harness: Harness, kind: PassageKind
) -> None:
    _, author, row = await passage(harness, kind)
    for name in (author, "Dee", "mo"):
        with pytest.raises(NotYours):
            await harness.report(name, kind, row)
    with pytest.raises(NotYours):
        await harness.report(author, kind, new_id())
    for other in PassageKind:
        if {other, kind} != {PassageKind.AIMS, PassageKind.PROPOSAL}:
            with pytest.raises(NotYours):
                await harness.report("Dee", other, row)


def test_every_kind_of_passage_has_its_reader(harness: Harness) -> None:
    assert harness.reports.passages.kinds == frozenset(PassageKind)
    with pytest.raises(ValueError, match="two readers"):
        harness.reports.passages.read_by({PassageKind.ASK: harness.answering.passage})


async def test_an_ask_can_be_reported_only_once_its_text_was_opened(harness: Harness) -> None:
    asking = await harness.asking(ask := await harness.ask("Ana", "Ben"), "Ben")
    with pytest.raises(NotYours):
        await harness.report("Ben", PassageKind.ASK, asking)
    await harness.cannot(ask, "Ben")
    with pytest.raises(NotYours):
        await harness.report("Ben", PassageKind.ASK, asking)


async def test_an_ask_can_be_reported_after_declining_it_and_after_a_boundary(harness: Harness) -> None:
    ask = await harness.ask("Ana", "Ben")
    await harness.read_it(ask, "Ben")
    await harness.cannot(ask, "Ben")
    id = (await harness.report("Ben", PassageKind.ASK, await harness.asking(ask, "Ben"))).report.id
    await harness.reason("Ben", id)
    await harness.apart("Ben", "Ana")
    await harness.part("Ben", "Ana")
    assert (await harness.file("Ben", id)).texts == WHOLE_ASK


async def test_an_answer_can_be_reported_only_once_it_was_read(harness: Harness) -> None:
    ask = await harness.ask("Ana", "Ben")
    await harness.answer(ask, "Ben")
    asking = await harness.asking(ask, "Ben")
    with pytest.raises(NotYours):
        await harness.report("Ana", PassageKind.ANSWER, asking)
    await harness.read(ask)
    view = await harness.report("Ana", PassageKind.ANSWER, asking)
    assert dict(view.texts) == {
        "impact": ANSWER.impact, "step": ANSWER.step, "missing": ANSWER.missing, "offer": ANSWER.offer
    }  # fmt: skip


async def test_the_reporter_picks_which_texts_are_sent(harness: Harness) -> None:
    ben, id = (
        await harness.person("Ben"),
        (await harness.report("Ben", PassageKind.ASK, await harness.asked())).report.id,
    )
    view = await harness.reports.pick(ben, id, ["felt", "other", "what"], harness.now)
    assert view.texts == WHOLE_ASK[:2]
    assert (await harness.reports.pick(ben, id, [], harness.now)).texts == WHOLE_ASK[:2]
    await harness.reports.pick(ben, id, ["asking"], harness.now)
    await harness.reason("Ben", id)
    await harness.file("Ben", id)
    assert (await harness.filed("mo", id)).content.texts == WHOLE_ASK[2:]


async def test_blank_texts_are_left_out(harness: Harness) -> None:
    words = type(WORDS)("what", "felt", " \u200b ")
    ask = (await harness.send("Ana", await harness.draft("Ana", "Ben", words=words))).ask.id
    await harness.read_it(ask, "Ben")
    view = await harness.report("Ben", PassageKind.ASK, await harness.asking(ask, "Ben"))
    assert view.texts == (("what", "what"), ("felt", "felt"))


# -- a draft -------------------------------------------------------------------------------------------


async def test_beginning_twice_opens_the_same_report_before_and_after_it_is_sent(harness: Harness) -> None:
    row = await harness.asked()
    first = await harness.report("Ben", PassageKind.ASK, row)
    assert (await harness.report("Ben", PassageKind.ASK, row)).report.id == first.report.id
    await harness.reason("Ben", first.report.id)
    await harness.file("Ben", first.report.id)
    again = await harness.report("Ben", PassageKind.ASK, row)
    assert (again.report.id, again.report.state) == (first.report.id, ReportState.SENT)
    assert await harness.counts(TABLES[0]) == (1,)


async def test_a_blank_reason_is_refused_and_the_reason_from_before_stays(harness: Harness) -> None:
    id = (await harness.report("Ben", PassageKind.ASK, await harness.asked())).report.id
    with pytest.raises(ReasonUnwritten):
        await harness.file("Ben", id)
    await harness.reason("Ben", id, "first")
    with pytest.raises(ReasonUnwritten):
        await harness.reason("Ben", id, " \u3164 ")
    assert (await harness.reopen("Ben", id)).content.reason == "first"


async def test_what_was_destroyed_meanwhile_is_not_sent_and_the_reason_stays(harness: Harness) -> None:
    ask = await harness.ask("Ana", "Ben")
    await harness.read_it(ask, "Ben")
    id = (await harness.report("Ben", PassageKind.ASK, await harness.asking(ask, "Ben"))).report.id
    await harness.reason("Ben", id)
    await harness.withdraw(ask)
    assert (await harness.reopen("Ben", id)).texts == WHOLE_ASK
    await harness.wait(days=6)
    await harness.reason("Ben", id, "still here")
    await harness.wait(days=1, minutes=1)
    assert (await harness.reopen("Ben", id)).gone
    with pytest.raises(PassageGone):
        await harness.file("Ben", id)
    assert (await harness.reopen("Ben", id)).content.reason == "still here"
    assert (await harness.queue("mo")).open == ()


async def test_a_sent_report_keeps_its_copy_when_the_passage_is_destroyed(harness: Harness) -> None:
    ask = await harness.ask("Ana", "Ben")
    await harness.read_it(ask, "Ben")
    id = (await harness.report("Ben", PassageKind.ASK, await harness.asking(ask, "Ben"))).report.id
    await harness.reason("Ben", id)
    await harness.file("Ben", id)
    await harness.withdraw(ask)
    await harness.wait(days=8)
    assert (await harness.filed("mo", id)).content.texts == WHOLE_ASK
    assert (await harness.reopen("Ben", id)).texts == WHOLE_ASK


async def test_an_answer_that_was_taken_back_can_no_longer_be_sent(harness: Harness) -> None:
    ask = await harness.ask("Ana", "Ben")
    await harness.answer(ask, "Ben")
    await harness.read(ask)
    id = (await harness.report("Ana", PassageKind.ANSWER, await harness.asking(ask, "Ben"))).report.id
    await harness.reason("Ana", id)
    await harness.asks.between.take_back(
        await harness.person("Ben"), await harness.person("Ana"), harness.now
    )
    with pytest.raises(PassageGone):
        await harness.file("Ana", id)


async def test_a_draft_goes_seven_days_after_it_was_last_changed(harness: Harness) -> None:
    id = (await harness.report("Ben", PassageKind.ASK, await harness.asked())).report.id
    await harness.wait(days=6)
    await harness.reason("Ben", id)
    await harness.wait(days=6, hours=23)
    assert [one.id for one in await harness.reports.unsent(await harness.person("Ben"))] == [id]
    await harness.wait(hours=2)
    assert await harness.counts(*TABLES) == (0, 0, 0)
    assert not await harness.keys(id)


async def test_somebody_can_have_ten_unsent_reports(harness: Harness) -> None:
    for number in range(DRAFTS_AT_MOST):
        sent = await harness.invite(f"friend {number}", "Ben")
        await harness.report("Ben", PassageKind.INVITATION, sent.id)
    one_more = await harness.invite("one more", "Ben")
    with pytest.raises(TooMany):
        await harness.report("Ben", PassageKind.INVITATION, one_more.id)


async def test_five_reports_can_be_sent_in_a_day_and_the_sixth_stays_a_draft(harness: Harness) -> None:
    for number in range(6):
        sent = await harness.invite(f"friend {number}", "Ben")
        id = (await harness.report("Ben", PassageKind.INVITATION, sent.id)).report.id
        await harness.reason("Ben", id)
        if number < 5:
            await harness.file("Ben", id)
    with pytest.raises(StartedTooMuch):
        await harness.file("Ben", id)
    assert (await harness.reopen("Ben", id)).content.reason
    await harness.wait(hours=25)
    assert (await harness.file("Ben", id)).report.state is ReportState.SENT


# -- who reads it --------------------------------------------------------------------------------------


async def test_every_moderator_is_named_but_the_author_and_the_reporter(harness: Harness) -> None:
    for name in ("Ana", "Ben"):
        await harness.moderate(name)
    view = await harness.report("Ben", PassageKind.ASK, await harness.asked())
    assert await harness.reads(view) == {"mo": True, "zoe": True}
    await harness.reports.read_by(
        await harness.person("Ben"), view.report.id, [await harness.person("Ana"), await harness.person("mo")]
    )
    await harness.reason("Ben", view.report.id)
    assert await harness.reads(await harness.file("Ben", view.report.id)) == {"mo": True}
    with pytest.raises(NotYours):
        await harness.filed("Ana", view.report.id)


async def test_only_those_who_are_ticked_can_open_it_and_one_has_to_stay(harness: Harness) -> None:
    id = (await harness.report("Ben", PassageKind.ASK, await harness.asked())).report.id
    assert await harness.reads(await harness.only("Ben", id)) == {"mo": True, "zoe": True}
    assert await harness.reads(await harness.only("Ben", id, "zoe")) == {"mo": False, "zoe": True}
    await harness.reason("Ben", id)
    await harness.file("Ben", id)
    assert (await harness.queue("mo")).open == ()
    assert await harness.told("mo") == []
    with pytest.raises(NotYours):
        await harness.filed("mo", id)
    assert [one.kind for one in await harness.told("zoe")] == [WAITS]
    # Once it is sent, its readers can no longer be changed.
    await harness.only("Ben", id, "mo")
    assert (await harness.queue("mo")).open == ()


async def test_the_readers_are_frozen_when_it_is_sent(harness: Harness) -> None:
    id = await harness.reported()
    await harness.moderate("kim")
    assert (await harness.queue("kim")).open == ()
    with pytest.raises(NotYours):
        await harness.filed("kim", id)
    with pytest.raises(NotYours):
        await harness.done("kim", id)


async def test_somebody_who_lost_the_role_before_it_was_sent_is_no_reader(harness: Harness) -> None:
    id = (await harness.report("Ben", PassageKind.ASK, await harness.asked())).report.id
    await harness.reason("Ben", id)
    await harness.servers.seen_without(HERE, await harness.person("mo"))
    assert await harness.reads(await harness.file("Ben", id)) == {"zoe": True}


async def test_without_a_reader_it_is_not_sent_and_the_draft_is_kept(harness: Harness) -> None:
    id = (await harness.report("Ben", PassageKind.ASK, await harness.asked())).report.id
    await harness.reason("Ben", id)
    for name in ("mo", "zoe"):
        await harness.servers.seen_without(HERE, await harness.person(name))
    with pytest.raises(NobodyReads):
        await harness.file("Ben", id)
    assert (await harness.reopen("Ben", id)).readers == {}
    await harness.moderate("kim")
    assert await harness.reads(await harness.reopen("Ben", id)) == {"kim": False}
    with pytest.raises(NobodyReads):
        await harness.file("Ben", id)
    await harness.only("Ben", id, "kim")
    assert (await harness.file("Ben", id)).report.state is ReportState.SENT


async def test_a_moderator_with_whom_the_reporter_set_a_boundary_is_ticked_only_by_the_reporter(
    harness: Harness,
) -> None:
    row = await harness.asked()
    id = (await harness.report("Ben", PassageKind.ASK, row)).report.id
    await harness.apart("Ben", "zoe")
    assert await harness.reads(await harness.reopen("Ben", id)) == {"mo": True, "zoe": False}
    assert await harness.reads(await harness.only("Ben", id, "zoe", "mo")) == {"mo": True, "zoe": True}


@pytest.mark.parametrize("goes", ["loses the role", "erases", "leaves"])
@pytest.mark.parametrize("unticked", [("zoe",), ("zoe", "mo")], ids=" and ".join)
async def test_a_moderator_who_was_unticked_and_comes_back_is_not_ticked_again(
    harness: Harness, goes: str, unticked: tuple[str, ...]
) -> None:
    """Also if nobody whom the draft has named moderated meanwhile: that isn't the first card again."""
    id = (await harness.report("Ben", PassageKind.ASK, await harness.asked())).report.id
    await harness.reason("Ben", id)
    await harness.only("Ben", id, "mo")
    for name in unticked:
        await gone_as_moderator(harness, name, goes)
    await harness.reopen("Ben", id)
    for name in unticked:
        await harness.moderate(name)
    reads = await harness.reads(await harness.reopen("Ben", id))
    assert reads == {"zoe": False, "mo": "mo" not in unticked}
    if "mo" in unticked:
        with pytest.raises(NobodyReads):
            await harness.file("Ben", id)
    else:
        assert await harness.reads(await harness.file("Ben", id)) == {"mo": True}
    assert (await harness.queue("zoe")).open == ()


async def test_a_new_moderator_reads_a_draft_only_if_its_reporter_ticks_them(harness: Harness) -> None:
    id = (await harness.report("Ben", PassageKind.ASK, await harness.asked())).report.id
    await harness.reason("Ben", id)
    await harness.moderate("kim")
    assert await harness.reads(await harness.reopen("Ben", id)) == {"kim": False, "mo": True, "zoe": True}
    await harness.only("Ben", id, "kim")
    assert await harness.reads(await harness.file("Ben", id)) == {"kim": True}


async def test_moderators_whom_a_draft_has_named_stay_on_it_however_many_others_come(
    harness: Harness,
) -> None:
    id = (await harness.report("Ben", PassageKind.ASK, await harness.asked())).report.id
    await harness.reason("Ben", id)
    for number in range(READERS_AT_MOST):
        await harness.moderate(f"moderator {number}")
    reads = await harness.reads(await harness.reopen("Ben", id))
    assert len(reads) == READERS_AT_MOST
    assert {name for name, ticked in reads.items() if ticked} == {"mo", "zoe"}
    assert await harness.reads(await harness.file("Ben", id)) == {"mo": True, "zoe": True}


@pytest.mark.parametrize("kind", PassageKind)
async def test_a_moderator_who_erased_and_came_back_does_not_read_what_was_reported_of_them(
    harness: Harness, kind: PassageKind
) -> None:
    by, author, row = await passage(harness, kind)
    await harness.moderate(author)
    id = (await harness.report(by, kind, row)).report.id
    await harness.reason(by, id)
    await harness.services.privacy.erase(await harness.person(author), harness.now)
    await harness.moderate(author)

    view = await harness.reopen(by, id)
    assert await harness.reads(view) == {"mo": True, "zoe": True}
    if view.gone:
        with pytest.raises(PassageGone):
            await harness.file(by, id)
        return
    assert kind in (PassageKind.INVITATION, PassageKind.PROPOSAL)
    assert await harness.reads(await harness.file(by, id)) == {"mo": True, "zoe": True}
    assert (await harness.queue(author)).open == ()
    bar = await harness.propose_from("mo", id)
    assert bar.waits_for == ("zoe",)
    await harness.confirm("zoe", bar.bar.id)
    with pytest.raises(Barred):
        await harness.invite(author, "Dee")


@pytest.mark.parametrize("kind", PassageKind)
async def test_what_somebody_wrote_who_has_erased_can_no_longer_be_reported(
    harness: Harness, kind: PassageKind
) -> None:
    """Nobody could tell any more which of the moderators has written it."""
    by, author, row = await passage(harness, kind)
    await harness.services.privacy.erase(await harness.person(author), harness.now)
    await harness.moderate(author)
    with pytest.raises(NotYours):
        await harness.reports.look(await harness.person(by), kind, row)
    with pytest.raises(NotYours):
        await harness.report(by, kind, row)


async def test_a_draft_of_an_older_version_excludes_its_author_as_long_as_they_are_known(
    harness: Harness,
) -> None:
    """It holds no hash of the author's account."""
    sent = await harness.invite("Ana", "Cy")
    await harness.moderate("Ana")
    id = (await harness.report("Cy", PassageKind.INVITATION, sent.id)).report.id
    await harness.reason("Cy", id)
    await harness.db.write(lambda tx: tx.execute(update(TABLES[0]).values(author=None)))
    assert await harness.reads(await harness.reopen("Cy", id)) == {"mo": True, "zoe": True}
    await harness.services.privacy.erase(await harness.person("Ana"), harness.now)
    await harness.moderate("Ana")
    assert (await harness.reopen("Cy", id)).readers == {}
    with pytest.raises(NobodyReads):
        await harness.file("Cy", id)


async def test_no_boundary_of_a_moderator_shows_and_none_stops_a_report(harness: Harness) -> None:
    await harness.apart("mo", "Ben")
    await harness.apart("Ana", "zoe")
    await harness.apart("zoe", "Ana")
    id = await harness.reported()
    for name in ("mo", "zoe"):
        assert (await harness.filed(name, id)).author == "Ana"


# -- what others learn ---------------------------------------------------------------------------------


async def test_the_author_is_told_nothing_also_as_a_moderator(harness: Harness) -> None:
    await harness.moderate("Ana")
    ask = await harness.ask("Ana", "Ben")
    await harness.read_it(ask, "Ben")
    before = (await harness.messages("Ana"), await harness.status(ask), await harness.bars_seen("Ana"))
    id = (await harness.report("Ben", PassageKind.ASK, await harness.asking(ask, "Ben"))).report.id
    await harness.reason("Ben", id)
    await harness.file("Ben", id)
    await harness.propose_from("mo", id)
    await harness.done("zoe", id)
    assert (
        await harness.messages("Ana"),
        await harness.status(ask),
        await harness.bars_seen("Ana"),
    ) == before
    assert await harness.queue("Ana") == await harness.queue("Dee")
    assert await harness.channel_posts_made() == 0


async def test_readers_get_one_message_each_that_stays_until_they_have_read_it(harness: Harness) -> None:
    id = await harness.reported()
    [told] = await harness.told("mo")
    assert (told.kind, told.subject, told.server, told.other) == (WAITS, id, HERE, None)
    await harness.filed("mo", id)
    assert await harness.told("mo") == []
    assert len(await harness.told("zoe")) == 1
    await harness.done("mo", id)
    assert len(await harness.told("zoe")) == 1, "nobody can make it vanish before another has read it"
    await harness.filed("zoe", id)
    assert await harness.told("zoe") == []


async def test_a_reader_who_rests_finds_it_in_the_inbox_alone(harness: Harness) -> None:
    await harness.rest("mo")
    await harness.reported()
    [mo], [zoe] = await harness.told("mo"), await harness.told("zoe")
    assert (mo.lane is None, zoe.lane is None) == (True, False)


async def test_the_reporter_is_no_reader_of_anything_else_and_sees_only_their_own(harness: Harness) -> None:
    id = await harness.reported()
    for name in ("Ana", "mo", "Dee"):
        with pytest.raises(NotYours):
            await harness.reopen(name, id)
        with pytest.raises(NotYours):
            await harness.reports.take_back(await harness.person(name), id, harness.now)
    assert (await harness.queue("Ben")).open == ()


# -- moderators ----------------------------------------------------------------------------------------


async def test_done_is_for_all_its_readers_and_can_be_undone(harness: Harness) -> None:
    id = await harness.reported()
    assert (await harness.done("mo", id)).report.state is ReportState.DONE
    assert (await harness.done("zoe", id)).report.state is ReportState.DONE
    queue = await harness.queue("zoe")
    assert (queue.open, [one.report.id for one in queue.done]) == ((), [id])
    assert (await harness.open_again("zoe", id)).report.state is ReportState.SENT
    assert (await harness.open_again("mo", id)).report.state is ReportState.SENT
    assert [one.report.id for one in (await harness.queue("mo")).open] == [id]


async def test_a_report_names_who_else_reads_it_and_no_other_server_sees_it(harness: Harness) -> None:
    id = await harness.reported()
    assert (await harness.filed("mo", id)).others == ("zoe",)
    assert (await harness.queue("mo", ELSEWHERE)).open == ()
    with pytest.raises(NotYours):
        await harness.filed("mo", id, ELSEWHERE)


async def test_a_report_goes_after_thirty_days_whether_or_not_it_is_done(harness: Harness) -> None:
    id = await harness.reported()
    await harness.done("mo", id)
    await harness.wait(days=29, hours=23)
    assert len((await harness.queue("mo")).done) == 1
    await harness.wait(hours=2)
    assert await harness.counts(*TABLES) == (0, 0, 0)
    assert not await harness.keys(id)
    with pytest.raises(NotYours):
        await harness.filed("mo", id)


async def test_it_can_be_taken_back_from_the_moderators_too(harness: Harness) -> None:
    id = await harness.reported()
    await harness.propose_from("mo", id)
    ben = await harness.person("Ben")
    assert (await harness.reports.take_back(ben, id, harness.now)).state is ReportState.SENT
    with pytest.raises(NotYours):
        await harness.reports.take_back(ben, id, harness.now)
    assert await harness.counts(*TABLES) == (0, 0, 0)
    assert [await harness.told(name) for name in ("mo", "zoe")] == [[], []]
    assert await harness.bars_seen("zoe") == []


# -- people leave, and restarts ------------------------------------------------------------------------


async def test_a_report_outlives_the_leaving_of_its_reporter_and_of_the_author(harness: Harness) -> None:
    id = await harness.reported()
    draft = await harness.invite("Ana", "Cy")
    await harness.report("Cy", PassageKind.INVITATION, draft.id)
    for name in ("Ben", "Ana", "Cy"):
        await harness.leave(name)
    filed = await harness.filed("mo", id)
    assert (filed.reporter, filed.author, filed.content.texts) == ("", "", WHOLE_ASK)
    assert await harness.counts(TABLES[0]) == (1,)


async def test_a_reader_who_leaves_reads_no_more(harness: Harness) -> None:
    id = await harness.reported()
    await harness.leave("mo")
    assert await harness.told("mo") == []
    await harness.moderate("mo")
    with pytest.raises(NotYours):
        await harness.filed("mo", id)
    assert (await harness.filed("zoe", id)).others == ()


async def test_everything_goes_with_its_server_and_nothing_of_another(harness: Harness) -> None:
    id = await harness.reported()
    bar = await harness.barred("Dee")
    await harness.servers.left(HERE, harness.now)
    await harness.wait(days=31)
    assert await harness.counts(*TABLES) == (0, 0, 0)
    assert not await harness.keys(id, bar)


async def test_the_author_cannot_make_a_report_or_its_bar_vanish_by_erasing(harness: Harness) -> None:
    id = await harness.reported()
    before = await harness.filed("mo", id)
    await harness.services.privacy.erase(await harness.person("Ana"), harness.now)

    after = await harness.filed("mo", id)
    assert (before.author, after.author) == ("Ana", "")
    assert (after.content.texts, after.content.reason) == (before.content.texts, before.content.reason)
    assert (await harness.reopen("Ben", id)).texts == before.content.texts
    bar = (await harness.propose_from("mo", id)).bar.id
    await harness.confirm("zoe", bar)
    with pytest.raises(Barred):
        await harness.invite("Ana", "Cy")
    await harness.wait(days=31)
    assert await harness.counts(TABLES[0]) == (0,)
    assert not await harness.keys(id)


async def test_a_moderator_who_wrote_what_was_reported_cannot_bar_themselves_after_erasing(
    harness: Harness,
) -> None:
    id = await harness.reported()
    await harness.services.privacy.erase(await harness.person("Ana"), harness.now)
    await harness.moderate("Ana")
    with pytest.raises(NotYours):
        await harness.propose_from("Ana", id)
    view = await harness.propose_from("mo", id)
    assert "Ana" not in view.waits_for
    with pytest.raises(BarGone):
        await harness.confirm("Ana", view.bar.id)


async def test_erasing_takes_what_they_reported_and_their_part_as_a_moderator(harness: Harness) -> None:
    id = await harness.reported()
    for name in ("Dee", "Ana", "Ben"):
        await harness.erase(name)
        assert await harness.counts(TABLES[0]) == (int(name != "Ben"),)
    assert not await harness.keys(id)
    other = await harness.reported_by("Ben", theirs_from="Cy")
    await harness.erase("mo")
    with pytest.raises(NotYours):
        await harness.filed("mo", other)
    await harness.erase("Ben")
    assert await harness.counts(*TABLES) == (0, 0, 0)


async def test_a_restart_changes_nothing(harness: Harness) -> None:
    draft = await harness.invite("Cy", "Ben")
    unsent = (await harness.report("Ben", PassageKind.INVITATION, draft.id)).report.id
    await harness.reason("Ben", unsent, "kept")
    id = await harness.reported()
    await harness.restart()
    assert (await harness.reopen("Ben", unsent)).content.reason == "kept"
    assert (await harness.filed("mo", id)).content.texts == WHOLE_ASK
    harness.now += timedelta(days=31)
    await harness.agenda.run_due(harness.now)
    assert await harness.counts(TABLES[0]) == (0,)


async def test_people_under_18_and_servers_for_minors_can_report(harness: Harness) -> None:
    row = await harness.asked()
    mo = await harness.person("mo")
    await harness.servers.change(HERE, mo, harness.now, {"minors": True})
    id = (await harness.report("Ben", PassageKind.ASK, row)).report.id
    await harness.preferences.say_minor(await harness.person("Ben"), harness.now)
    await harness.reason("Ben", id)
    assert (await harness.file("Ben", id)).texts == WHOLE_ASK


# -- what a thief can read -----------------------------------------------------------------------------


async def test_no_row_says_who_wrote_what_was_reported(harness: Harness) -> None:
    id = await harness.reported()
    ana = await harness.person("Ana")
    stored = repr([await harness.rows(table) for table in TABLES])
    assert id in stored
    assert ana not in stored
    assert await harness.asking_of("Ben") not in stored
