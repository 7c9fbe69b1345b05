"""Guardrails find the listed phrases however people type them, and ignore harmless ones that look alike."""

import shutil
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.guardrails import Guardrails, Matter, Phrases
from bot.content.library import Library, Unreadable, installed

LIBRARY = installed()
GUARDRAILS = LIBRARY.guardrails
SUICIDE, DANGER, MINOR, FORCE = Matter
LISTED = [
    pytest.param(phrase.replace("{age}", "15").replace("*", "them"), matter, id=f"{one.language}: {phrase}")
    for one in GUARDRAILS.lists
    for matter in Matter
    for phrase in one.about(matter)
]


def heard(text: str) -> tuple[Matter, ...]:
    return GUARDRAILS.heard([text])


def test_there_are_six_languages_and_each_has_words_for_each_matter() -> None:
    assert {one.language for one in GUARDRAILS.lists} == {
        "Arabic", "English", "French", "German", "Portuguese", "Spanish",
    }  # fmt: skip
    assert all(len(one.about(matter)) >= 7 for one in GUARDRAILS.lists for matter in Matter)


@pytest.mark.parametrize(("phrase", "matter"), LISTED)
def test_a_listed_phrase_is_found_however_it_is_typed(phrase: str, matter: Matter) -> None:
    decomposed = unicodedata.normalize("NFD", phrase)
    for typed in (
        phrase,
        phrase.upper(),
        phrase.replace("'", "’"),
        phrase.replace("'", "").replace("-", ""),
        phrase.replace("-", " "),
        decomposed,
        "".join(one for one in decomposed if not unicodedata.combining(one)),
        f"({phrase}).",
        f"**{phrase}**",
        phrase.replace(" ", "  \n"),
    ):
        assert matter in heard(f"¿1, {typed} - x"), typed


@pytest.mark.parametrize(
    ("text", "matters"),
    [
        ("I said I'd KILL MYSELF, and she laughed", (SUICIDE,)),
        ("i dont want to live like this", (SUICIDE,)),
        ("She's a 16yo and he choked her", (DANGER, MINOR)),
        ("a 15-year-old was there", (MINOR,)),
        ("They are 15. I knew", (MINOR,)),
        ("im 16 and", (MINOR,)),
        ("Ich bin 16", (MINOR,)),
        ("j'ai 16 ans", (MINOR,)),
        ("They kept saying no and I didn't stop", (FORCE,)),
        ("ｋｉｌｌ ｍｙｓｅｌｆ", (SUICIDE,)),
        ("kill\u200b my\u00adself", (SUICIDE,)),
        ("Er hat gedroht, mich umzubringen", (DANGER,)),
        ("ich moechte sterben", (SUICIDE,)),
        ("Sie ist vergewaltigt worden, sie ist erst 15 Jahre alt", (MINOR, FORCE)),
        ("J’ai envie de mourir", (SUICIDE,)),
        ("il l'a violee", (FORCE,)),
        ("ella tenia 16 años", (MINOR,)),
        ("La violó. Me amenazó de muerte.", (DANGER, FORCE)),
        ("ela tinha quinze, e nao tem 18", (MINOR,)),
        ("ele ameaçou me matar", (DANGER,)),
        ("وهددني بالقتل", (DANGER,)),
        ("عمرها ١٥ سنة", (MINOR,)),
        ("اُغتُصِبَت، أَقتُل نفسي", (SUICIDE,)),
        ("اريد ان اموت", (SUICIDE,)),
    ],
)
def test_realistic_sentences_are_found_to_be_about_the_right_matters(
    text: str, matters: tuple[Matter, ...]
) -> None:
    assert heard(text) == matters


@pytest.mark.parametrize(
    "text",
    [
        # English
        "I was dead tired and the joke killed it.",
        "You killed it on stage, I nearly died laughing, we're dying to see it again.",
        "I could kill for a coffee. My mum will kill me if I'm late again.",
        "We watched Suicide Squad. Quitting would be career suicide.",
        "I was killing myself laughing and they went quiet.",
        "I keep cutting myself off mid-sentence, and cutting myself some slack.",
        "I shot myself in the foot and beat myself up about it.",
        "It hit me that they hit me up for rides. Hit me back, beats me why.",
        "They're in danger of missing the train; the plan is in danger of failing.",
        "I forced a laugh, they forced me to sit in front, may the force be with you.",
        "It was a minor thing in a minor key, played on the viola, no drama.",
        "They were 15 minutes late, and I'm 12 minutes away; he was 18, she was 1700.",
        "We met 15 years ago; it took 15 minutes, at 16, for 17 euros.",
        "He grew rapeseed, and they drove home drunk on grapes.",
        "Rape seed oil is in the pan.",
        "The gun in the game was overpowered, and I spiked the ball.",
        "He choked on his drink. I blacked out the slide.",
        "No. Means nothing to me whether we kill time. Myself, I'd go.",
        "My friendship is a 15 year old car with a new engine.",
        # German
        "Ich war todmüde, das war mörderisch gut, du bist der Killer.",
        "Die Hitze bringt mich um. Mein Chef wird mich umbringen.",
        "Das Gift war ein Geschenk; er hat mich im Schach geschlagen.",
        "Der Ausflug ist in Gefahr zu platzen.",
        "Ich bin 15 Minuten weg, sie waren 12 Minuten zu spät.",
        "Unsere 15-jährige Freundschaft, und vor 15 Jahren war alles anders.",
        "Ich will nicht mehr leben wie ein Student. Ich lach mich tot.",
        "Er kostet unter 18 Euro und ist sexy.",
        # French
        "Je suis mort de fatigue, tu m'as tué avec cette blague, c'est mortel.",
        "Ce qui m'a frappé, c'est son silence. Ça m'a tué de rire.",
        "L'erreur est mineure, en la mineur, il y a 15 ans.",
        "Il a violé la règle du jeu, et on a violé le règlement.",
        "J'ai envie de mourir de honte. Je vais me tuer au travail.",
        "J'ai forcé la porte et elle m'a forcée à m'excuser.",
        # Spanish
        "Estoy muerto de cansancio, me muero de risa, esto me mata.",
        "Fue una violación de las normas del grupo y una violación de datos.",
        "Me pegó un susto y me pegó el sol. Hace 15 años que somos amigos.",
        "Me quiero morir de vergüenza. Ya no quiero vivir en Madrid.",
        "El lince está en peligro de extinción. Es un problema menor.",
        "Tiene 15 años de experiencia.",
        # Portuguese
        "Estou morto de cansaço, morri de rir, isso me mata.",
        "Vou me matar de estudar. Minha mãe vai me matar.",
        "Me bateu uma saudade. Faz 15 anos que somos amigos.",
        "Quero morrer de rir. Não quero mais viver em São Paulo. Um mal menor.",
        "Ele não acorda cedo.",
        # Arabic
        "أريد أن أموت من الضحك. أموت فيك.",
        "متت من الضحك، قتلتني بالنكتة",
        "غصب عني تأخرت. الكوكب في خطر.",
        "الدخول قاصر على الأعضاء، هو لا يستيقظ مبكرا",
        "قبل 15 سنة كنا أصدقاء",
        # Sentences like those of ordinary asks, and odd texts.
        "I joked about their accent and they went quiet. I think they felt small.",
        "I kept filling their glass after they had said that they were done.",
        "Ich habe sie vor allen ausgelacht, und sie ist früher gegangen.",
        "",
        "🙃🙃 ... !!",
    ],
)
def test_harmless_sentences_that_look_alike_are_not_found(text: str) -> None:
    assert heard(text) == ()


def test_the_titles_and_introductions_of_our_own_forms_are_not_found() -> None:
    spoken = [text for form in LIBRARY.forms.values() for text in (form.title, form.above)]
    fields = [f"{one.label} {one.description}" for form in LIBRARY.forms.values() for one in form.fields]
    assert GUARDRAILS.heard([*spoken, *fields]) in ((), (MINOR,), (FORCE,))
    assert GUARDRAILS.heard(spoken) == ()


@given(st.text(max_size=300))
def test_any_text_can_be_checked_without_an_error(text: str) -> None:
    before = str(text)
    assert set(heard(text)) <= set(Matter)
    assert text == before


def test_the_guardrails_keep_nothing_of_a_text_that_they_checked() -> None:
    before = repr(vars(GUARDRAILS))
    heard("a secret: kill myself xyzzy")
    assert repr(vars(GUARDRAILS)) == before
    assert "xyzzy" not in before


# -- the card ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("matters", [(one,) for one in Matter] + [tuple(Matter)])
def test_the_card_says_that_people_can_go_on_and_not_that_anything_was_detected(
    matters: tuple[Matter, ...],
) -> None:
    body = LIBRARY.alongside.card(matters, "111", talk=True).body
    assert "go on as you were" in body
    assert ("111" in body) is (DANGER in matters)
    assert "{" not in body
    for said in ("detect", "flag", "report", "found in", "your words", "scan"):
        assert said not in (body + LIBRARY.alongside.closing).lower()


# -- the lists themselves ---------------------------------------------------------------------------


def listed(**changed: tuple[str, ...]) -> Phrases:
    words = {"suicide": ("end it",), "danger": ("a gun",), "minor": ("{age} yo",), "force": ("no * no",)}
    return Phrases(("a source",), False, "English", **{**words, "everyday": (), **changed})


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"suicide": ()}, "each matter has its words"),
        ({"danger": ("  ",)}, "is empty"),
        ({"danger": ("x " * 40,)}, "longer than"),
        ({"danger": ("A Gun", "a gun")}, "stands twice"),
        ({"danger": ("a gun", "End it")}, "stands twice"),
        ({"everyday": ("a gun",)}, "stands twice"),
        ({"everyday": ("a toy",)}, "would not be found anyway"),
    ],
)
def test_an_invalid_list_of_phrases_is_refused(changed: dict[str, tuple[str, ...]], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        listed(**changed)


def test_the_longest_phrase_wins_and_an_exact_word_goes_before_a_wildcard() -> None:
    one = Guardrails([listed(everyday=("a gun show", "no more no"))])
    assert one.heard(["a gun show"]) == ()
    assert one.heard(["a gun shown"]) == (DANGER,)
    assert one.heard(["no more no"]) == ()
    assert one.heard(["no never no", "12 yo"]) == (MINOR, FORCE)
    assert one.heard(["9 yo", "18 yo", "100015 yo"]) == ()
    assert one.heard(["end. It"]) == ()


def test_a_phrase_listed_in_two_languages_must_be_about_the_same_matter() -> None:
    assert Guardrails([listed(), listed()]).heard(["end it"]) == (SUICIDE,)
    with pytest.raises(ValueError, match="means two things"):
        Guardrails([listed(), listed(suicide=("over",), danger=("end it",))])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    copied = tmp_path / "data"
    shutil.copytree(str(files("data")), copied)
    return copied


def test_the_library_refuses_two_lists_that_disagree_about_a_phrase(data: Path) -> None:
    file = data / "guardrails" / "fr.toml"
    file.write_text(file.read_text("utf-8").replace("danger = [", 'danger = [ "want to die",'), "utf-8")
    with pytest.raises(Unreadable, match="guardrails: 'want to die' means two things"):
        Library.load(data)


def test_the_library_refuses_a_list_without_sources(data: Path) -> None:
    file = data / "guardrails" / "de.toml"
    text = file.read_text("utf-8")
    file.write_text("sources = []\n" + text[text.index("reviewed") :], "utf-8")
    with pytest.raises(Unreadable, match=r"guardrails/de\.toml"):
        Library.load(data)
