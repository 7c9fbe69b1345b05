"""A door and a country make a page: lines that are for it, and an honest sentence where there is none."""

from collections.abc import Iterator

from bot.content.lines import Country, Fit, Part, SupportPage, SupportTopic
from bot.content.texts import Opening, Support


def page(texts: Support, country: Country, world: Country, door: SupportTopic) -> SupportPage:
    """The page behind one door."""
    if door is SupportTopic.NOW:
        return _bound(texts, _opening(texts, door), country, door, _now(texts, country, world))
    own = _worried(texts, country, world) if door is SupportTopic.WORRIED else _hurt(texts, country, door)
    parts = (*own, *_anywhere(texts, country, world, door))
    return _bound(texts, _opening(texts, door), country, door, parts)


def under_18(texts: Support, country: Country, world: Country) -> SupportPage:
    """Lines that take a call from or about someone under 18, those made for the young first."""
    hurt = sorted(country.behind(SupportTopic.HURT), key=lambda line: not line.young)
    own = [line for line in country.behind(SupportTopic.WORRIED) if line.young]
    lines = Part("", "" if hurt else texts.none_hurt, (*hurt, *own))
    parts = (lines, _danger(texts), *_anywhere(texts, country, world, SupportTopic.HURT))
    return _bound(texts, texts.under_18, country, SupportTopic.HURT, parts)


def _opening(texts: Support, door: SupportTopic) -> Opening:
    by_door = {
        SupportTopic.HURT: texts.hurt,
        SupportTopic.TOLD: texts.told,
        SupportTopic.WORRIED: texts.worried,
        SupportTopic.NOW: texts.now,
    }
    return by_door[door]


def _now(texts: Support, country: Country, world: Country) -> tuple[Part, ...]:
    own = country.behind(SupportTopic.NOW) or world.behind(SupportTopic.NOW)
    tonight = Part(texts.tonight.title, texts.tonight.intro)
    return Part(texts.myself.title, texts.myself.intro, own), tonight, _danger(texts)


def _danger(texts: Support) -> Part:
    return Part(texts.danger.title, texts.danger.intro)


def _worried(texts: Support, country: Country, world: Country) -> Iterator[Part]:
    """Lines for someone worried about an act of their own; never filled with lines for those hurt."""
    lines = country.behind(SupportTopic.WORRIED)
    main = tuple(line for line in lines if line.fits is not Fit.ONE_THING)
    yield Part("", "" if main else texts.none, main)
    if main and not any(line.fits is Fit.ANYONE for line in main):
        yield Part("", texts.otherwise_anywhere if country is world else texts.otherwise)
    if single := tuple(line for line in lines if line.fits is Fit.ONE_THING):
        yield Part(texts.one_thing.title, texts.one_thing.intro, single)


def _hurt(texts: Support, country: Country, door: SupportTopic) -> Iterator[Part]:
    lines = country.behind(door)
    yield Part("", "" if lines else texts.none_hurt, lines)


def _anywhere(texts: Support, country: Country, world: Country, door: SupportTopic) -> Iterator[Part]:
    """The page for everywhere, and after lines for whoever was hurt, when to go there."""
    if country is not world:
        after = door is not SupportTopic.WORRIED and country.behind(door)
        yield Part(texts.anywhere, texts.otherwise_hurt if after else "", world.behind(door))


def _bound(
    texts: Support, opening: Opening, country: Country, door: SupportTopic, parts: tuple[Part, ...]
) -> SupportPage:
    """The page with the country's own words in it, and no empty part."""

    def said(text: str) -> str:
        return text.replace("{country}", country.place).replace("{emergency}", country.emergency)

    filled = tuple(Part(part.heading, said(part.text), part.lines) for part in parts)
    kept = tuple(part for part in filled if part.text or part.lines)
    return SupportPage(country, door, opening.title, said(opening.intro), kept, texts.closing)
