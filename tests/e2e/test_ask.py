"""The whole of /ask on the demo's page, as three people, in a real browser."""

import pytest

from tests.e2e.browsing import Person
from tests.e2e.conftest import Coming

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DID = "I kept teasing after the game, although it was late."
FELT = "A short laugh, then silence. I guess it stung."
IMPACT = "It may have been tiring, and hard to say so."
STEP = "Leave it for tonight, and ask them nothing."
PROMISE = "Stop at the first silence."


async def test_three_people_ask_answer_and_follow_up(comes: Coming) -> None:
    noor, mateo, ife = [await comes(name) for name in ("noor", "mateo", "ife")]
    await _consent(noor)
    await _ask(noor)
    for friend in (mateo, ife):
        await _answer(friend)
    await _read(noor)
    await _follow_up(noor)


async def _consent(noor: Person) -> None:
    await noor.look_at("general")
    await noor.slash("ask")
    await noor.sees("Before you write")
    await noor.press("Continue, I'm 18+")
    await noor.sees("What is it about?")


async def _ask(noor: Person) -> None:
    """Go from /ask to a sent ask in at most 7 presses, forms included; the bot restarts during the form."""
    noor.presses = 1
    await noor.slash("ask")
    await noor.choose("What is it about?", "I pushed, or kept going")
    await noor.choose("Did any of this happen?", "None of these")
    await noor.sees_form("I pushed, or kept going")
    await noor.type("What I did", DID)
    await noor.restart_the_bot()
    await noor.type("What they said or did", FELT)
    await noor.send_form()
    for words in (DID, FELT):
        await noor.sees(words)
    await noor.choose("Who should read it", "Mateo", "Ifẹ")
    await noor.press("Send")
    await noor.sees("Sent")
    assert noor.presses <= 7


async def _answer(friend: Person) -> None:
    await friend.look_at("dms")
    await friend.sees("Noor has a question for you.")
    await friend.press("Open")
    await friend.sees("What it's about: I pushed, or kept going")
    await friend.press("Read it")
    await friend.sees(FELT)
    await friend.press("Answer")
    await friend.type("What it may have been like", IMPACT)
    await friend.type("One next step", STEP)
    await friend.send_form()
    await friend.sees("Your answer is with Noor")


async def _read(noor: Person) -> None:
    await noor.look_at("dms")
    await noor.sees("Something is waiting for you.")
    await noor.press("Open")
    await noor.press("Read")
    await noor.sees("Your friends only heard your side, so these are their guesses.")
    for words in (IMPACT, STEP, "Page 1 of 2"):
        await noor.sees(words)
    await noor.press("Next")
    await noor.sees("Page 2 of 2")


async def _follow_up(noor: Person) -> None:
    """Write what to do, choose a day, do it, and be asked about it a month later."""
    await noor.press("What I'll do")
    await noor.type("What I'll do", PROMISE)
    await noor.send_form()
    await noor.choose("Choose a day", "Tomorrow")
    await noor.skip("day")
    await noor.skip("day")
    await noor.sees("Something is waiting for you.")
    await noor.press("Open")
    await noor.sees(PROMISE)
    await noor.press("I did it")
    await noor.type("What is different now?", "Silences end it.")
    await noor.type("What will you stay away from?", "The last round.")
    await noor.send_form()
    await noor.sees("1, 3 and 6 months")
    for _ in range(5):
        await noor.skip("week")
    await noor.sees("Something is waiting for you.")
    await noor.press("Open")
    await noor.sees("Still doing it?")
