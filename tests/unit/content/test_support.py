"""Each number is the one that was checked, and each helpline is listed under the topics it is for."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from bot.content.helplines import Column, Confidence, Fit, Helpline, SupportPage, SupportTopic
from bot.content.library import installed
from bot.content.texts import HURT_PAGES
from bot.ui.components import Card
from cogs.shared.support import cards

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
    "at": "112",
    "es": "112",
    "br": "190 (police) or 192 (ambulance)",
    "in": "112",
    "world": "your local emergency number",
}
# Country and helpline: phone, number for texts or WhatsApp, and the topics under which it is listed.
LINES = {
    "au.1800respect": ("1800 737 732", "0458 737 732", "hurt told"),
    "au.mens_referral": ("1300 766 491", "", "worried"),
    "au.stop_it_now": ("1800 01 1800", "", "worried"),
    "au.lifeline": ("13 11 14", "", "now"),
    "at.women": ("0800 222 555", "", "hurt told"),
    "at.men": ("0800 400 777", "", "worried"),
    "at.142": ("142", "", "now"),
    "be.1712": ("1712", "", "hurt told"),
    "be.sos_viol": ("0800 98 100", "", "hurt told"),
    "be.1712_own": ("1712", "", "worried"),
    "be.ecoute": ("0800 30 030", "", "worried"),
    "be.stop_it_now": ("0800 14 112", "", "worried"),
    "be.1813": ("1813", "", "now"),
    "be.suicide_fr": ("0800 32 123", "", "now"),
    "br.180": ("180", "(61) 9610-0180", "hurt told"),
    "br.cvv": ("188", "", "now"),
    "ca.quebec": ("1-888-933-9007", "", "hurt told"),
    "ca.bc": ("1-800-563-0808", "", "hurt told"),
    "ca.alberta": ("1-866-403-8000", "", "hurt told"),
    "ca.trans_lifeline": ("877-330-6366", "", "hurt told"),
    "ca.mens_counselling": ("211", "", "worried"),
    "ca.mens_helpline": ("211", "", "worried"),
    "ca.988": ("988", "988", "now"),
    "fr.viols_femmes": ("0 800 05 95 95", "", "hurt told"),
    "fr.116006": ("116 006", "", "hurt told"),
    "fr.3919": ("3919", "", "hurt told"),
    "fr.couple_family": ("08 019 019 11", "", "worried"),
    "fr.3114": ("3114", "", "now"),
    "de.hilfetelefon": ("116 016", "", "hurt told"),
    "de.hilfetelefon_men": ("0800 123 99 00", "", "hurt told"),
    "de.telefonseelsorge": ("0800 111 0 111", "", "now"),
    "in.181": ("181", "", "hurt told"),
    "in.14416": ("14416", "", "now"),
    "ie.drcc": ("1800 77 88 88", "", "hurt told"),
    "ie.womens_aid": ("1800 341 900", "", "hurt told"),
    "ie.move": ("065 684 8689", "", "worried"),
    "ie.mend": ("051 878866", "", "worried"),
    "ie.samaritans": ("116 123", "", "now"),
    "nl.csg": ("0800-0188", "", "hurt told"),
    "nl.veilig_thuis": ("0800-2000", "", "hurt told worried"),
    "nl.113": ("113 or 0800-0113", "", "now"),
    "nz.safe_to_talk": ("0800 044 334", "4334", "hurt told worried"),
    "nz.family_line": ("0800 456 450", "", "worried"),
    "nz.hey_bro": ("0800 439 276", "", "worried"),
    "nz.1737": ("1737", "1737", "now"),
    "za.gbvcc": ("0800 428 428", "", "hurt told"),
    "za.sadag": ("0800 567 567", "", "now"),
    "es.016": ("016", "600 000 016", "hurt told"),
    "es.024": ("024", "", "now"),
    "se.kvinnofrid": ("020-50 50 50", "", "hurt told"),
    "se.men": ("020-80 80 80", "", "hurt told"),
    "se.trans": ("020-55 00 00", "", "hurt told"),
    "se.valj_att_sluta": ("020-555 666", "", "worried"),
    "se.90101": ("90101", "", "now"),
    "uk.rape_crisis_ew": ("0808 500 2222", "", "hurt told"),
    "uk.rape_crisis_scotland": ("08088 01 03 02", "", "hurt told"),
    "uk.dsa_ni": ("0808 802 1414", "", "hurt told"),
    "uk.refuge": ("0808 2000 247", "", "hurt told"),
    "uk.live_fear_free": ("0808 80 10 800", "", "hurt told"),
    "uk.domestic_scotland": ("0800 027 1234", "", "hurt told"),
    "uk.childline": ("0800 1111", "", "hurt told"),
    "uk.galop": ("0800 999 5428", "", "hurt told"),
    "uk.respect": ("0808 802 4040", "", "worried"),
    "uk.stop_it_now": ("0808 1000 900", "", "worried"),
    "uk.samaritans": ("116 123", "", "now"),
    "us.rainn": ("800-656-4673", "", "hurt told"),
    "us.dv_hotline": ("800-799-7233", "START to 88788", "hurt told"),
    "us.trans_lifeline": ("877-565-8860", "", "hurt told"),
    "us.whats_ok": ("", "", "worried"),
    "us.call_for_change": ("877-898-3411", "", "worried"),
    "us.stop_it_now": ("1-888-773-8368", "", "worried"),
    "us.988": ("988", "988", "now"),
    "world.findahelpline": ("", "", "hurt told worried now"),
}
PAGES = {
    "us.rainn": "rainn.org",
    "us.dv_hotline": "thehotline.org",
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
    seen = {
        key: (line.phone, line.text or line.whatsapp, " ".join(line.topics)) for key, line in _all().items()
    }
    assert seen == LINES
    assert {key: _all()[key].page for key in PAGES} == PAGES


MEDIUM = {
    *("at.men", "at.142", "be.sos_viol", "ca.mens_counselling", "ca.mens_helpline", "fr.couple_family"),
    *("in.181", "in.14416", "ie.move", "ie.mend", "nz.hey_bro", "za.sadag", "se.men", "se.trans", "uk.galop"),
}
"""The helplines of which we saw one copy only."""


def test_what_was_seen_only_once_is_marked_and_stands_below_what_is_sure() -> None:
    assert {key for key, line in _all().items() if line.confidence is Confidence.MEDIUM} == MEDIUM
    for country in LIBRARY.countries():
        for topic in SupportTopic:
            doubts = [line.confidence is Confidence.MEDIUM for line in country.behind(topic)]
            assert doubts == sorted(doubts)


def test_every_entry_says_where_and_when_it_was_seen() -> None:
    for country in LIBRARY.countries():
        seen = [
            *((line.seen_in, line.seen_on) for line in country.lines),
            *((care.seen_in, care.seen_on) for care in country.care),
        ]
        assert all(place and day >= date(2026, 11, 22) for place, day in seen)
    assert LIBRARY.country("at").emergency_seen_in == "founders' notes, 2026-11"


LACKING = {
    "br": {Column.WORRIED, Column.CARE},
    "de": {Column.WORRIED},
    "es": {Column.WORRIED},
    "in": {Column.WORRIED, Column.CARE},
    "nl": {Column.CARE},
    "za": {Column.WORRIED, Column.CARE},
    "world": {Column.CARE, Column.EMERGENCY},
}
"""What some countries don't have of the five columns: nothing was seen, or it goes through the police."""


@pytest.mark.parametrize("code", CODES)
def test_each_country_has_the_columns_of_the_table(code: str) -> None:
    assert {*Column} - {*LIBRARY.country(code).columns()} == LACKING.get(code, set())


CARE = {
    "us": "RAINN",
    "uk": "111",
    "ie": "from 14 on",
    "au": "Queensland",
    "nz": "store evidence",
    "ca": "six months",
    "de": "In ten federal states",
    "fr": "Only some places",
    "nl": "involves the police",
    "be": "you don't have to decide about the police first",
    "se": "less than 10 days",
    "za": "without opening a case",
    "at": "must report a bad injury",
    "es": "don't have to make a complaint",
    "br": "whether they tell the police",
    "in": "also has to tell the police",
    "world": "Ask first what it would have to report",
}


@pytest.mark.parametrize("code", CODES)
def test_your_body_says_where_care_is_and_what_the_police_hear(code: str) -> None:
    country = LIBRARY.country(code)
    text = cards.hurt_page(LIBRARY.support_texts, "body", country).text
    assert CARE[code] in text
    assert all(care.name in text and care.phone in text for care in country.care)


def test_each_country_has_its_checked_emergency_number() -> None:
    assert {code: LIBRARY.emergency(code) for code in CODES} == EMERGENCY


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("topic", SupportTopic)
def test_every_page_says_that_one_can_ask_what_is_passed_on_and_lists_a_helpline(
    code: str, topic: SupportTopic
) -> None:
    """It promises nothing on behalf of a helpline."""
    page = LIBRARY.support(code, topic)
    assert page.closing == "When you call a helpline, you can first ask what it passes on to others."
    assert page.lines
    assert page.country.code == code
    parts = (*page.parts, *page.further)
    assert not any("{" in part.text for part in parts)
    assert all(part.text or part.lines for part in parts)


def _doors(code: str) -> Iterator[tuple[str, Card]]:
    """Yield every page behind the four doors of `/support` in a country."""
    texts, now = LIBRARY.support_texts, datetime(2026, 11, 22, tzinfo=UTC)
    for topic in SupportTopic:
        yield topic, cards.topic(texts, LIBRARY.support(code, topic), now)
    for key in HURT_PAGES:
        yield key, cards.hurt_page(texts, key, LIBRARY.country(code))
    yield "under 18", cards.under_18(texts, LIBRARY.under_18(code), now)


@pytest.mark.parametrize("code", CODES)
def test_every_door_ends_in_a_number_or_in_what_somebody_can_do_today(code: str) -> None:
    """With nothing to do and nobody to call after it, a page is a dead end."""
    number = re.compile(r"\*\*\d[\d +()-]{2,}|\*\*your local emergency number")
    for name, card in _doors(code):
        last = card.text.split("\n\n")[-1]
        today = re.match(r"\*\*Today[^*]*\*\*\s+\S", last)
        assert today or number.search(last), (name, last)


@pytest.mark.parametrize("code", CODES)
def test_danger_and_suicide_stand_first_on_every_door(code: str) -> None:
    """They come before the first helpline and before any other advice."""
    for topic in ("hurt", "told", "worried"):
        first, *after = LIBRARY.support(code, topic).intro.strip().split("\n\n")
        said = f"{first} {after[0]}" if topic == "worried" else first
        assert "danger" in first
        assert "suicide" in said
    assert EMERGENCY[code] in LIBRARY.under_18(code).intro.split("\n\n")[0]
    assert "suicide" in LIBRARY.under_18(code).intro.split("\n\n")[0]
    for key in ("body", "others"):
        said = cards.hurt_page(LIBRARY.support_texts, key, LIBRARY.country(code)).text
        assert EMERGENCY[code] in "".join(said.split("\n\n")[:2])


@pytest.mark.parametrize("code", CODES)
def test_what_is_said_above_helplines_is_left_out_where_none_of_the_country_follows(code: str) -> None:
    """A sentence about the people below sends somebody nowhere if one website follows, or nothing."""
    texts, country = LIBRARY.support_texts, LIBRARY.country(code)
    for topic, opening in (("hurt", texts.hurt), ("told", texts.told), ("worried", texts.worried)):
        said = opening.call in LIBRARY.support(code, topic).intro
        assert said == (bool(country.behind(SupportTopic(topic))) and code != "world")
    assert (texts.listing in LIBRARY.support(code, "hurt").intro) == (code == "world")


@pytest.mark.parametrize("code", ["us", "uk", "ie", "fr", "nl", "au", "za"])
def test_somebody_who_is_afraid_of_a_partner_finds_a_helpline(code: str) -> None:
    partner = re.compile(r"partner|at home|family", re.IGNORECASE)
    own = [line for line in LIBRARY.country(code).behind(SupportTopic.HURT) if partner.search(line.who)]
    assert own
    assert "afraid of a partner" in LIBRARY.support(code, "hurt").intro


@pytest.mark.parametrize("code", CODES)
def test_every_door_is_short_enough_for_a_phone(code: str) -> None:
    for name, card in _doors(code):
        assert len(card.text) <= 2_300, name


@pytest.mark.parametrize("code", CODES)
def test_right_now_begins_with_danger_and_then_suicide_and_each_part_has_the_number(code: str) -> None:
    page = LIBRARY.support(code, SupportTopic.NOW)
    danger, myself = page.parts
    tonight, friend = page.further
    assert myself.heading == "I'm thinking about suicide"
    assert len(myself.lines) == (2 if code == "be" else 1)
    assert "Asking doesn't make it likelier." in friend.text
    assert "Don't promise to keep it secret." in friend.text
    assert "stay with them" in friend.text
    for part in (danger, tonight, friend):
        assert EMERGENCY[code] in part.text
    assert "even if you feel all right" in tonight.text


@pytest.mark.parametrize("code", sorted({"br", "de", "es", "in", "za"}))
def test_the_page_for_the_worried_says_so_where_no_helpline_is_for_them_and_goes_on(code: str) -> None:
    page = LIBRARY.support(code, "worried")
    place = LIBRARY.country(code).place
    assert page.parts[0].text.startswith(f"I don't know of a helpline for this in {place}.")
    assert page.parts[0].lines == ()


@pytest.mark.parametrize("code", CODES)
def test_the_page_for_the_worried_ends_with_what_can_be_done_without_a_helpline(code: str) -> None:
    today = LIBRARY.support(code, "worried").further[-1].text
    for step in (
        "Leave them alone",
        "who won't just agree",
        "a doctor or a counsellor",
        "Don't delete anything",
    ):
        assert step in today


@pytest.mark.parametrize("code", CODES)
def test_the_page_for_the_worried_never_lists_helplines_that_are_only_for_the_hurt(code: str) -> None:
    for line in LIBRARY.support(code, "worried").lines:
        assert SupportTopic.WORRIED in line.topics
    only_hurt = {line.key for line in LIBRARY.country(code).lines if SupportTopic.WORRIED not in line.topics}
    assert not only_hurt & {line.key for line in LIBRARY.worried(code)}


def test_the_page_for_the_worried_in_the_us_says_who_the_helplines_are_for() -> None:
    us = LIBRARY.support("us", "worried")
    assert _names(us) == ["whats_ok", "call_for_change", "stop_it_now", "findahelpline"]
    assert "14 to 22" in us.lines[0].who
    assert us.parts[1].text.startswith("If none of these is for you")
    assert us.parts[2].heading == "Only if it's about a child"
    assert us.lines[2].fits is Fit.ONE_THING
    assert "about children" in us.lines[2].who


def test_only_stop_it_now_is_for_one_thing_alone_and_it_never_stands_with_the_others() -> None:
    assert {line.key for line in _all().values() if line.fits is Fit.ONE_THING} == {"stop_it_now"}
    for code in CODES:
        for before, part in pairwise(LIBRARY.support(code, "worried").parts):
            if any(line.fits is Fit.ONE_THING for line in part.lines):
                assert part.heading == "Only if it's about a child"
                assert not any(line.fits is Fit.ONE_THING for line in before.lines)


def test_where_findahelpline_is_the_only_entry_it_is_not_also_the_alternative() -> None:
    lines, otherwise = LIBRARY.support(None, "worried").parts
    assert [line.key for line in lines.lines] == ["findahelpline"]
    assert otherwise.text == "If it doesn't list one for you, you can still do something today."


def test_a_page_whose_helpline_takes_everyone_offers_no_alternative() -> None:
    page = LIBRARY.support("nz", "worried")
    assert _names(page) == ["safe_to_talk", "family_line", "hey_bro", "findahelpline"]
    assert not any(part.text for part in page.parts)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("topic", ["hurt", "told"])
def test_a_page_with_helplines_for_the_hurt_says_what_to_do_if_none_of_them_fits(
    code: str, topic: str
) -> None:
    """Some helplines are only for women, only for one province or only open in office hours."""
    own = bool(LIBRARY.country(code).behind(SupportTopic(topic))) and code != "world"
    said = [part.text for part in LIBRARY.support(code, topic).further]
    assert any(text.startswith("If none of the helplines above is for you") for text in said) == own


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
    assert "999 or 112" in uk.intro
    assert _names(LIBRARY.under_18("us")) == [
        "rainn",
        "dv_hotline",
        "trans_lifeline",
        "whats_ok",
        "findahelpline",
    ]
    assert _names(LIBRARY.under_18("se")) == ["kvinnofrid", "men", "trans", "findahelpline"]
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
        ("us.trans_lifeline", datetime(2026, 11, 24, 1, 59, tzinfo=UTC), None),
        ("us.call_for_change", datetime(2026, 11, 22, 14, 59, tzinfo=UTC), False),
        ("us.call_for_change", datetime(2026, 11, 22, 15, 0, tzinfo=UTC), True),
        ("ca.alberta", datetime(2026, 11, 22, 15, 0, tzinfo=UTC), None),
    ],
)
def test_opening_hours_are_computed_in_the_time_zone_of_the_helpline(
    key: str, moment: datetime, is_open: bool | None
) -> None:
    assert _all()[key].hours.open_at(moment) is is_open
