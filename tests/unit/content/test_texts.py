"""Every text in `data/` is short and plain, promises nothing that cannot be kept, and is exact."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import syllapy

from bot.content.helplines import Helpline
from bot.content.library import Library, installed
from bot.content.models import CardText, FormName, FormText, Part

LIBRARY = installed()
BANNED = re.compile(
    r"\b(confess\w*|verdicts?|scores?|streaks?|offenders?|victims?|perpetrators?|survivors?|abusers?"
    r"|anonymous\w*|confidential|safe|safely|guarantee\w*|proud|brave|well done|congratulations)\b",
    re.IGNORECASE,
)
ALLOWED = (
    "It isn't confidential in law",
    "Safe to talk",
    "it doesn't mean that you're safe",
)
COMMANDS_NOT_BUILT = re.compile(r"/night\b")


def _names(thing: Any) -> tuple[str, ...]:
    """Return the names of its fields, if it is the library or a part of a file."""
    return thing.__struct_fields__ if isinstance(thing, Part | Library) else ()


def _strings(thing: Any, where: str) -> Iterator[tuple[str, str]]:
    """Yield every string with its place, but not the sources, which nobody is shown."""
    if isinstance(thing, str):
        yield where, thing
    elif names := _names(thing):
        hidden = {"sources", "key", "code", "seen_in", "emergency_seen_in", "confidence", "zone", "topics"}
        for name in names:
            if name not in hidden:
                yield from _strings(getattr(thing, name), f"{where}.{name}")
    elif isinstance(thing, tuple):
        for number, item in enumerate(thing):
            yield from _strings(item, f"{where}[{number}]")
    elif hasattr(thing, "items"):
        for name, item in thing.items():
            yield from _strings(item, f"{where}.{name}")


def _cards(thing: Any, where: str) -> Iterator[tuple[str, CardText]]:
    if isinstance(thing, CardText):
        yield where, thing
    elif names := _names(thing):
        for name in names:
            yield from _cards(getattr(thing, name), f"{where}.{name}")
    elif isinstance(thing, tuple):
        for number, item in enumerate(thing):
            yield from _cards(item, f"{where}[{number}]")


SHOWN = dict(_strings(LIBRARY, "library"))
CARDS = dict(_cards(LIBRARY, "library"))
PROSE = {where: text for where, text in SHOWN.items() if len(text.split()) >= 12}


def _without_allowed(text: str) -> str:
    for phrase in ALLOWED:
        text = text.replace(phrase, "")
    return text


def test_no_text_contains_a_word_that_judges_or_promises() -> None:
    assert {where for where, text in SHOWN.items() if BANNED.search(_without_allowed(text))} == set()


def test_no_text_contains_an_exclamation_mark() -> None:
    assert {where for where, text in SHOWN.items() if "!" in text} == set()


def test_no_text_names_a_command_that_is_not_built_yet() -> None:
    assert {where for where, text in SHOWN.items() if COMMANDS_NOT_BUILT.search(text)} == set()


def test_no_text_outside_the_stories_uses_he_or_she() -> None:
    """Stories are an exception, because they are about named people of all genders."""
    gendered = re.compile(r"\b(he|she|his|her|him|hers)\b", re.IGNORECASE)
    told = {where for where, text in SHOWN.items() if gendered.search(text)}
    assert {where for where in told if not where.startswith("library.vignettes[")} == set()


def grade(text: str) -> float:
    """Return the Flesch-Kincaid reading grade of a text. Each item of a list and each quote is a sentence.

    syllapy counts the syllables, because it contains its list of words. textstat is better known, but it
    downloads a list when it is first used.
    """
    plain = re.sub(r"[*`>_]", "", text)
    sentences = [part for part in re.split(r"[.?:]\s|[.?:]$|\n", plain) if re.search(r"[a-z]", part)]
    words = re.findall(r"[^\W\d_][^\W\d_'’]*", " ".join(sentences))
    syllables: int = sum(max(1, syllapy.count(word)) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def test_the_reading_grade_of_plain_text_is_low_and_of_ornate_text_high() -> None:
    assert grade("You can stop. You can call. They will pick up, and you can talk.") < 3
    ornate = "Accountability necessitates considerable introspection regarding interpersonal consequences."
    assert grade(ornate) > 15


def test_every_text_of_twelve_words_or_more_is_easy_to_read() -> None:
    assert {where: grade(text) for where, text in PROSE.items() if grade(text) > 8} == {}


def test_no_card_has_a_sentence_of_more_than_thirty_words() -> None:
    for where, card in CARDS.items():
        for sentence in re.split(r"(?<=[.?:])\s|\n|(?<=[.?:][\"*])\s", card.body):
            assert len(sentence.split()) <= 30, (where, sentence)


def test_only_the_expected_cards_contain_a_placeholder() -> None:
    assert {where: card.needs for where, card in CARDS.items() if card.needs} == {
        "library.before.card": {"days"},
        "library.talk.noticed": {"emergency"},
        "library.talk.saw": {"emergency"},
        "library.talk.friend": {"emergency"},
        "library.talk.unsafe": {"emergency"},
        "library.talk.under_18": {"emergency"},
        "library.talk.offered": {"name"},
        "library.talk.offered_others": {"name"},
        "library.talk.offered_hard": {"name"},
        "library.listening.card": {"emergency"},
        "library.listening.others": {"emergency"},
        "library.listening.hard": {"emergency"},
        "library.pair.talk": {"name"},
        "library.terms.first": {"operator"},
        "library.terms.before": {"name"},
        "library.carrier.asked": {"name"},
        "library.carrier.how": {"name"},
        "library.carrier.there": {"name", "emergency"},
        "library.receiving.card": {"emergency"},
        "library.contact.choices[0].card": {"emergency"},
        "library.contact.choices[2].card": {"emergency"},
        "library.told.topics[0].tabs[0].card": {"emergency"},
        "library.told.topics[1].tabs[0].card": {"emergency"},
        "library.told.topics[1].tabs[1].card": {"emergency"},
        "library.told.topics[2].tabs[0].card": {"emergency"},
        "library.told.topics[3].tabs[0].card": {"emergency"},
        "library.support_texts.pages[0].card": {"emergency"},
        "library.support_texts.pages[3].card": {"emergency"},
    }


@pytest.mark.parametrize("code", [country.code for country in LIBRARY.countries()])
def test_every_card_with_an_emergency_number_fits_with_the_number_of_each_country(code: str) -> None:
    """Where two numbers are needed, or none is known, it is a phrase. `filled` refuses what is too long."""
    for card in CARDS.values():
        if card.needs == {"emergency"}:
            assert LIBRARY.emergency(code) in card.filled(emergency=f"**{LIBRARY.emergency(code)}**").body


RIGHT_NOW = "`Right now`"


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (LIBRARY.under18.card, RIGHT_NOW),
        (LIBRARY.contact.card, RIGHT_NOW),
        (LIBRARY.told.card, RIGHT_NOW),
        (LIBRARY.think.pages[0], RIGHT_NOW),
        (LIBRARY.think.pages[3], RIGHT_NOW),
    ],
)
def test_suicide_and_danger_come_first_on_the_cards_that_lead_on(card: CardText, words: str) -> None:
    first = card.body.split("\n\n")[0]
    assert "suicide" in first
    assert words in first


def test_told_names_danger_choking_and_suicide_before_anything_else_to_do() -> None:
    for topic in ("hurt", "did"):
        parts = LIBRARY.told.topic(topic).tab("now").card.body.split("\n\n")
        first = " ".join(parts[1:3])
        assert parts[1].count("call {emergency}") == 1
        assert "they need a doctor now, even if there are no marks" in parts[1]
        assert "thinking about suicide, ask them just that" in first


def test_no_card_promises_that_somebody_keeps_quiet_or_does_not_guess() -> None:
    """What somebody tells a friend can travel, and the person who did it may guess where it came from."""
    telling, want = (
        " ".join(LIBRARY.support_texts.page(key).card.body.split()) for key in ("telling", "want")
    )
    assert telling.index("To ask them to keep it to themselves") < telling.index(
        "They may still tell someone."
    )
    assert "they'll probably guess that it's you, even without your name" in want
    assert "If you're afraid of what they'd do, talk to a helpline first." in want
    warning = "they could be the person who hurt you, or close to them, and I can't tell you that."
    assert want.index(warning) < want.index("There's someone I don't want to meet")
    assert "ask a helpline or a friend instead" in want
    meantime = " ".join(LIBRARY.told.topic("friend").tab("week").card.body.split())
    assert "People may still guess" in meantime
    assert "press `I can't`" in meantime


def test_nobody_is_told_to_keep_a_picture_of_somebody_under_18() -> None:
    support, group = LIBRARY.support_texts, LIBRARY.told.topic("group").tab("now").card.body
    assert "but not of somebody under 18 undressed" in " ".join(support.page("body").card.body.split())
    assert "under 18 undressed, don't save it or send it on" in " ".join(
        support.page("others").card.body.split()
    )
    assert "undressed: never save or send it on. Report it to Discord, then delete it." in group
    assert "pictures" not in support.page("others").today


def test_somebody_who_fears_what_they_might_do_tonight_reads_that_first() -> None:
    worried = LIBRARY.support_texts.worried
    assert "If you could hurt somebody tonight, leave now" in worried.intro.strip().split("\n\n")[0]
    assert "sleep somewhere else for now if you can" in worried.today
    assert "leave out who it was" in worried.today


def test_there_is_an_answer_for_the_commonest_messages() -> None:
    said = LIBRARY.contact.choice("wrote").card.body
    for case in ("**If they want to talk,**", "**If it's an ordinary message,**", "**If they tell you how"):
        assert case in said
    assert "a clinic can tell them" not in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            LIBRARY.talk.noticed.body,
            "If you or the person you may have hurt could be in danger now, call {emergency}.",
        ),
        (LIBRARY.talk.noticed.body, "Don't write to them, tonight or in the morning, not even to say sorry."),
        (
            LIBRARY.talk.did.no,
            "They said no, or showed it, and it went on. That is serious, whatever you meant by it.",
        ),
        (LIBRARY.talk.accused.body, "Don't write to them, and don't ask others to."),
        (LIBRARY.talk.accused.body, "Don't gather friends, messages or proof that you're a good person."),
        (LIBRARY.talk.accused.body, "You can be shocked and still not argue."),
        (LIBRARY.talk.accused.body, "Stay away from where they are."),
        (LIBRARY.talk.accused.body, "Talk to one person who will not just agree"),
        (LIBRARY.talk.under_18.body, "This needs an adult whose job it is"),
        (
            LIBRARY.talk.offered.body,
            "{name} wants to tell someone, out loud, about something that may have hurt somebody. "
            "It may be about sex or safety. You're free to say no.",
        ),
        (
            LIBRARY.talk.nobody.body,
            "You could send them this: > Can I call you today? There's something I'd like to say out loud. "
            "You can say no.",
        ),
        (
            LIBRARY.pair.before.body,
            "Pairs aren't for couples or relatives, or for two people when one has hurt the other. "
            "If you can't freely say no to this person, press `No thanks`. I don't tell them that you did.",
        ),
        (LIBRARY.pair.hurt.title, "Was somebody hurt or scared?"),
        (LIBRARY.talk.did_you.title, "Did you get to talk?"),
        (LIBRARY.contact.card.body, "**Which is true?**"),
        (LIBRARY.support_texts.closing, "you can first ask what it passes on to others."),
        (LIBRARY.support_texts.none, "I don't know of a helpline for this in {country}."),
    ],
)
def test_sentences_whose_wording_is_specified_appear_word_for_word(text: str, sentence: str) -> None:
    assert sentence in " ".join(text.split())


def test_the_questions_and_choices_are_the_specified_ones() -> None:
    assert [page.title for page in LIBRARY.think.pages] == [
        "What did you do or say?",
        "What did they say or do?",
        "How would they tell it?",
        "What are you hoping to hear?",
    ]
    assert {turn.key: turn.label for turn in LIBRARY.contact.choices} == {
        "danger": "They may be in danger now",
        "wrote": "They wrote or spoke to me",
        "health": "It's about their health",
        "none": "None of these",
    }
    assert [choice.label for choice in LIBRARY.steps.choices] == [
        "Leave them alone",
        "Stay away from where they go",
        "Drink less or nothing at …",
        "Call a helpline",
        "Something else",
    ]
    support = LIBRARY.support_texts
    assert [support.hurt.title, support.told.title, support.worried.title, support.now.title] == [
        "I was hurt",
        "Someone told me",
        "I'm worried about what I did",
        "Right now",
    ]
    assert support.myself.title == "I'm thinking about suicide"
    assert [(page.key, page.label) for page in support.pages] == [
        ("body", "Your body"),
        ("telling", "Telling someone"),
        ("want", "What you might want now"),
        ("others", "Police, university, Discord"),
        ("ask", "If somebody asks about you"),
    ]


def test_the_contact_cards_contain_the_specified_advice() -> None:
    said = {turn.key: turn.card.body for turn in LIBRARY.contact.choices}
    assert "12 hours" in said["none"]
    assert all(span in said["health"] for span in ("within 72", "72 or 120 hours", "up to 5 days"))
    assert "sexual-health clinic today" in said["health"]
    wrote = ("one true answer", "deny", "explain", "Don't ask", "ordered")
    assert all(word in said["wrote"] for word in wrote)
    assert all(word in said["none"] for word in ("space", "blocked", "ordered", "forgiven"))
    assert "or it scared them:** don't write" in said["none"]


def test_a_direct_question_may_be_answered_truthfully_and_explaining_oneself_is_not_allowed() -> None:
    said = " ".join(LIBRARY.contact.choice("wrote").card.body.split())
    assert "one true answer to what they asked" in said
    assert "don't explain why you did it, how you meant it, or how you feel." in said
    assert "all of it" not in said


def test_one_rule_about_a_short_message_stands_everywhere() -> None:
    """It is in `/contact`, word for word twice. What else speaks of a message sends people there."""
    rule = (
        "it was only words, like a joke or a sharp remark, it scared nobody, and you two are in touch anyway"
    )
    assert rule in LIBRARY.contact.choice("none").card.body
    assert rule in LIBRARY.contact.later.body
    assert (
        "`Should I check on them?` shows when a message is all right" in LIBRARY.support_texts.worried.intro
    )
    assert "look at `/contact` together first" in LIBRARY.told.topic("did").tab("week").card.body


URGENT = [
    ("choked", "even if there are no marks"),
    ("HIV", "within 24 hours, and it has to start within 72"),
    ("get pregnant", "72 hours, another for up to 120. A copper coil works best, for up to 5 days"),
    ("your drink", "72 to 96 hours, and in blood for 24 to 72. A negative test doesn't prove"),
    ("Evidence", "3 to 7 days, depending on the place, and even if you have washed"),
    ("Evidence", "without going to the police"),
    ("Clothes", "in a paper bag, not a plastic one"),
    ("cameras", "go first"),
]


@pytest.mark.parametrize(("matter", "fact"), URGENT)
def test_your_body_says_what_is_urgent_and_until_when(matter: str, fact: str) -> None:
    body = " ".join(LIBRARY.support_texts.page("body").card.body.split())
    assert body.startswith("Sooner is better, and late is still worth it.")
    assert -1 < body.find(matter) < body.find(fact)


def test_nobody_is_told_that_they_will_never_be_contacted() -> None:
    """Somebody can be picked from a pod, so the card says what they'd see, and how to leave the pod."""
    said = LIBRARY.support_texts.page("ask").card.body
    assert "**If you're in their pod, they could pick you.** You then get a message with their name" in said
    assert "You don't have to read it: press `I can't`" in said
    assert "`This is about me or someone close`" in said
    assert "`/pod` lets you leave." in said
    assert "they can ask one friend for a talk out loud" in said
    assert "That doesn't stop them from asking other friends about you." in said
    assert "Whoever runs this bot could." in said
    assert not [where for where, text in SHOWN.items() if re.search(r"never (be )?contact", text)]


def test_friends_are_told_how_to_ask_about_suicide_and_no_secrecy_is_promised() -> None:
    for text in (LIBRARY.listening.card.body, LIBRARY.support_texts.friend.intro):
        assert '"Are you thinking about suicide?" Asking doesn\'t make it likelier.' in text
        assert "Don't promise to keep it secret." in text
    assert not [where for where, text in SHOWN.items() if re.search(r"talks? of dying|think of dying", text)]


def test_what_comforts_people_who_were_hurt_stands_nowhere_before_people_who_did_it() -> None:
    """Not one sentence of the page for one of them is on the page for the other."""
    hurt, worried = LIBRARY.support_texts.hurt, LIBRARY.support_texts.worried
    sentences = [re.split(r"(?<=[.?])\s+", f"{one.intro} {one.today}") for one in (hurt, worried)]
    assert not {*sentences[0]} & {*sentences[1]}
    assert "wasn't your fault" in hurt.intro
    both = [LIBRARY.contact, LIBRARY.think, LIBRARY.told.topic("did"), worried]
    assert not [text for one in both for _, text in _strings(one, "") if "your fault" in text]


def test_somebody_who_only_heard_of_it_is_told_not_to_go_to_the_person_it_happened_to() -> None:
    """People who heard it from others also press "No, or I haven't asked", so they read this card too."""
    body = LIBRARY.talk.named.body
    stop = "**If you heard it from somebody else,** don't go to the person it happened to."
    assert -1 < body.find(stop) < body.index("**If they told you themselves,** ask them") < body.index("> ")


def test_the_card_for_answerers_says_when_to_press_beyond_me_instead_of_answering() -> None:
    stop = (
        "- If somebody may be in danger, or it went on after a no, don't answer it here: press "
        "`This is beyond me`."
    )
    assert stop in LIBRARY.answering.card.body.splitlines()
    stop = "- If somebody may be in danger, don't answer it here: press `This is beyond me`."
    assert stop in LIBRARY.answering.others.body.splitlines()


def test_only_where_somebody_else_did_it_may_a_next_step_involve_the_person_who_was_hurt() -> None:
    own, others = LIBRARY.form(FormName.ANSWER), LIBRARY.form(FormName.ANSWER_OTHERS)
    assert _sizes(own) == _sizes(others)
    assert [field.label for field in own.fields[1:]] == [field.label for field in others.fields[1:]]
    # In an ask about a friend, what happened is left out, so nobody could say what it was like.
    assert own.field("impact").label == "What it may have been like for them"
    assert others.field("impact").label == "What the person who was hurt may need"
    assert own.field("step").description.endswith("asks nothing of the other person.")
    assert "asking the person who was hurt what they want" in others.field("step").description
    assert "don't go to them" in LIBRARY.answering.card.body
    assert "Asking them what they want can be the best step." in LIBRARY.answering.others.body


def test_every_screen_that_leads_to_a_talk_says_why_friends_do_not_read_it() -> None:
    talk = LIBRARY.talk
    for text in (talk.unsent, talk.unsafe.body, talk.accused.body, talk.under_18.body, talk.named.body):
        assert re.search(r"I don't send (this|it) to your friends", text), text


def test_no_card_says_that_nothing_is_sent_where_it_was_sent_or_there_was_nothing_to_send() -> None:
    """They are also shown after a pause, and after a check-in of a pair."""
    talk = LIBRARY.talk
    for card in (talk.noticed, talk.saw, talk.friend):
        assert "send" not in card.body, card.title


def test_the_number_to_call_comes_first_where_somebody_may_be_in_danger() -> None:
    talk = LIBRARY.talk
    for card in (talk.noticed, talk.saw, talk.friend, talk.unsafe, talk.under_18):
        assert "call {emergency}." in card.body.split("\n\n")[0], card.title


def test_suicide_is_called_suicide_and_comes_before_the_advice_to_somebody_who_is_accused() -> None:
    said = LIBRARY.talk.accused.body
    afraid = said.index("If you're afraid of the person who says it")
    assert said.index("If you're thinking about suicide") < afraid < said.index("Don't write to them")
    for card in (LIBRARY.talk.noticed, LIBRARY.talk.unsafe):
        assert "thinking about suicide" in card.body


def test_the_gravest_fact_that_was_ticked_is_named() -> None:
    did = LIBRARY.talk.did
    assert did.gravest(["sex", "no", "scared"]) == did.no
    assert did.gravest(["sex", "scared", "drunk"]) == did.drunk
    assert did.gravest(["sex", "none"]) == did.sex
    assert did.gravest(["none", "made up"]) == did.gravest([]) == ""


def test_the_card_before_the_first_ask_says_who_reads_it_and_what_nobody_can_promise() -> None:
    said = LIBRARY.before.card.body
    for words in (
        "The people you pick, by name.",
        "A moderator can read it only if you pick one, or if a friend reports it to them.",
        "Whoever runs this bot could",
        "your friends may still guess who it is",
        "It isn't confidential in law",
        "I delete it {days} after it closes.",
    ):
        assert words in said


def test_the_card_says_who_must_not_write_before_it_shows_a_message_to_copy() -> None:
    parts = LIBRARY.contact.choice("wrote").card.body.split("\n\n")
    assert "want to die" in parts[0]
    assert parts[1].startswith("**If a court or the police ordered you to keep away:** send nothing")
    assert "answer today, and tell the truth" in parts[2]
    assert parts[3] == "**If they blocked you or told you to stop:** send nothing else."
    assert "get legal advice before you write anything else. Delete nothing." in parts[4]
    assert "you don't have to answer right away" in parts[5]
    assert [part for part in parts if part.startswith("> ")] == [parts[6], parts[10]]


def test_the_only_number_in_the_guidance_files_is_the_version_that_people_agree_to() -> None:
    """Hours and days are part of the sentences. Nothing would read any other number."""
    numbers = {
        f"{file.stem}.{key}"
        for file in Path(str(files("data") / "guidance")).glob("*.toml")
        for key, value in tomllib.loads(file.read_text("utf-8")).items()
        if isinstance(value, int) and not isinstance(value, bool)
    }
    assert numbers == {"before.version"}


def test_somebody_who_saw_it_is_not_told_to_keep_away_from_the_person_it_was_done_to() -> None:
    said = LIBRARY.talk.saw.body
    assert (
        "If you can reach them, or a friend who is with them, ask whether they're all right and what they "
        "need."
    ) in said
    assert "Don't write to them" not in said
    assert "press `Support`, then `I was hurt`" in said


def _sizes(form: FormText) -> dict[str, tuple[int, bool]]:
    return {field.key: (field.most, field.required) for field in form.fields}


@pytest.mark.parametrize("name", ["off", "said", "pushed", "saw", "named"])
def test_each_form_for_an_ask_has_the_same_three_fields(name: str) -> None:
    form = LIBRARY.form(name)
    assert _sizes(form) == {"what": (1200, True), "felt": (800, True), "asking": (500, False)}
    assert form.field("asking").label == "What I'd like to know"
    assert form.field("felt").label.startswith(("What they ", "What the person "))


def test_the_other_forms_have_their_own_fields() -> None:
    assert _sizes(LIBRARY.form("answer")) == {
        "impact": (900, True),
        "step": (600, True),
        "missing": (500, False),
        "offer": (300, False),
    }
    assert _sizes(LIBRARY.form("plan")) == {"action": (300, True), "day": (20, True)}
    assert _sizes(LIBRARY.form("pair")) == {
        "aim": (300, True),
        "signs": (300, True),
        "words": (200, True),
        "zone": (60, True),
    }
    assert _sizes(LIBRARY.form("note")) == {"note": (600, True)}
    assert [field.label for field in LIBRARY.form("different").fields] == [
        "What is different now?",
        "What will you stay away from?",
    ]


@pytest.mark.parametrize("name", FormName)
def test_each_form_names_support_and_says_to_leave_out_health_and_debts(name: FormName) -> None:
    above = LIBRARY.form(name).above
    assert all(word in above for word in ("`/support`", "health", "debts"))


@pytest.mark.parametrize("name", FormName)
def test_the_text_above_a_form_names_commands_and_no_button(name: FormName) -> None:
    """A form opens from several cards, and no button is on all of them."""
    assert all(named.startswith("/") for named in re.findall(r"`([^`]*)`", LIBRARY.form(name).above))


def test_the_sentence_with_the_emergency_number_reads_well_with_digits_and_with_words() -> None:
    talk = LIBRARY.talk
    for card in (talk.noticed, talk.saw, talk.unsafe, talk.under_18, LIBRARY.listening.card, talk.friend):
        for code in ("nz", "za", None):
            number = LIBRARY.emergency(code)
            assert f"call {number}." in card.filled(emergency=number).body


def test_the_form_about_a_named_friend_says_not_to_tell_what_happened() -> None:
    what = LIBRARY.form(FormName.NAMED).field("what")
    assert what.label == "Where I'm stuck"
    assert what.description == "Leave out what happened. The person who was hurt decides who hears that."


def test_no_form_for_an_ask_asks_for_facts_that_should_not_be_written_to_friends() -> None:
    """People have already answered the checklist of facts, so no form may ask for these facts in writing."""
    form = LIBRARY.form(FormName.PUSHED)
    assert form.field("what").description == (
        "What you wanted, what you said or did to get it, how it ended. No names."
    )
    leads_back = "If one of the things I just asked about did happen, close this form and tick it instead."
    assert leads_back in form.above
    assert leads_back in LIBRARY.form(FormName.OFF).above
    # The softest label has no checklist, so its form says where such a thing belongs.
    said = LIBRARY.form(FormName.SAID).above
    assert "sexual and went on after a no, or they were scared, close this and pick “I pushed, or" in said
    drawn_out = re.compile(
        r"\b(how often|held back|pulled away|froze|said no|drunk|asleep|scared|sex\w*)\b", re.I
    )
    for name in ("off", "said", "pushed", "saw", "named"):
        for field in LIBRARY.form(name).fields:
            assert not drawn_out.search(f"{field.label} {field.description}"), (name, field.key)


def test_each_choice_of_a_day_is_a_number_of_days_that_fits_its_field() -> None:
    day = LIBRARY.form(FormName.PLAN).field("day")
    assert [int(choice.key) for choice in day.choices] == [1, 2, 3, 7, 14, 30]
    assert all(len(choice.key) <= day.most for choice in day.choices)


def test_the_name_and_scope_of_every_helpline_fit_a_phone() -> None:
    lines: list[Helpline] = [line for country in LIBRARY.countries() for line in country.lines]
    assert all(len(line.name) <= 60 and len(line.who) <= 110 for line in lines)
