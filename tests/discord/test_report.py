"""`Report`: from the card with somebody's words to the moderators who were chosen."""

import pytest

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Closed, Screen
from bot.ui.custom_id import to
from tests.discord import pairing
from tests.discord.asking import answer, listed, send, told
from tests.discord.reporting import NOT_YOURS, REASON, asked, drafted, filed, group, queue, reported

WAITS = "Something is waiting for you."


async def test_a_question_is_reported_from_the_card_on_which_it_was_read(demo: DemoClient) -> None:
    ana, ben, (mo, _) = await group(demo)
    text = await asked(demo, ana, ben)
    begin = await text.press("Report")
    assert "you don't have to report that to anyone" in begin.text.lower()
    assert "choose Report Message" in begin
    assert {"Go on", "Support", "Close"} <= set(begin.buttons)
    draft = await begin.press("Go on")
    assert "**⁨Mo⁩**" in draft
    assert "**⁨Zoe⁩**" in draft
    assert "can read it, with your name. I don't tell ⁨Ana⁩." in draft
    assert "Send" not in draft.buttons
    draft = await (await draft.press("Write the reason")).submit({"reason": "It's a *threat* @everyone."})
    assert all(
        part in draft
        for part in ("I mocked how they talk", "They went quiet", "\\*threat\\* @\u200beveryone")
    )
    sent = await draft.press("Send")
    await demo.settle()
    assert "I haven't told ⁨Ana⁩" in sent
    report = await filed(demo, mo)
    assert report.text.count("I mocked how they talk") == 1
    assert "Besides you, **⁨Zoe" in report
    assert "\\*threat\\*" in report


async def test_the_author_is_told_nothing_and_readers_get_one_sentence(demo: DemoClient) -> None:
    ana, ben, (mo, zoe) = await group(demo)
    text = await asked(demo, ana, ben)
    before = (told(demo, ana), await listed(demo, ana), len(demo.cards(ana)))
    await reported(demo, text, ["Zoe"])
    assert [told(demo, one) for one in (mo, zoe)] == [[], [WAITS]]
    await (await filed(demo, zoe)).press("Done")
    await demo.settle()
    assert (told(demo, ana), await listed(demo, ana)) == before[:2]
    assert [told(demo, one) for one in (mo, zoe)] == [[], ["This is closed."]]
    assert "Nobody has sent you a report" in await queue(demo, mo)
    assert not [one for one in demo._cards(mo, demo.mods.id) if not one.ephemeral]


async def test_each_text_and_each_reader_can_be_left_out_and_one_of_each_stays(demo: DemoClient) -> None:
    ana, ben, (mo, _) = await group(demo)
    draft = await drafted(await asked(demo, ana, ben))
    draft = await draft.choose(["The other person"], which="pick")
    assert "I mocked how they talk" not in draft
    assert "Something has to be in the report" in await draft.choose([], which="pick")
    assert "Somebody has to read it" in await draft.choose([], which="readers")
    await (await draft.choose(["Mo"], which="readers")).press("Send")
    await demo.settle()
    report = await filed(demo, mo)
    assert "They went quiet" in report
    assert "I mocked how they talk" not in report
    assert "Nobody but you can read it" in report


async def test_an_answer_is_reported_from_its_own_page(demo: DemoClient) -> None:
    ana, ben, (mo, _) = await group(demo)
    status = await send(demo, ana, "Ben")
    await answer(demo, ben)
    answers = await (await demo.slash(ana, "inbox")).press("Open")
    answers = answers if "Report" in answers.buttons else await answers.press("Read")
    await reported(demo, answers)
    report = await filed(demo, mo)
    assert "an answer from ⁨Ben" in report
    assert "It may have stung" in report
    assert status.text not in report


async def test_an_invitation_and_an_offer_are_reported_without_any_text(demo: DemoClient) -> None:
    ana, _, (mo, _) = await group(demo)
    cy = await demo.member("cy")
    card = await (await demo.slash(ana, "pod")).press("Invite")
    await card.choose(cy)
    means = await (await demo.slash(cy, "pod")).press("What it means")
    await reported(demo, means)
    assert "an invitation to a pod, from ⁨Ana" in await filed(demo, mo)
    await pairing.proposed(demo, ana, cy)
    await reported(demo, await demo.slash(cy, "pair show"))
    assert "an offer to be a pair, from ⁨Ana" in await queue(demo, mo)


async def test_a_partners_words_are_reported_and_ones_own_are_not(demo: DemoClient) -> None:
    _, bo = await pairing.paired(demo)
    _, _, (mo, _) = await group(demo)
    card = await demo.slash(bo, "pair show")
    assert "Report" not in (await card.press("What I wrote")).buttons
    await reported(demo, await demo.slash(bo, "pair show"))
    report = await filed(demo, mo)
    assert "what ⁨Ana" in report
    assert "wrote for a pair" in report
    assert "Ana's aim" in report


async def test_a_shared_note_is_reported_and_a_check_in_without_one_is_not(demo: DemoClient) -> None:
    question, bo = await pairing.asked(demo)
    _, _, (mo, _) = await group(demo)
    card = await (await question.press("It's been hard")).press("Share with Bo")
    shown = await pairing.entry(demo, bo, "shared something with you")
    assert "Report" not in shown.buttons
    card = await (await card.press("Add a note")).submit({"A note": "You will regret it."})
    await card.press("Share with Bo")
    shown = await (await demo.slash(bo, "pair show")).press("What they shared")
    await reported(demo, shown)
    report = await filed(demo, mo)
    assert "You will regret it." in report
    assert "a note that ⁨Ana" in report


async def test_what_they_typed_is_kept_through_every_refusal(demo: DemoClient) -> None:
    ana, ben, mods = await group(demo)
    draft = await (await (await asked(demo, ana, ben)).press("Report")).press("Go on")
    blank = await (await draft.press("Write the reason")).submit({"reason": " \u3164 "})
    assert "There's no reason in it yet" in blank
    draft = await (await blank.press("Write the reason")).submit({"reason": REASON})
    for one in mods:
        await demo.leave(one)
    refused = await draft.press("Send")
    assert "Nobody is left to read it" in refused
    again = await refused.press("Open it again")
    assert "Right now there's nobody who could read it" in again
    assert REASON in again
    assert "**A report** that you haven't sent" in await listed(demo, ben)


async def test_what_was_deleted_meanwhile_is_said_plainly_and_the_reason_is_shown(demo: DemoClient) -> None:
    ana, ben, (mo, _) = await group(demo)
    text = await asked(demo, ana, ben)
    draft = await drafted(text)
    status = await (await demo.slash(ana, "inbox")).press("Open")
    await (await status.press("Withdraw")).press("Withdraw")
    await demo.skip(days=6)
    await (await draft.press("Edit the reason")).submit({"reason": "Still here."})
    await demo.skip(days=2)
    gone = await draft.press("Send")
    assert "You can't report this any more" in gone
    assert "Still here." in gone
    assert NOT_YOURS in await text.press("Report") or "You can't report this any more" in await text.press(
        "Report"
    )
    assert "Discarded" in await gone.press("Discard")
    assert NOT_YOURS in await text.press("Report")
    assert "Nobody has sent you a report" in await queue(demo, mo)


async def test_two_presses_at_once_send_one_report(demo: DemoClient) -> None:
    ana, ben, (mo, _) = await group(demo)
    draft = await drafted(await asked(demo, ana, ben))
    first, second = await draft.press_twice("Send")
    assert "Your report was sent" in first
    assert "Your report was sent" in second
    await demo.settle()
    assert "one open report" in await queue(demo, mo)
    assert told(demo, mo) == [WAITS]


async def test_after_a_restart_every_button_still_works(demo: DemoClient) -> None:
    ana, ben, (mo, _) = await group(demo)
    text = await asked(demo, ana, ben)
    begin = await text.press("Report")
    await demo.restart()
    draft = await begin.press("Go on")
    await demo.restart()
    draft = await (await draft.press("Write the reason")).submit({"reason": REASON})
    await demo.restart()
    sent = await draft.press("Send")
    await demo.restart()
    assert REASON in await filed(demo, mo)
    assert "Taken back" in await sent.press("Take it back")
    assert "Nobody has sent you a report" in await queue(demo, mo)


async def test_pressing_report_again_opens_the_report_that_was_sent(demo: DemoClient) -> None:
    ana, ben, (mo, _) = await group(demo)
    text = await asked(demo, ana, ben)
    await reported(demo, text)
    again = await text.press("Report")
    assert "Your report was sent" in again
    await (await filed(demo, mo)).press("Done")
    assert "It's marked as done" in await text.press("Report")
    late = await demo.forge_form(ben, _route(again, "reports.written"), {"reason": "and more"})
    assert "You had sent it before this arrived" in late
    assert "and more" in late


def _route(card: Screen, verb: str) -> str:
    """Return the custom_id of a form for the report that the card is about."""
    [discard] = [one for one in card.custom_ids if "reports.discard" in one]
    return discard.replace("reports.discard", verb)


async def test_another_persons_press_looks_as_if_there_was_nothing(demo: DemoClient) -> None:
    ana, ben, (mo, _) = await group(demo)
    text = await asked(demo, ana, ben)
    begin = await text.press("Report")
    draft = await drafted(text)
    sent = await draft.press("Send")
    for who in (ana, mo, await demo.member("zoe")):
        for card in (text, begin, draft, sent):
            for custom_id in card.custom_ids:
                if ":reports." in custom_id:
                    assert NOT_YOURS in await demo.forge(who, custom_id, ["what"]), custom_id
    for nonsense in (to("reports.begin", "AAAAAAAAAAAAAAAA", "ask"), to("reports.begin", "x", "nothing")):
        assert NOT_YOURS in await demo.forge(ben, nonsense)


async def test_with_closed_messages_a_moderator_still_finds_it(demo: DemoClient) -> None:
    ana, ben, (mo, zoe) = await group(demo)
    demo.close_dms(mo)
    await reported(demo, await asked(demo, ana, ben))
    await demo.skip(minutes=5)
    assert told(demo, mo) == []
    assert "Somebody has sent you a report" in await listed(demo, mo)
    assert REASON in await (await demo.slash(mo, "inbox")).press("Open")
    assert "Somebody has sent you a report" not in await listed(demo, mo)
    assert told(demo, zoe) == [WAITS]


async def test_a_message_opened_in_dms_says_where_the_report_can_be_read(demo: DemoClient) -> None:
    ana, ben, (mo, _) = await group(demo)
    await reported(demo, await asked(demo, ana, ben))
    opened = await demo.dms(mo)[-1].press("Open")
    assert "type `/manage reports` in ⁨Kitchen table⁩" in opened
    assert REASON not in opened


async def test_a_name_from_right_to_left_and_a_long_one_do_not_break_the_card(demo: DemoClient) -> None:
    ana, ben, _ = await group(demo)
    for name, shown in (("lev", "דניאל \u202eabc"), ("max", "M" * 32)):
        member = await demo.member(name, shown=shown, moderator=True)
        await demo.slash(member, "manage reports")
    draft = await drafted(await asked(demo, ana, ben))
    assert "\u202e" not in draft.text
    assert "M" * 32 in draft
    await draft.press("Send")


async def test_close_removes_the_card_and_the_draft_stays(demo: DemoClient) -> None:
    ana, ben, _ = await group(demo)
    draft = await drafted(await asked(demo, ana, ben))
    with pytest.raises(Closed):
        await draft.press("Close")
    inbox = await demo.slash(ben, "inbox")
    [kept_at] = [one for one in inbox.custom_ids if "reports.draft" in one]
    kept = await inbox.press(kept_at)
    assert REASON in kept.text


async def test_a_long_passage_is_shown_on_several_pages_and_nothing_is_cut(demo: DemoClient) -> None:
    ana, ben, (mo, _) = await group(demo)
    long = {"What I said": "*" * 1200, "What they said or did, and may have felt": "_" * 800}
    await send(demo, ana, "Ben", typed=long)
    text = await (await demo.dms(ben)[-1].press("Open")).press("Read it")
    draft = await drafted(text)
    shown = draft.text
    while "Next" in draft.buttons:
        draft = await draft.press("Next")
        shown += draft.text
    assert (shown.count("\\*"), shown.count("\\_")) == (1200, 800)
    await draft.press("Send")
    await demo.settle()
    report = await filed(demo, mo)
    shown = report.text
    while "Next" in report.buttons:
        report = await report.press("Next")
        shown += report.text
    assert (shown.count("\\*"), shown.count("\\_")) == (1200, 800)
    assert REASON in shown


async def test_nobody_under_18_is_kept_from_reporting(demo: DemoClient) -> None:
    ana, ben, (mo, _) = await group(demo)
    text = await asked(demo, ana, ben)
    await (await (await demo.slash(ben, "settings")).press("Age")).press("I'm under 18")
    await reported(demo, text)
    assert REASON in await filed(demo, mo)


async def test_two_moderators_open_and_mark_at_once(demo: DemoClient) -> None:
    ana, ben, (mo, zoe) = await group(demo)
    await reported(demo, await asked(demo, ana, ben))
    theirs = [await filed(demo, one) for one in (mo, zoe)]
    first, second = await theirs[0].press("Done"), await theirs[1].press("Done")
    assert "Open it again" in first.buttons
    assert "Open it again" in second.buttons
    assert "no open report" in await queue(demo, mo)
    done = await (await queue(demo, mo)).press("Show done reports")
    assert "One of the reports that you can read is done." in done
    back = await (await done.press("Open")).press("Open it again")
    assert "Done" in back.buttons
