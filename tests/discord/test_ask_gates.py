"""Matters that must not be put to friends in writing never are, whatever is chosen and whoever presses."""

from collections.abc import AsyncIterator
from itertools import chain, combinations

import pytest
from simcord import MemberActor
from simcord.enums import SELECT_TYPES

from bot.asks.models import AskKind
from bot.content.library import installed
from bot.demo.client import reading
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ui.custom_id import CustomId
from cogs.me.settings import strings as settings
from tests.discord.asking import (
    CONTINUE,
    FELT,
    NAMED,
    NONE,
    NOT_YOURS,
    OFF,
    PUSHED,
    SAID,
    SAW,
    answer,
    begin,
    draft_of,
    form,
    friends,
    listed,
    met,
    opened,
    preview,
    read_it,
    send,
    services,
)

FACTS = [
    "Sex or sexual touch (a kiss counts)",
    "They said no, pulled away, froze or went quiet, and it went on",
    "Somebody was very drunk or asleep",
    "Somebody was scared",
]
SEEN = ["Ask someone to talk", "What I'll do", "Back", "Support"]
TALK = [
    "Ask someone to talk",
    "Think it through",
    "What I'll do",
    "Should I check on them?",
    "Back",
    "Support",
]
LONG = "a message " * 150


async def message_of(demo: DemoClient, member: MemberActor, draft: str) -> str:
    """Return the message that the draft began with, or nothing if it was deleted."""
    person = await met(demo, member)
    return (await services(demo).asks.drafts.open(person, draft, demo.now)).message


# -- kinds ---------------------------------------------------------------------------------------------


async def test_something_sexual_leads_to_the_talk_screen(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    talk = await (await begin(demo, ana)).choose("Something sexual happened and I'm not sure they wanted it")
    assert not talk.is_form
    assert "You're not sure they wanted it. That is serious, even if nobody said no." in talk
    assert "Don't write to them, tonight or in the morning, not even to say sorry." in talk
    assert "I don't send this to your friends in writing." in talk
    assert talk.buttons == TALK
    assert "Which is true?" in await talk.press("Should I check on them?")
    assert "What did you do or say?" in await talk.press("Think it through")
    assert not (await talk.press("Ask someone to talk")).is_form
    assert "What is it about?" in await talk.press("Back")


async def test_somebody_who_is_said_to_have_hurt_someone_is_led_to_talking(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    card = await (await begin(demo, ana)).choose("Someone says I hurt them")
    assert not card.is_form
    assert card.buttons == [
        "Ask someone to talk",
        "Should I check on them?",
        "Think it through",
        "What I'll do",
        "Back",
        "Support",
    ]
    for words in (
        "Don't write to them, and don't ask others to",
        "If they write or speak to you, press `Should I check on them?` before you answer",
        "not argue",
    ):
        assert words in card
    assert card.text.index("Don't write") < card.text.index("Talk to one person")


async def test_choosing_somebody_may_be_unsafe_leads_to_the_helplines_for_right_now(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    card = await (await begin(demo, ana)).choose("Somebody may be unsafe now")
    assert not card.is_form
    first = card.text.splitlines()[1]
    assert first.startswith("If somebody is in danger now, call **your local emergency number**.")
    assert "I don't send this to your friends in writing, because an answer can take hours." in card
    assert card.buttons == ["Ask someone to talk", "Back", "Support"]
    [lines] = card.followups
    assert installed().support_texts.myself.title in lines
    assert "findahelpline.com" in lines
    assert lines.text.splitlines()[3] == "**In danger now**"
    assert "call **your local emergency number**." in lines.text.splitlines()[4]


async def test_choosing_somebody_under_18_leads_to_an_adult_and_does_not_offer_a_talk(
    demo: DemoClient,
) -> None:
    ana, _ = await friends(demo, "ben")
    card = await (await begin(demo, ana)).choose("Somebody under 18 is involved")
    assert not card.is_form
    assert "This needs an adult whose job it is" in card
    assert "findahelpline.com" in card
    assert "Ask someone to talk" not in card.buttons
    assert "Support" in card.buttons
    assert not card.followups


async def test_a_named_friend_must_have_agreed_before_the_form_opens(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    asked = await (await begin(demo, ana)).choose(NAMED)
    assert "Did the person who was hurt say you may talk about it with your friends?" in asked
    assert asked.buttons == ["Yes, they said so", "No, or I haven't asked", "Back", "Support"]
    card = await asked.press("No, or I haven't asked")
    assert not card.is_form
    assert "What happened is theirs to tell, so I don't send it to your friends" in card
    assert card.buttons == ["What to say and do", "Back", "Support"]
    assert "I run this group" in (await card.press("What to say and do")).buttons
    back = await card.press("Back")
    first = (await (await back.choose(NAMED)).press("Yes, they said so")).form.fields[0]
    assert first.label == "Where I'm stuck"
    assert first.description == "Leave out what happened. The person who was hurt decides who hears that."


# -- facts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [OFF, PUSHED, SAW])
async def test_none_of_these_alone_opens_the_form_at_once(demo: DemoClient, kind: str) -> None:
    ana, _ = await friends(demo, "ben")
    facts = await (await begin(demo, ana)).choose(kind)
    assert "Did any of this happen?" in facts
    assert facts.options == [*FACTS, NONE]
    assert (await facts.choose(NONE)).is_form


@pytest.mark.parametrize("kind", [OFF, PUSHED, SAW])
async def test_any_ticked_fact_in_any_combination_leads_to_talking(demo: DemoClient, kind: str) -> None:
    ana, _ = await friends(demo, "ben")
    await begin(demo, ana)
    everything = [*FACTS, NONE]
    mixes = chain.from_iterable(combinations(everything, count) for count in range(1, len(everything) + 1))
    for mix in mixes:
        if mix != (NONE,):
            facts = await (await begin(demo, ana)).choose(kind)
            card = await facts.choose(list(mix))
            assert not card.is_form, mix
            assert card.buttons == (SEEN if kind == SAW else TALK), mix
    assert "Nothing is waiting for you" in await listed(demo, ana)


@pytest.mark.parametrize(
    ("kind", "ticked", "words"),
    [
        (
            PUSHED,
            [0, 1, 3],
            "They said no, or showed it, and it went on. That is serious, whatever you meant",
        ),
        (PUSHED, [0, 2], "Somebody who is very drunk or asleep can't choose. That is serious"),
        (OFF, [0, 3], "Somebody was scared. That is serious"),
        (OFF, [0], "It was about sex or touch"),
        (SAW, [1], "What you saw is serious, whatever was meant by it."),
    ],
)
async def test_the_talk_screen_names_the_gravest_fact_after_the_emergency_number(
    demo: DemoClient, kind: str, ticked: list[int], words: str
) -> None:
    ana, _ = await friends(demo, "ben")
    facts = await (await begin(demo, ana)).choose(kind)
    card = await facts.choose([FACTS[one] for one in ticked])
    assert card.text.index("call **your local emergency number**.") < card.text.index(words)
    assert "I don't send this to your friends in writing." in card


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        ("asks.facts", []),
        ("asks.facts", ["none", "none"]),
        ("asks.facts", ["none", "made up"]),
        ("asks.kind", []),
        ("asks.kind", ["made up"]),
    ],
)
async def test_values_that_no_card_offers_open_no_form(
    demo: DemoClient, verb: str, values: list[str]
) -> None:
    ana, _ = await friends(demo, "ben")
    kinds = await begin(demo, ana)
    id = draft_of(kinds)
    word = ".pushed" if verb == "asks.facts" else ""
    assert not (await demo.forge(ana, f"v1:{verb}:{id}{word}", values)).is_form


@pytest.mark.parametrize("word", ["said", "named", "sexual", "made-up", ""])
async def test_the_checklist_opens_no_form_for_kinds_that_have_no_checklist(
    demo: DemoClient, word: str
) -> None:
    ana, _ = await friends(demo, "ben")
    kinds = await begin(demo, ana)
    id = draft_of(kinds)
    tail = f".{word}" if word else ""
    assert not (await demo.forge(ana, f"v1:asks.facts:{id}{tail}", ["none"])).is_form


@pytest.mark.parametrize("word", ["sexual", "hurt", "unsafe", "minor", "made-up", ""])
async def test_a_form_sent_for_a_kind_without_a_form_is_refused(demo: DemoClient, word: str) -> None:
    ana, _ = await friends(demo, "ben")
    kinds = await begin(demo, ana)
    id = draft_of(kinds)
    tail = f".{word}" if word else ""
    refused = await demo.forge_form(ana, f"v1:asks.write:{id}{tail}", {"what": "a", "felt": "b"})
    assert NOT_YOURS in refused
    assert "Nothing is waiting for you" in await listed(demo, ana)


# -- age -----------------------------------------------------------------------------------------------


async def test_somebody_who_says_they_are_under_18_is_led_to_support_and_cannot_ask(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    first = await demo.slash(ana, "ask")
    card = await (await first.press("I'm under 18")).press("I'm under 18")
    assert "What you can do here" in card
    [lines] = card.followups
    assert "findahelpline.com" in lines
    refused = await demo.slash(ana, "ask")
    assert CONTINUE not in refused.buttons
    assert "18" in refused
    assert not refused.options
    said = await demo.say(ana, "a joke")
    assert CONTINUE not in (await demo.menu(ana, "Ask my pod about this", said)).buttons


async def test_before_something_ends_for_somebody_under_18_they_are_asked_once_more(demo: DemoClient) -> None:
    """The words are those of `/settings`, because it does the same."""
    ana, _ = await friends(demo, "ben")
    sure = await (await demo.slash(ana, "ask")).press("I'm under 18")
    assert settings.AGE_TEXT in sure
    assert sure.buttons == ["I'm under 18", "Back", "Support"]
    assert not await services(demo).people.is_minor(await met(demo, ana))
    assert CONTINUE in (await sure.press("Back")).buttons


async def test_somebody_with_nothing_open_is_not_asked_once_more(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    assert "What you can do here" in await (await demo.slash(ana, "ask")).press("I'm under 18")
    assert await services(demo).people.is_minor(await met(demo, ana))


async def test_a_form_sent_after_saying_under_18_is_refused_and_leaves_no_draft(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    first = await demo.slash(ana, "ask")
    second = await demo.slash(ana, "ask")
    kinds = await first.press(CONTINUE)
    typing = await kinds.choose(SAID)
    await (await second.press("I'm under 18")).press("I'm under 18")
    refused = await typing.submit({"What I said": "a joke", FELT: "nothing"})
    assert "18" in refused
    assert "a joke" in refused
    assert "A draft" not in await listed(demo, ana)


# -- the message menu ----------------------------------------------------------------------------------


async def test_the_menu_puts_ones_own_message_into_the_form(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    said = await demo.say(ana, "you always talk like that")
    card = await demo.menu(ana, "Ask my pod about this", said)
    assert CONTINUE in card.buttons
    shown = await (await card.press(CONTINUE)).choose(SAID)
    assert shown.form.fields[0].value == "you always talk like that"
    await demo.restart()
    assert "you always talk like that" in await shown.submit({FELT: "They left"})
    assert "A draft you haven't sent" in await listed(demo, ana)


async def test_the_menu_refuses_somebody_elses_message(demo: DemoClient) -> None:
    ana, ben = await friends(demo, "ben")
    said = await demo.say(ben, "you always talk like that")
    refused = await demo.menu(ana, "Ask my pod about this", said)
    assert "Somebody else wrote this message" in refused
    assert "`/ask`" in refused
    assert refused.buttons == ["Support", "Close"]


async def test_a_message_without_text_is_plainly_refused(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    said = await ana.send(demo.general, attachments=[("a.png", b"x")])
    assert "There is no text in it" in await demo.menu(ana, "Ask my pod about this", said)


async def test_no_button_leads_past_the_form(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    id = draft_of(await begin(demo, ana))
    for custom_id in (f"v1:asks.edit:{id}", f"v1:asks.wait:{id}.forever", f"v1:asks.rewrite:{id}.made-up"):
        assert NOT_YOURS in await demo.forge(ana, custom_id)
    assert "A few words are missing" in await demo.forge(ana, f"v1:asks.send:{id}")


async def test_reading_the_answers_before_any_has_come_says_so(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    await send(demo, ana, "Ben")
    [ask] = await services(demo).asks.kept(await met(demo, ana))
    card = await demo.forge(ana, f"v1:asks.read:{ask.id}.0")
    assert "Nobody has answered yet." in card
    assert card.buttons == ["What I'll do", "Should I check on them?", "Your ask", "Support"]


async def test_a_long_message_is_shown_whole_and_not_prefilled(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    said = await demo.say(ana, LONG)
    card = await (await demo.menu(ana, "Ask my pod about this", said)).press(CONTINUE)
    [whole] = card.followups
    assert LONG.strip() in whole
    assert (await card.choose(SAID)).form.fields[0].value == ""
    again = await demo.menu(ana, "Ask my pod about this", said)
    assert LONG.strip() in again.followups[0]


async def test_a_message_of_1200_characters_still_fits_the_form(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    await begin(demo, ana)
    said = await demo.say(ana, "x" * 1200)
    card = await demo.menu(ana, "Ask my pod about this", said)
    assert card.followups == []
    assert (await card.choose(SAID)).form.fields[0].value == "x" * 1200


async def test_the_message_that_a_draft_began_with_is_deleted_after_an_hour(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    said = await demo.say(ana, "you always talk like that")
    kinds = await (await demo.menu(ana, "Ask my pod about this", said)).press(CONTINUE)
    draft = draft_of(kinds)
    assert await message_of(demo, ana, draft) == "you always talk like that"
    await demo.skip(hours=1, minutes=1)
    assert await message_of(demo, ana, draft) == ""
    assert (await kinds.choose(SAID)).form.fields[0].value == ""


@pytest.mark.parametrize(
    "kind",
    [
        "Something sexual happened and I'm not sure they wanted it",
        "Someone says I hurt them",
        "Somebody may be unsafe now",
        "Somebody under 18 is involved",
    ],
)
async def test_the_message_is_deleted_at_once_when_the_kind_leads_elsewhere(
    demo: DemoClient, kind: str
) -> None:
    ana, _ = await friends(demo, "ben")
    said = await demo.say(ana, "you always talk like that")
    kinds = await (await demo.menu(ana, "Ask my pod about this", said)).press(CONTINUE)
    draft = draft_of(kinds)
    await kinds.choose(kind)
    assert await message_of(demo, ana, draft) == ""


async def test_the_message_is_deleted_when_a_fact_is_ticked_or_the_named_friend_was_not_asked(
    demo: DemoClient,
) -> None:
    ana, _ = await friends(demo, "ben")
    draft = draft_of(await begin(demo, ana))
    said = await demo.say(ana, "you always talk like that")
    kinds = await demo.menu(ana, "Ask my pod about this", said)
    await (await kinds.choose(SAW)).choose(FACTS[3])
    assert await message_of(demo, ana, draft) == ""
    kinds = await demo.menu(ana, "Ask my pod about this", said)
    await (await kinds.choose(NAMED)).press("No, or I haven't asked")
    assert await message_of(demo, ana, draft) == ""


async def test_a_message_is_not_taken_into_the_form_about_a_friend_who_was_named(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    await begin(demo, ana)
    said = await demo.say(ana, "she told me what he did")
    kinds = await demo.menu(ana, "Ask my pod about this", said)
    shown = await (await kinds.choose(NAMED)).press("Yes, they said so")
    assert [field.value for field in shown.form.fields] == ["", "", ""]


# -- whose ---------------------------------------------------------------------------------------------


async def every_card(demo: DemoClient, ana: MemberActor, ben: MemberActor) -> AsyncIterator[Screen]:
    """Yield every card and form of an ask, as the asker and the answerer see them."""
    first = await demo.slash(ana, "ask")
    yield first
    kinds = await first.press(CONTINUE)
    yield kinds
    yield await kinds.choose(PUSHED)
    kinds = await (await begin(demo, ana)).choose(NAMED)
    yield kinds
    yield await form(demo, ana)
    yield await (await form(demo, ana)).submit({"What I said": " ", FELT: "b"})
    yield await demo.slash(ana, "ask")
    yield await (await (await demo.slash(ana, "ask")).press("Go on with it")).press("Edit")
    draft = await preview(demo, ana, "Ben")
    yield draft
    sent = await draft.press("Send")
    await demo.settle()
    yield sent
    yield await sent.press("Withdraw")
    async for card in answerers_cards(demo, ben):
        yield card
    status = await opened(demo, ana)
    yield status
    yield await status.press("Read")


async def answerers_cards(demo: DemoClient, ben: MemberActor) -> AsyncIterator[Screen]:
    yield await opened(demo, ben)
    yield await (await opened(demo, ben)).press("Not now")
    yield await read_it(demo, ben)
    yield await (await read_it(demo, ben)).press("This is beyond me")
    yield await (await (await read_it(demo, ben)).press("This is beyond me")).press(
        "Somebody may be in danger"
    )
    typing = await (await read_it(demo, ben)).press("Answer")
    yield typing
    yield await typing.submit({"One next step": " ", "What it may have been like for them": "a"})
    await answer(demo, ben)


async def test_nobody_else_can_use_any_button_or_form_of_an_ask(demo: DemoClient) -> None:
    ana, ben, cleo = await friends(demo, "ben", "cleo")
    tried: set[str] = set()
    async for card in every_card(demo, ana, ben):
        for custom_id in card.custom_ids:
            route = CustomId.read(custom_id)
            assert route is not None
            if route.verb.startswith("asks."):
                tried.add(route.verb)
                other = await meddle(demo, cleo, card, custom_id)
                assert NOT_YOURS in other, custom_id
                assert not other.is_form
                none = f"v1:{route.verb}:no-such-thing" + (f".{route.word}" if route.word else "")
                assert (await meddle(demo, cleo, card, none)).text == other.text, custom_id
    assert tried == {
        "asks.agree", "asks.minor", "asks.back", "asks.kind", "asks.facts", "asks.may_tell", "asks.write",
        "asks.rewrite", "asks.edit", "asks.draft", "asks.discard", "asks.pick", "asks.wait", "asks.send",
        "asks.withdraw", "asks.show", "asks.read_it", "asks.not_now", "asks.cant", "asks.answer",
        "asks.close_to_me", "asks.beyond", "asks.tell_beyond", "asks.answered", "asks.read", "asks.others",
        "asks.danger", "asks.tell_danger",
    }  # fmt: skip


async def meddle(demo: DemoClient, member: MemberActor, card: Screen, custom_id: str) -> Screen:
    """Let somebody else make the same press or choice, or send the same form."""
    if card.is_form:
        return await demo.forge_form(member, custom_id, {field.custom_id: "x" for field in card.form.fields})
    selects = [item["custom_id"] for item in reading.of_kind(card.message, *SELECT_TYPES)]
    return await demo.forge(member, custom_id, ["x"] if custom_id in selects else None)


@pytest.mark.parametrize(
    "verb",
    ["longer", "same", "preview", "check"],
)
async def test_nobody_else_can_use_the_buttons_that_are_seldom_shown(demo: DemoClient, verb: str) -> None:
    ana, _, cleo = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben")
    [ask] = await services(demo).asks.kept(await met(demo, ana))
    other = await demo.forge(cleo, f"v1:asks.{verb}:{ask.id}")
    assert NOT_YOURS in other
    assert (await demo.forge(cleo, f"v1:asks.{verb}:none")).text == other.text


async def test_the_asker_cannot_use_the_answerers_buttons_nor_the_answerer_the_askers(
    demo: DemoClient,
) -> None:
    ana, ben = await friends(demo, "ben")
    await send(demo, ana, "Ben")
    text = await read_it(demo, ben)
    for custom_id in text.custom_ids:
        if custom_id.startswith("v1:asks."):
            assert NOT_YOURS in await demo.forge(ana, custom_id)
    [ask] = await services(demo).asks.kept(await met(demo, ana))
    for verb in ("read", "show", "withdraw", "longer", "same"):
        assert NOT_YOURS in await demo.forge(ben, f"v1:asks.{verb}:{ask.id}")


async def test_exactly_five_kinds_of_ask_exist(demo: DemoClient) -> None:
    assert set(AskKind) == {"off", "said", "pushed", "saw", "named"}
