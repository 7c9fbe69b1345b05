"""The library reads everything in `data/`, and refuses what does not fit, naming the place."""

import re
import shutil
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from bot.content.helplines import SupportTopic
from bot.content.library import Library, Unreadable
from bot.content.models import CardText, FormName
from bot.content.path import STEPS


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of the data that a test may damage."""
    return Path(shutil.copytree(str(files("data")), tmp_path / "data"))


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_every_file_in_data_is_one_that_the_library_reads(library: Library) -> None:
    data = Path(str(files("data")))
    guidance = {"before", "talk", "think", "contact", "answering", "listening", "under18", "steps", "support"}
    assert {file.stem for file in (data / "guidance").glob("*.toml")} == guidance | {
        "pair",
        "told",
        "alongside",
        "terms",
    }
    beside = {"gate", "companion", "afraid", "cited", "carrier", "receiving"}
    assert {file.stem for file in (data / "path").glob("*.toml")} == {*STEPS, *beside}
    assert {file.stem for file in (data / "callin").glob("*.toml")} == set(library.callin)
    assert {file.stem for file in (data / "prompts").glob("*.toml")} == {"support", "limit"}
    assert {file.stem for file in (data / "forms").glob("*.toml")} == {name.value for name in FormName}
    assert {file.stem for file in (data / "support").glob("*.toml")} == set(library.by_code)
    assert {file.stem for file in (data / "norms").glob("*.toml")} == set(library.packs)
    assert len(list((data / "vignettes").glob("*.toml"))) == len(library.vignettes)


def test_the_longest_text_of_a_field_is_that_of_whichever_form_takes_most(library: Library) -> None:
    forms = [form for form in library.forms.values() for field in form.fields if field.key == "what"]
    assert library.longest("what") == max(form.field("what").most for form in forms)
    assert library.longest("no such field") == max(
        field.most for form in library.forms.values() for field in form.fields
    )


def test_no_practitioner_has_read_these_texts_yet_and_the_library_says_so(library: Library) -> None:
    assert library.reviewed is False


def test_each_source_is_credited_once(library: Library) -> None:
    sources = library.sources()
    assert len(sources) == len(set(sources)) > 20
    assert any("leavingevidence" in source for source in sources)


def test_a_missing_key_is_refused_when_the_library_loads(copied: Path) -> None:
    spoil(copied / "guidance" / "talk.toml", "[nobody]", "[somebody]")
    with pytest.raises(Unreadable, match=r"talk\.toml"):
        Library.load(copied)


def test_the_error_names_a_file_that_is_not_toml(copied: Path) -> None:
    (copied / "forms" / "plan.toml").write_text("title = ", "utf-8")
    with pytest.raises(Unreadable, match=r"plan\.toml"):
        Library.load(copied)


def test_the_error_names_a_missing_file(copied: Path) -> None:
    (copied / "guidance" / "steps.toml").unlink()
    with pytest.raises(Unreadable, match=r"steps\.toml is missing"):
        Library.load(copied)


def test_the_file_of_worldwide_helplines_must_not_be_missing(copied: Path) -> None:
    (copied / "support" / "world.toml").unlink()
    with pytest.raises(Unreadable, match=r"world\.toml is missing"):
        Library.load(copied)


def test_a_country_whose_code_differs_from_its_file_name_is_refused(copied: Path) -> None:
    spoil(copied / "support" / "nz.toml", 'code = "nz"', 'code = "zn"')
    with pytest.raises(Unreadable, match=r"nz\.toml: its code is 'zn'"):
        Library.load(copied)


@pytest.mark.parametrize(
    ("field", "spoilt", "why"),
    [
        ('confidence = "high"', 'confidence = "low"', "lines.0.confidence: Invalid enum value 'low'"),
        ('confidence = "high"', "", "confidence"),
        ("seen_on = 2026", "unseen_on = 2026", "seen_on"),
        ('seen_in = "msd', 'seen_in = "" # "msd', "seen_in"),
        ("who = ", 'who = "" # ', "who"),
        ("hours = ", "# hours = ", "hours"),
        ("page = ", "# page = ", "page"),
        ("topics = [", "topics = [] # [", "topic"),
        ('emergency_seen_in = "govt.nz"', 'emergency_seen_in = ""', "seen"),
    ],
)
def test_a_country_file_with_a_missing_or_wrong_field_is_refused(
    copied: Path, field: str, spoilt: str, why: str
) -> None:
    spoil(copied / "support" / "nz.toml", field, spoilt)
    with pytest.raises(Unreadable, match=r"nz\.toml") as refused:
        Library.load(copied)
    assert why in str(refused.value)


def test_a_helpline_with_neither_a_phone_nor_a_page_is_refused(copied: Path) -> None:
    spoil(copied / "support" / "world.toml", 'page = "findahelpline.com"', 'page = ""')
    with pytest.raises(Unreadable, match="can be reached"):
        Library.load(copied)


@pytest.mark.parametrize(("old", "why"), [('name = "SAATS', "care has a name"), ("[[care]]", "care")])
def test_a_country_that_does_not_say_where_care_is_is_refused(copied: Path, old: str, why: str) -> None:
    file = copied / "support" / "nz.toml"
    text = file.read_text("utf-8")
    assert old in text
    broken = text.partition("[[care]]")[0] if old == "[[care]]" else text.replace(old, 'name = "" # "')
    file.write_text(broken, "utf-8")
    with pytest.raises(Unreadable, match=why):
        Library.load(copied)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('key = "body"', 'key = "bodies"', "the pages are"),
        ("**Today:** call a clinic", "Call {number}", "nothing fills"),
    ],
)
def test_a_page_behind_i_was_hurt_that_is_missing_or_spoilt_is_refused(
    copied: Path, old: str, new: str, why: str
) -> None:
    spoil(copied / "guidance" / "support.toml", old, new)
    with pytest.raises(Unreadable, match=why):
        Library.load(copied)


def test_opening_hours_without_a_closing_time_are_refused(copied: Path) -> None:
    spoil(copied / "support" / "fr.toml", ", closes = 19:00:00", "")
    with pytest.raises(Unreadable, match="closing time"):
        Library.load(copied)


def test_opening_hours_that_are_not_given_in_words_are_refused(copied: Path) -> None:
    spoil(copied / "support" / "fr.toml", 'words = "Monday to Friday, 10:00 to 19:00"', 'words = ""')
    with pytest.raises(Unreadable, match="in words"):
        Library.load(copied)


def test_a_card_that_is_too_long_for_a_phone_is_refused(copied: Path) -> None:
    spoil(copied / "guidance" / "answering.toml", "- Say what", "- " + "very " * 300 + "you could")
    with pytest.raises(Unreadable, match="at most 1200 fit"):
        Library.load(copied)


def test_a_placeholder_that_nothing_fills_is_refused(copied: Path) -> None:
    spoil(copied / "guidance" / "talk.toml", "{emergency}", "{number}")
    with pytest.raises(Unreadable, match="nothing fills"):
        Library.load(copied)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('title = "Your plan"', 'title = "' + "What I will do " * 4 + '"', "title"),
        ('above = "', 'above = "' + "Read this first. " * 20, "above"),
        ('key = "day"', 'key = "action"', "same key"),
        ("most = 300", "most = 4001", "4000"),
        ('key = "14"', 'key = "Fourteen days"', "key"),
        ('label = "On which day?"', 'label = ""', "empty"),
    ],
)
def test_a_form_that_discord_would_refuse_is_refused_by_the_library(
    copied: Path, old: str, new: str, why: str
) -> None:
    spoil(copied / "forms" / "plan.toml", old, new)
    with pytest.raises(Unreadable, match=r"plan\.toml") as refused:
        Library.load(copied)
    assert why in str(refused.value)


@pytest.mark.parametrize("name", ["forms/said.toml", "support/nz.toml", "guidance/think.toml"])
def test_a_file_without_sources_is_refused(copied: Path, name: str) -> None:
    file = copied / name
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"sources = \[.*?\n\]", "sources = []", text, flags=re.DOTALL), "utf-8")
    with pytest.raises(Unreadable, match="its sources"):
        Library.load(copied)


def test_a_form_with_more_than_four_fields_is_refused(copied: Path) -> None:
    file = copied / "forms" / "answer.toml"
    field = '\n[[fields]]\nkey = "more"\nlabel = "More"\ndescription = "More"\nmost = 5\nrequired = false\n'
    file.write_text(file.read_text("utf-8") + field, "utf-8")
    with pytest.raises(Unreadable, match="one to four fields"):
        Library.load(copied)


def test_think_it_through_with_a_fifth_question_is_refused(copied: Path) -> None:
    file = copied / "guidance" / "think.toml"
    file.write_text(file.read_text("utf-8") + '\n[[pages]]\ntitle = "A"\nbody = "B"\n', "utf-8")
    with pytest.raises(Unreadable, match="four questions"):
        Library.load(copied)


def test_a_card_is_filled_with_what_it_needs_and_nothing_else() -> None:
    card = CardText("To {name}", "Call {emergency}.")
    assert card.needs == {"name", "emergency"}
    assert card.filled(name="Ana {days}", emergency="111", country="NZ") == CardText(
        "To Ana {days}", "Call 111."
    )
    with pytest.raises(KeyError):
        card.filled(name="Ana")


def test_the_card_before_the_first_ask_says_after_how_many_days_an_ask_is_deleted(library: Library) -> None:
    assert "delete it 7 days after" in library.before.shown(7).body
    assert "delete it 1 day after" in library.before.shown(1).body
    assert library.before.version == 3


def test_looking_up_an_unknown_form_field_or_choice_raises_an_error(library: Library) -> None:
    with pytest.raises(ValueError, match="verdicts"):
        library.form("verdicts")
    with pytest.raises(KeyError):
        library.form("said").field("names")
    with pytest.raises(KeyError):
        library.contact.choice("maybe")
    assert library.form("said").field("what").most == 1200
    assert library.contact.choice("danger").label == "They may be in danger now"


def test_stale_lists_what_nobody_has_checked_for_more_than_180_days(library: Library) -> None:
    countries = library.countries()
    seen = [line.seen_on for country in countries for line in country.lines]
    seen += [country.emergency_seen_on for country in countries]
    seen += [care.seen_on for country in countries for care in country.care]
    assert library.stale(min(seen) + timedelta(days=180)) == ()
    old = library.stale(min(seen) + timedelta(days=181))
    assert sorted(entry.seen_on for entry in old) == [day for day in sorted(seen) if day == min(seen)]
    assert len(library.stale(max(seen) + timedelta(days=181))) == len(seen)


def test_countries_are_sorted_by_name_with_everywhere_else_last(library: Library) -> None:
    names = [country.name for country in library.countries()]
    assert names[:-1] == sorted(names[:-1])
    assert library.countries()[-1].code == "world"
    assert len(names) == 17


@pytest.mark.parametrize("code", [None, "", "xx", "EN-US"])
def test_an_unknown_country_counts_as_everywhere_else(library: Library, code: str | None) -> None:
    assert library.country(code).code == "world"
    assert library.support(code, SupportTopic.HURT).country.code == "world"
    assert library.emergency(code) == "your local emergency number"


def test_the_uk_is_found_by_its_iso_code_too(library: Library) -> None:
    assert library.country("gb") is library.country("uk")
