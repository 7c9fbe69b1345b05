"""Guardrail words in a typed text add a card with more help. The text is still sent; nothing is stored."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Table

from bot.content.library import installed
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import ServerId
from bot.servers.models import Server
from bot.storage.schema import metadata
from bot.storage.tx import Tx
from tests.discord.asking import ANSWER, IMPACT, SAID, STEP, begin, friends, read_it, send, services
from tests.discord.pairing import AIM, SIGNS, ZONE, begun, sheet
from tests.discord.pairing import asked as checked
from tests.discord.stateless import everything_logged, fits
from tests.discord.test_plan import DIFFERENT, due, steps

TEXTS = installed().alongside
TITLE = TEXTS.title
SUICIDE, DANGER, MINOR, FORCE = "I want to die", "they choked me", "they are 15 years old", "I kept saying no"


def beside(screen: Screen) -> Screen | None:
    """Return the help card that was added, if any."""
    found = [one for one in screen.followups if TITLE in one]
    assert len(found) <= 1
    return found[0] if found else None


def added(screen: Screen) -> Screen:
    card = beside(screen)
    assert card is not None
    assert card.ephemeral
    assert fits(card)
    return card


async def asked(demo: DemoClient, **typed: str) -> Screen:
    """Type these words into the form. Return the preview."""
    form = await (await begin(demo, await demo.member("ana"))).choose(SAID)
    values = {"what": "a joke", "felt": "quiet", "asking": "", **typed}
    return await form.submit(values)


async def in_country(demo: DemoClient, code: str) -> None:
    await services(demo).servers.keep(Server(ServerId(demo.server.id), country=code))


@pytest.mark.parametrize("field", ["what", "felt", "asking"])
async def test_a_guardrail_word_in_any_field_adds_the_help_card_beside_the_preview(
    demo: DemoClient, field: str
) -> None:
    await friends(demo, "bo")
    preview = await asked(demo, **{field: f"We talked. {SUICIDE}."})
    assert "Send" in preview.buttons
    assert SUICIDE in preview
    card = added(preview)
    assert "go on as you were" in card
    assert card.buttons == ["I'm thinking about suicide", "Ask someone to talk", "Support", "Close"]
    assert SUICIDE not in card


async def test_an_everyday_text_adds_no_help_card(demo: DemoClient) -> None:
    preview = await asked(demo, what="I was dead tired and the joke killed it")
    assert preview.followups == []


@pytest.mark.parametrize(
    ("text", "buttons"),
    [
        (SUICIDE, ["I'm thinking about suicide", "Ask someone to talk", "Support", "Close"]),
        (DANGER, ["Right now", "Support", "Close"]),
        (MINOR, ["Under 18", "Support", "Close"]),
        (FORCE, ["I was hurt", "I'm worried about what I did", "Ask someone to talk", "Support", "Close"]),
        (f"{SUICIDE}, {DANGER}", ["I'm thinking about suicide", "Ask someone to talk", "Support", "Close"]),
        (f"{MINOR}, {FORCE}", ["Under 18", "I was hurt", "I'm worried about what I did", "Support", "Close"]),
        (
            f"{MINOR}, {FORCE}, {DANGER}, {SUICIDE}",
            [
                "I'm thinking about suicide",
                "Under 18",
                "I was hurt",
                "I'm worried about what I did",
                "Support",
                "Close",
            ],
        ),
    ],
)
async def test_each_matter_has_its_own_buttons_on_the_help_card(
    demo: DemoClient, text: str, buttons: list[str]
) -> None:
    card = added(await asked(demo, what=text))
    assert card.buttons == buttons


async def test_the_help_card_leads_to_helplines_of_the_servers_country(demo: DemoClient) -> None:
    await in_country(demo, "nz")
    card = added(await asked(demo, what=f"{SUICIDE}, {DANGER}, {FORCE}, {MINOR}"))
    assert "call **111**" in card
    assert "The number is for **New Zealand**" in card
    assert "Safe to talk" in await card.press("Under 18")
    assert "0800 044 334" in await added(await asked(demo, what=FORCE)).press("I was hurt")
    assert "1737" in await added(await asked(demo, what=SUICIDE)).press("I'm thinking about suicide")
    assert "For **New Zealand**" in await card.press("Support")


async def test_the_help_card_works_after_a_restart_when_pressed_twice_and_for_anybody(
    demo: DemoClient,
) -> None:
    await in_country(demo, "nz")
    card = added(await asked(demo, what=SUICIDE))
    lines, talk = card.custom_id("I'm thinking about suicide"), card.custom_id("Ask someone to talk")
    await demo.restart()
    for shown in await card.press_twice("I'm thinking about suicide"):
        assert "1737" in shown
    assert "1737" in await demo.forge(await demo.member("bo"), lines)
    assert "Can I call you today?" in await demo.forge(await demo.member("ana"), talk)


async def test_an_ask_with_a_guardrail_word_is_still_sent_and_read_as_typed(demo: DemoClient) -> None:
    """The ask is sent, and the answerer reads it exactly as it was typed."""
    _, bo = await friends(demo, "bo")
    preview = await asked(demo, what=FORCE)
    added(preview)
    chosen = await preview.choose("Bo")
    assert beside(chosen) is None
    sent = await chosen.press("Send")
    assert "Withdraw" in sent.buttons
    assert sent.followups == []
    text = await read_it(demo, bo)
    assert FORCE in text


async def test_the_help_card_is_added_each_time_a_form_with_a_guardrail_word_is_sent(
    demo: DemoClient,
) -> None:
    preview = await asked(demo, what=DANGER)
    again = await (await preview.press("Edit")).submit({"what": f"{DANGER}. So."})
    assert "Right now" in added(again).buttons
    calm = await (await again.press("Edit")).submit({"what": "a joke"})
    assert beside(calm) is None


async def test_a_form_that_comes_back_because_of_a_blank_also_adds_the_help_card(demo: DemoClient) -> None:
    blank = await asked(demo, what=SUICIDE, felt=" ")
    assert "Send" not in blank.buttons
    added(blank)


async def test_an_answer_with_a_guardrail_word_adds_the_help_card(demo: DemoClient) -> None:
    ana, bo = await friends(demo, "bo")
    await send(demo, ana, "Bo")
    text = await read_it(demo, bo)
    kept = await (await text.press("Answer")).submit({**ANSWER, IMPACT: FORCE, STEP: " "})
    added(kept)
    done = await (await kept.press("Edit")).submit(ANSWER | {IMPACT: FORCE})
    card = added(done)
    assert "I was hurt" in card.buttons


async def test_a_plan_with_a_guardrail_word_adds_the_help_card_and_one_without_does_not(
    demo: DemoClient,
) -> None:
    form = await (await steps(demo)).choose("Something else")
    planned = await form.submit({"What I'll do": f"Not again: {DANGER}"})
    added(planned)
    other = await (await planned.press("Edit")).submit({"What I'll do": "Leave early"})
    assert beside(other) is None


async def test_a_guardrail_word_in_what_is_different_now_adds_the_help_card(demo: DemoClient) -> None:
    form = await (await due(demo)).press("I did it")
    done = await form.submit(DIFFERENT | {"What is different now?": FORCE})
    assert "I was hurt" in added(done).buttons


async def test_a_pairs_form_with_a_guardrail_word_adds_the_help_card(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    form = await begun(demo, ana, bo)
    unclear = await form.submit({**sheet("Ana"), SIGNS: SUICIDE, ZONE: "Atlantis"})
    added(unclear)
    shown = await (await unclear.press("Edit")).submit({**sheet("Ana"), AIM: DANGER})
    assert "Take it back" in shown.buttons
    assert "Right now" in added(shown).buttons


async def test_a_check_in_note_with_a_guardrail_word_adds_the_help_card(demo: DemoClient) -> None:
    card, _ = await checked(demo)
    form = await (await card.press("It's been hard")).press("Add a note")
    noted = await form.submit({form.form.fields[0].custom_id: f"At night {SUICIDE}."})
    assert "I'm thinking about suicide" in added(noted).buttons


async def test_nothing_about_guardrail_words_is_stored_or_logged(
    demo: DemoClient, caplog: pytest.LogCaptureFixture
) -> None:
    """The rows are the same as for a text without a match, and no log line contains a word of it."""
    [ana] = await friends(demo)
    await counted(demo, "the first time, with its consent")
    with everything_logged(caplog) as lines:
        calm = await counted(demo, "a joke")
        heavy = await counted(demo, f"{SUICIDE}, {DANGER}, {MINOR}, {FORCE}")
    assert heavy == calm
    assert lines
    log = "\n".join(lines).lower()
    for word in (
        "suicide",
        "danger",
        "minor",
        "force",
        "alongside",
        "guardrail",
        SUICIDE.lower(),
        str(ana.id),
    ):
        assert word not in log


async def counted(demo: DemoClient, what: str) -> dict[str, int]:
    """Return how many rows each table gains when this text is typed and then discarded."""
    before = await rows(demo)
    preview = await asked(demo, what=what)
    after = await rows(demo)
    await preview.press("Discard")
    return {table: after[table] - before[table] for table in after}


async def rows(demo: DemoClient) -> dict[str, int]:
    db = demo.bot.db
    return {name: len(await db.read(partial(_all, table))) for name, table in metadata.tables.items()}


async def _all(table: Table, tx: Tx) -> Sequence[Any]:
    return await tx.all(table.select())
