"""The card beside what somebody typed: for each matter a sentence, and where its button leads."""

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
"""What somebody can be asked to hear out loud; where a minor is part of it, nobody is."""


def alongside(
    texts: AlongsideTexts,
    support: SupportTexts,
    matters: Sequence[Matter],
    country: Country,
    server: ServerId,
) -> Card:
    """The one that was pressed stays, and what it says stays true."""
    talk = bool(ALOUD & {*matters}) and Matter.MINOR not in matters
    said = texts.card(matters, country.emergency, talk=talk)
    aloud = [Button(strings.TALK, to("talks.open", str(server)))] if talk else []
    small = [whose(country)] if Matter.DANGER in matters else []
    return Card(
        said.title,
        said.body,
        rows=(_topics(support, matters, country), aloud),
        small="\n".join((*small, texts.closing)),
    ).within(country.code)


def _topics(support: SupportTexts, matters: Sequence[Matter], country: Country) -> list[Button]:
    """Return buttons that lead to different pages: Discord refuses a card with one custom_id twice."""
    now = {Matter.SUICIDE: support.myself.title, Matter.DANGER: support.now.title}
    right_now = [title for matter, title in now.items() if matter in matters][:1]
    topics = [Button(title, to("support.door", country.code, SupportTopic.NOW)) for title in right_now]
    if Matter.MINOR in matters:
        topics.append(Button(support.under_18.title, to("support.under18", country.code)))
    if Matter.FORCE in matters:
        topics.append(Button(support.hurt.title, to("support.door", country.code, SupportTopic.HURT)))
        topics.append(Button(support.worried.title, to("support.door", country.code, SupportTopic.WORRIED)))
    return topics
