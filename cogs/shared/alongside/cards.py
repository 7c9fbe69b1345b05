"""The card with more help: a sentence for each matter that a text may be about, and buttons to pages."""

from collections.abc import Sequence

from bot.content.guardrails import Matter
from bot.content.helplines import Country, SupportTopic
from bot.content.texts import AlongsideTexts, SupportTexts
from bot.ids import ServerId
from bot.ui.components import Button, Card
from bot.ui.custom_id import to
from cogs.shared.alongside import strings
from cogs.shared.support.cards import whose

ALOUD = {Matter.SUICIDE, Matter.FORCE}
"""The matters that a friend can be asked to hear in person, except where somebody under 18 is involved."""


def alongside(
    texts: AlongsideTexts,
    support: SupportTexts,
    matters: Sequence[Matter],
    country: Country,
    server: ServerId | None,
) -> Card:
    """Show more help. It is a card of its own, so the card that answers the press stays unchanged."""
    talk = server is not None and bool(ALOUD & {*matters}) and Matter.MINOR not in matters
    said = texts.card(matters, country.emergency, talk=talk)
    aloud = [Button(strings.TALK, to("talks.open", str(server)))] if talk else []
    small = [whose(country)] if Matter.DANGER in matters else []
    return Card(
        said.title,
        said.body,
        rows=(_topics(support, matters, country), aloud),
        small="\n".join((*small, texts.closing)),
        close=True,
    ).within(country.code)


def _topics(support: SupportTexts, matters: Sequence[Matter], country: Country) -> list[Button]:
    """Return buttons to different pages, because Discord refuses a card that has the same custom_id twice."""
    now = {Matter.SUICIDE: support.myself.title, Matter.DANGER: support.now.title}
    right_now = [title for matter, title in now.items() if matter in matters][:1]
    topics = [Button(title, to("support.door", country.code, SupportTopic.NOW)) for title in right_now]
    if Matter.MINOR in matters:
        topics.append(Button(support.under_18.title, to("support.under18", country.code)))
    if Matter.FORCE in matters:
        topics.append(Button(support.hurt.title, to("support.door", country.code, SupportTopic.HURT)))
        topics.append(Button(support.worried.title, to("support.door", country.code, SupportTopic.WORRIED)))
    return topics
