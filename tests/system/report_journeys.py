"""Journeys through reports and bars: from an ask to the moderators' queue, a bar, and its end."""

from tests.system.walk import Walk

SAID = "Something I said or joked about"


async def manage_reports(walk: Walk) -> None:
    """Report an ask to two moderators. One of them reads it, and proposes bars for two people."""
    await walk.demo.member("moe", shown=walk.name("moe"), moderator=True)
    await walk.slash("moe", "manage reports")
    kinds = await walk.press(await walk.slash("ana", "ask"), "Write something new")
    form = await walk.choose(kinds, SAID)
    shown = await walk.submit(form, **walk.typed("the reported ask", "*" * 700))
    await walk.press(await walk.choose(shown, [walk.name("hal")]), "Send")
    text = await walk.press(await walk.newest("hal"), "Read it")
    draft = await walk.press(await walk.press(text, "Report"), "Go on")
    form = await walk.press(draft, "Write the reason")
    draft = await walk.submit(form, reason=walk.canary("the reason of hal"))
    draft = await walk.press(await walk.press(draft, "Next"), "Back")
    draft = await walk.choose(draft, [draft.options[0]], which="pick")
    draft = await walk.choose(draft, draft.options[-2:], which="readers")
    await walk.press(draft, "Send")
    report = await walk.newest("mo")
    assert "type `/manage reports`" in report
    report = await walk.press(await walk.slash("mo", "manage reports"), "Open")
    await walk.press(await walk.press(report, "Done"), "Open it again")
    before = await walk.press(report, "Bar the author")
    form = await walk.press(before, "Write the reason")
    await walk.submit(form, reason=walk.canary("the reason for a bar"))
    pick = await walk.press(await walk.slash("mo", "manage reports"), "Bar somebody")
    before = await walk.choose(pick, await walk("gus"))
    form = await walk.press(before, "Write the reason")
    await walk.submit(form, reason=walk.canary("the reason for another bar"))


async def manage_bars(walk: Walk) -> None:
    """Let the other moderator confirm both bars; then lift them."""
    await walk.newest("moe")
    for _ in range(2):
        bars = await walk.press(await walk.slash("moe", "manage reports"), "Show the bars")
        waits = next(one for one in bars.custom_ids if "manage.bar_show" in one)
        held = await walk.press(await walk.press(bars, waits), "Confirm it")
        await walk.slash("mo", "manage log")
        await walk.press(held, "Lift it")


WAYS = (manage_reports, manage_bars)
