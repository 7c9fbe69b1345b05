"""Each number is the one that was checked, and each helpline is listed under the topics it is for."""

from datetime import UTC, datetime

import pytest

from bot.content.helplines import Fit, Helpline, SupportPage, SupportTopic
from bot.content.library import installed

LIBRARY = installed()
CODES = [country.code for country in LIBRARY.countries()]
EMERGENCY = {
    "us": "911",
    "ca": "911",
    "uk": "999 or 112",
    "ie": "999 or 112",
    "au": "000",
    "nz": "111",
    "de": "112",
    "fr": "112",
    "nl": "112",
    "be": "112",
    "se": "112",
    "za": "112 from a mobile, or 10111",
    "world": "your local emergency number",
}
# Country and helpline: phone, text number, and the support topics under which it is listed.
LINES = {
    "us.rainn": ("800-656-4673", "", "hurt told"),
    "us.trans_lifeline": ("877-565-8860", "", "hurt told"),
    "us.whats_ok": ("", "", "worried"),
    "us.call_for_change": ("877-898-3411", "", "worried"),
    "us.stop_it_now": ("1-888-773-8368", "", "worried"),
    "us.988": ("988", "988", "now"),
    "ca.quebec": ("1-888-933-9007", "", "hurt told"),
    "ca.trans_lifeline": ("877-330-6366", "", "hurt told"),
    "ca.988": ("988", "988", "now"),
    "uk.rape_crisis_ew": ("0808 500 2222", "", "hurt told"),
    "uk.rape_crisis_scotland": ("08088 01 03 02", "", "hurt told"),
    "uk.dsa_ni": ("0808 802 1414", "", "hurt told"),
    "uk.childline": ("0800 1111", "", "hurt told"),
    "uk.stop_it_now": ("0808 1000 900", "", "worried"),
    "uk.samaritans": ("116 123", "", "now"),
    "ie.drcc": ("1800 77 88 88", "", "hurt told"),
    "ie.samaritans": ("116 123", "", "now"),
    "au.1800respect": ("1800 737 732", "0458 737 732", "hurt told"),
    "au.lifeline": ("13 11 14", "", "now"),
    "nz.safe_to_talk": ("0800 044 334", "4334", "hurt told worried"),
    "nz.1737": ("1737", "1737", "now"),
    "de.hilfetelefon": ("116 016", "", "hurt told"),
    "fr.viols_femmes": ("0 800 05 95 95", "", "hurt told"),
    "nl.csg": ("0800-0188", "", "hurt told"),
    "nl.veilig_thuis": ("0800-2000", "", "hurt told worried"),
    "be.sos_viol": ("0800 98 100", "", "hurt told"),
    "za.gbvcc": ("0800 428 428", "", "hurt told"),
    "se.valj_att_sluta": ("020-555 666", "", "worried"),
    "world.findahelpline": ("", "", "hurt told worried now"),
}
PAGES = {
    "us.rainn": "rainn.org",
    "us.trans_lifeline": "translifeline.org",
    "us.whats_ok": "whatsok.org",
    "uk.rape_crisis_ew": "247sexualabusesupport.org.uk",
    "ie.drcc": "drcc.ie",
    "au.1800respect": "1800respect.org.au",
    "nz.safe_to_talk": "safetotalk.nz",
    "ca.quebec": "sexualviolencehelpline.ca",
    "de.hilfetelefon": "hilfetelefon.de",
    "world.findahelpline": "findahelpline.com",
}


def _all() -> dict[str, Helpline]:
    return {f"{country.code}.{line.key}": line for country in LIBRARY.countries() for line in country.lines}


def _names(page: SupportPage) -> list[str]:
    return [line.key for line in page.lines]


def test_the_helplines_are_exactly_those_of_the_table() -> None:
    seen = {key: (line.phone, line.text, " ".join(line.topics)) for key, line in _all().items()}
    assert seen == LINES
    assert {key: _all()[key].page for key in PAGES} == PAGES


def test_helplines_known_with_only_medium_confidence_are_not_listed() -> None:
    said = " ".join(f"{line.name} {line.phone}" for line in _all().values())
    assert "802 4040" not in said
    assert "766 491" not in said
    assert {line.confidence for line in _all().values()} == {"high"}


def test_each_country_has_its_checked_emergency_number() -> None:
    assert {code: LIBRARY.emergency(code) for code in CODES} == EMERGENCY


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("topic", SupportTopic)
def test_every_page_ends_with_the_sentence_on_confidentiality_and_lists_a_helpline(
    code: str, topic: SupportTopic
) -> None:
    page = LIBRARY.support(code, topic)
    assert page.closing.startswith("They will explain their own confidentiality at the start.")
    assert page.lines
    assert page.country.code == code
    assert not any("{" in part.text for part in page.parts)
    assert all(part.text or part.lines for part in page.parts)


@pytest.mark.parametrize("code", CODES)
def test_right_now_begins_with_i_might_hurt_myself_and_then_the_emergency_number(code: str) -> None:
    page = LIBRARY.support(code, SupportTopic.NOW)
    myself, tonight, danger = page.parts
    assert myself.heading == "I might hurt myself"
    assert len(myself.lines) == 1
    assert EMERGENCY[code] in tonight.text
    assert EMERGENCY[code] in danger.text


@pytest.mark.parametrize("code", sorted(set(CODES) - {"us", "nz", "nl", "se", "world"}))
def test_the_page_for_the_worried_says_so_where_no_helpline_is_for_them(code: str) -> None:
    page = LIBRARY.support(code, "worried")
    place = LIBRARY.country(code).place
    assert page.parts[0].text == (
        f"We know of no line for this in {place}. "
        "A doctor, a counsellor or findahelpline.com can be a first call."
    )
    assert page.parts[0].lines == ()


@pytest.mark.parametrize("code", CODES)
def test_the_page_for_the_worried_never_lists_helplines_that_are_only_for_the_hurt(code: str) -> None:
    for line in LIBRARY.support(code, "worried").lines:
        assert SupportTopic.WORRIED in line.topics
    only_hurt = {line.key for line in LIBRARY.country(code).lines if SupportTopic.WORRIED not in line.topics}
    assert not only_hurt & {line.key for line in LIBRARY.worried(code)}


def test_the_page_for_the_worried_in_the_us_says_whom_the_helplines_are_for() -> None:
    us = LIBRARY.support("us", "worried")
    assert _names(us) == ["whats_ok", "call_for_change", "stop_it_now", "findahelpline"]
    assert "14 to 22" in us.lines[0].who
    assert us.parts[1].text.startswith("If none of these fits you")
    assert us.parts[2].heading == "Only if it is about a child"
    assert us.lines[2].fits is Fit.ONE_THING
    assert "about children" in us.lines[2].who


def test_stop_it_now_is_the_only_helpline_for_one_thing_alone() -> None:
    assert {line.key for line in _all().values() if line.fits is Fit.ONE_THING} == {"stop_it_now"}


def test_where_findahelpline_is_the_only_entry_it_is_not_also_the_alternative() -> None:
    lines, otherwise = LIBRARY.support(None, "worried").parts
    assert [line.key for line in lines.lines] == ["findahelpline"]
    assert otherwise.text == "If it has no line for you, a doctor or a counsellor can be a first call."


def test_a_page_whose_helpline_takes_everyone_needs_no_further_text() -> None:
    page = LIBRARY.support("nz", "worried")
    assert _names(page) == ["safe_to_talk", "findahelpline"]
    assert not any(part.text for part in page.parts)


def test_in_the_uk_stop_it_now_has_its_own_heading_below_the_sentence_that_no_helpline_is_known() -> None:
    first, second, _ = LIBRARY.support("uk", "worried").parts
    assert "We know of no line for this in the UK" in first.text
    assert second.heading == "Only if it is about a child"
    assert [line.key for line in second.lines] == ["stop_it_now"]


def test_where_our_list_has_no_helpline_for_the_hurt_the_page_says_so() -> None:
    page = LIBRARY.support("se", SupportTopic.HURT)
    assert page.parts[0].text.startswith("We have no line in Sweden on our list yet.")
    assert _names(page) == ["findahelpline"]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("topic", ["hurt", "told"])
def test_a_page_with_helplines_for_the_hurt_says_what_to_do_if_none_of_them_fits(
    code: str, topic: str
) -> None:
    """Some helplines are only for women, only for one province or only open in office hours."""
    own = bool(LIBRARY.country(code).behind(SupportTopic(topic))) and code != "world"
    said = [part.text for part in LIBRARY.support(code, topic).parts]
    assert any(text.startswith("If none of these fits you, or none is open now") for text in said) == own


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("topic", ["hurt", "told", "worried"])
def test_findahelpline_comes_last_on_the_pages_for_the_hurt_the_told_and_the_worried(
    code: str, topic: str
) -> None:
    assert _names(LIBRARY.support(code, topic))[-1] == "findahelpline"


def test_the_helplines_of_the_uk_say_for_which_nation_they_are() -> None:
    areas = {line.key: line.area for line in LIBRARY.support("uk", "hurt").lines}
    assert areas["rape_crisis_ew"] == "England and Wales"
    assert areas["rape_crisis_scotland"] == "Scotland"
    assert areas["dsa_ni"] == "Northern Ireland"


def test_for_people_under_18_childline_comes_first_and_the_emergency_number_is_shown() -> None:
    uk = LIBRARY.under_18("uk")
    assert _names(uk)[0] == "childline"
    assert any("999 or 112" in part.text for part in uk.parts)
    assert _names(LIBRARY.under_18("us")) == ["rainn", "trans_lifeline", "whats_ok", "findahelpline"]
    assert LIBRARY.under_18("se").parts[0].text.startswith("We have no line in Sweden")
    assert _names(LIBRARY.under_18(None)) == ["findahelpline"]


@pytest.mark.parametrize(
    ("key", "moment", "is_open"),
    [
        ("us.rainn", datetime(2026, 11, 22, 4, tzinfo=UTC), True),
        ("us.whats_ok", datetime(2026, 11, 22, 4, tzinfo=UTC), None),
        ("uk.rape_crisis_scotland", datetime(2026, 11, 22, 17, 0, tzinfo=UTC), True),
        ("uk.rape_crisis_scotland", datetime(2026, 11, 22, 23, 59, tzinfo=UTC), True),
        ("uk.rape_crisis_scotland", datetime(2026, 11, 23, 0, 0, tzinfo=UTC), False),
        ("uk.rape_crisis_scotland", datetime(2026, 7, 1, 16, 30, tzinfo=UTC), True),
        ("fr.viols_femmes", datetime(2026, 11, 23, 17, 59, tzinfo=UTC), True),
        ("fr.viols_femmes", datetime(2026, 11, 23, 18, 0, tzinfo=UTC), False),
        ("fr.viols_femmes", datetime(2026, 11, 22, 12, 0, tzinfo=UTC), False),
        ("us.trans_lifeline", datetime(2026, 11, 24, 1, 59, tzinfo=UTC), True),
        ("us.call_for_change", datetime(2026, 11, 22, 14, 59, tzinfo=UTC), False),
    ],
)
def test_opening_hours_are_computed_in_the_time_zone_of_the_helpline(
    key: str, moment: datetime, is_open: bool | None
) -> None:
    assert _all()[key].hours.open_at(moment) is is_open
