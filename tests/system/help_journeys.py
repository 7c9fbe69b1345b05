"""Journeys to help: local helplines, `/contact`, a text that needs more help, `/privacy`, reports."""

from collections.abc import Awaitable, Callable

from tests.system.walk import Walk


async def local_lines(walk: Walk) -> None:
    """Add a local line, choose its topics, change it and remove it; `norm_journeys` must run before."""
    await walk.demo.member("mo", shown=walk.name("mo"), moderator=True)
    card = await walk.choose(await walk.slash("mo", "manage setup"), "Local help", which="Change something")
    line = await walk.submit(
        await walk.press(card, "Add one"), name="The house", reach="555 0100", whom="anyone"
    )
    line = await walk.choose(line, ["I was hurt", "Right now"])
    line = await walk.submit(await walk.press(line, "Edit"), reach="555 0101")
    assert "555 0101" in await walk.press(await walk.slash("hal", "support"), "I was hurt")
    line = await walk.press(await walk.press(line, "Back"), "Change")
    assert "You haven't added any yet." in await walk.press(line, "Remove")


async def reminder(walk: Walk) -> None:
    """Set the reminder of `/contact`, wait for 12 hours, and open it."""
    advice = await walk.press(await walk.slash("ben", "contact"), "None of these")
    await walk.press(advice, "Remind me in 12 hours")
    await walk.demo.skip(hours=13)
    assert "12 hours have passed" in await walk.newest("ben")


async def heavy(walk: Walk) -> None:
    """Write a text that needs more help, use the help beside its preview, and discard the draft."""
    kinds = await walk.slash("hal", "ask")
    if "Continue, I'm 18+" in kinds.buttons:
        kinds = await walk.press(kinds, "Continue, I'm 18+")
    form = await walk.choose(kinds, "Something I said or joked about")
    preview = await walk.submit(form, **walk.typed("something heavy", " I want to die. They said no."))
    [beside] = preview.followups
    assert "You can call and say it in those words" in await walk.press(beside, "I'm thinking about suicide")
    await walk.press(preview, "Discard")


async def privacy(walk: Walk) -> None:
    """Look at what is held, take a copy, have the direct messages deleted, and be erased."""
    held = await walk.press(await walk.slash("hal", "privacy"), "What you keep about me")
    await walk.press(await walk.press(held, "Show"), "Back")
    for label in ("Get my copy", "With those too"):
        await walk.press(await walk.press(await walk.slash("hal", "privacy"), "Export"), label)
    await walk.press(await walk.press(await walk.slash("hal", "privacy"), "Delete our DMs"), "Delete them")
    gone = await walk.press(await walk.slash("hal", "privacy"), "Erase")
    assert "I don't know you any more" in await walk.press(gone, "Erase everything")


WAYS: tuple[Callable[[Walk], Awaitable[None]], ...] = (local_lines, reminder, heavy, privacy)
