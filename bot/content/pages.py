"""Make a page of `/support` for a topic and a country: its helplines, or a sentence that there are none."""

from collections.abc import Iterator

from msgspec.structs import replace

from bot.content.helplines import Country, Fit, SupportPage, SupportPart, SupportTopic
from bot.content.texts import Opening, SupportTexts


def page(texts: SupportTexts, country: Country, world: Country, topic: SupportTopic) -> SupportPage:
    """Return the page for one topic."""
    opening = _opening(texts, topic)
    if topic is SupportTopic.NOW:
        own = country.behind(topic) or world.behind(topic)
        myself = SupportPart(texts.myself.title, texts.myself.intro, own)
        danger = SupportPart(texts.danger.title, texts.danger.intro)
        return _bound(texts, opening, country, topic, (danger, myself), tuple(_after_suicide(texts)))
    worried = topic is SupportTopic.WORRIED
    parts = tuple(_worried(texts, country, world) if worried else _hurt(texts, country, topic))
    further = (*_anywhere(texts, country, world, topic), SupportPart("", opening.today))
    opening = _calling(texts, opening, country, world, listed=bool(country.behind(topic)))
    return _bound(texts, opening, country, topic, parts, further)


def under_18(texts: SupportTexts, country: Country, world: Country) -> SupportPage:
    """Return the page with helplines for or about people under 18, those made for young people first."""
    hurt = sorted(country.behind(SupportTopic.HURT), key=lambda line: not line.young)
    own = [line for line in country.behind(SupportTopic.WORRIED) if line.young]
    lines = SupportPart("", "" if hurt else texts.none_hurt, (*hurt, *own))
    today = SupportPart("", texts.under_18.today)
    further = (*_anywhere(texts, country, world, SupportTopic.HURT), today)
    opening = _calling(texts, texts.under_18, country, world, listed=bool(lines.lines))
    return _bound(texts, opening, country, SupportTopic.HURT, (lines,), further)


def _opening(texts: SupportTexts, topic: SupportTopic) -> Opening:
    by_topic = {
        SupportTopic.HURT: texts.hurt,
        SupportTopic.TOLD: texts.told,
        SupportTopic.WORRIED: texts.worried,
        SupportTopic.NOW: texts.now,
    }
    return by_topic[topic]


def _calling(
    texts: SupportTexts, opening: Opening, country: Country, world: Country, *, listed: bool
) -> Opening:
    """Return the opening with what is said above helplines, if any of the country's follow.

    For any country, only a page with lists of helplines follows, so nothing is said about "the people below".
    """
    call = texts.listing if country is world else opening.call if listed else ""
    return replace(opening, intro="\n\n".join(text for text in (opening.intro, call) if text))


def _after_suicide(texts: SupportTexts) -> Iterator[SupportPart]:
    """Yield what follows the lines about suicide: tonight, and a friend. Both have the emergency number."""
    yield SupportPart(texts.tonight.title, texts.tonight.intro)
    yield SupportPart(texts.friend.title, texts.friend.intro)


def _worried(texts: SupportTexts, country: Country, world: Country) -> Iterator[SupportPart]:
    """Yield the parts for people who worry about what they did; no helplines for people who were hurt."""
    lines = country.behind(SupportTopic.WORRIED)
    main = tuple(line for line in lines if line.fits is not Fit.ONE_THING)
    yield SupportPart("", "" if main else texts.none, main)
    if main and not any(line.fits is Fit.ANYONE for line in main):
        yield SupportPart("", texts.otherwise_anywhere if country is world else texts.otherwise)
    if single := tuple(line for line in lines if line.fits is Fit.ONE_THING):
        yield SupportPart(texts.one_thing.title, texts.one_thing.intro, single)


def _hurt(texts: SupportTexts, country: Country, topic: SupportTopic) -> Iterator[SupportPart]:
    lines = country.behind(topic)
    yield SupportPart("", "" if lines else texts.none_hurt, lines)


def _anywhere(
    texts: SupportTexts, country: Country, world: Country, topic: SupportTopic
) -> Iterator[SupportPart]:
    """Yield the international helplines, and after those for people who were hurt, when to use them."""
    if country is not world:
        after = topic is not SupportTopic.WORRIED and country.behind(topic)
        yield SupportPart(texts.anywhere, texts.otherwise_hurt if after else "", world.behind(topic))


def _bound(
    texts: SupportTexts,
    opening: Opening,
    country: Country,
    topic: SupportTopic,
    parts: tuple[SupportPart, ...],
    further: tuple[SupportPart, ...],
) -> SupportPage:
    """Return the page with the country's own words filled in, and without empty parts."""

    def said(text: str) -> str:
        return text.replace("{country}", country.place).replace("{emergency}", country.emergency)

    def kept(all_parts: tuple[SupportPart, ...]) -> tuple[SupportPart, ...]:
        filled = (SupportPart(part.heading, said(part.text), part.lines) for part in all_parts)
        return tuple(part for part in filled if part.text or part.lines)

    intro = said(opening.intro)
    return SupportPage(country, topic, opening.title, intro, kept(parts), texts.closing, kept(further))
