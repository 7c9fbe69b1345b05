"""A door and a country make a page: lines that are for it, and an honest sentence where there is none."""

from collections.abc import Iterator

from bot.guidance.lines import Country, Door, Fit, Line, Part, SupportPage
from bot.guidance.texts import Opening, Support


def page(texts: Support, country: Country, world: Country, door: Door) -> SupportPage:
    """The page behind one door; help with an act of one's own is never made up of lines for those hurt."""
    match door:
        case Door.NOW:
            parts = _now(texts, country, world)
        case Door.WORRIED:
            parts = _worried(texts, country)
        case _:
            parts = _hurt(texts, country, door)
    opening: Opening = getattr(texts, door.value)
    return _bound(texts, opening, country, door, (*parts, *_anywhere(texts, country, world, door)))


def under_18(texts: Support, country: Country, world: Country) -> SupportPage:
    """Lines that take a call from or about someone under 18, those made for the young first."""
    hurt = sorted(country.behind(Door.HURT), key=lambda line: not line.young)
    own = [line for line in country.behind(Door.WORRIED) if line.young]
    none = "" if hurt else texts.none_hurt
    parts = (Part("", none, tuple(hurt + own)), _danger(texts))
    return _bound(texts, texts.under_18, country, Door.HURT, (*parts, *_anywhere(texts, country, world, Door.HURT)))


def _now(texts: Support, country: Country, world: Country) -> tuple[Part, ...]:
    own = country.behind(Door.NOW) or world.behind(Door.NOW)
    return Part(texts.myself.title, texts.myself.intro, own), _danger(texts)


def _danger(texts: Support) -> Part:
    return Part(texts.danger.title, texts.danger.intro)


def _worried(texts: Support, country: Country) -> Iterator[Part]:
    lines = country.behind(Door.WORRIED)
    main = tuple(line for line in lines if line.fits is not Fit.ONE_THING)
    if not main:
        yield Part("", texts.none)
    else:
        anyone = any(line.fits is Fit.ANYONE for line in main)
        yield Part("", "", main)
        if not anyone:
            yield Part("", texts.otherwise)
    if single := tuple(line for line in lines if line.fits is Fit.ONE_THING):
        yield Part(texts.one_thing.title, texts.one_thing.intro, single)


def _hurt(texts: Support, country: Country, door: Door) -> Iterator[Part]:
    lines = country.behind(door)
    yield Part("", "" if lines else texts.none_hurt, lines)


def _anywhere(texts: Support, country: Country, world: Country, door: Door) -> Iterator[Part]:
    if door is not Door.NOW and country is not world:
        yield Part(texts.anywhere, "", world.behind(door))


def _bound(
    texts: Support, opening: Opening, country: Country, door: Door, parts: tuple[Part, ...]
) -> SupportPage:
    """The page with the country's own words in it."""

    def said(text: str) -> str:
        return text.replace("{country}", country.place).replace("{emergency}", country.emergency)

    filled = tuple(Part(part.heading, said(part.text), part.lines) for part in parts)
    kept = tuple(part for part in filled if part.text or part.lines)
    return SupportPage(country, door, opening.title, said(opening.intro), kept, texts.closing)
