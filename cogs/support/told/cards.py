"""The cards of `/told`. Their buttons hold all that they depend on: a topic, a tab and a country."""

from bot.content.helplines import Country
from bot.content.texts import Turn
from bot.content.told import TABS, Hearing, Told
from bot.ui.components import Button, Card, Tone
from bot.ui.custom_id import to
from cogs.shared.support.cards import whose
from cogs.support.told import strings

_MOVED = {("hurt", "friend"): ("friend", "now")}
"""What was a tab of another topic in version 0.1. Its buttons still work."""


def home(told: Told, country: Country, young: str) -> Card:
    """Show the four topics, one below the other, because their names are long and phones are narrow.

    young: the label of the button to help where somebody under 18 is involved.
    """
    rows = [
        (Button(topic.label, to("told.page", at(topic, TABS[0]), country.code)),) for topic in told.topics
    ]
    rows.append((Button(young, to("support.under18", country.code)),))
    card = Card(told.card.title, told.card.body, rows=rows, small=strings.NOTHING_KEPT, close=True)
    return card.within(country.code)


def page(told: Told, topic: Hearing, tab: Turn, country: Country) -> Card:
    """Show one tab of a topic, with the other tabs beside it. A number is shown with its country.

    The tab about a friend who did it leads to the one about the person who was hurt, with what is urgent.
    """
    shown = tab.card.filled(emergency=f"**{country.emergency}**")
    tabs = [
        Button(
            one.label,
            to("told.page", at(topic, one.key), country.code),
            Tone.CHIEF if one is tab else Tone.QUIET,
        )
        for one in topic.tabs
    ]
    back = Button(strings.BACK, to("told.home", country.code))
    hurt = told.topic("hurt")
    theirs = Button(hurt.label, to("told.page", at(hurt, TABS[0]), country.code))
    leads = [(theirs,)] if (topic.key, tab.key) == ("friend", TABS[0]) else []
    small = f"{topic.label}\n{whose(country)}" if tab.card.needs else topic.label
    card = Card(shown.title, shown.body, rows=(*leads, tabs, (back,)), small=small, close=True)
    return card.within(country.code)


def at(topic: Hearing, tab: str) -> str:
    """Return the argument of a custom_id that leads there. `place` reads it."""
    return f"{topic.key}-{tab}"


def place(argument: str) -> tuple[str, str]:
    """Return the topic and the tab that an argument names, whether or not they exist."""
    topic, _, tab = argument.partition("-")
    return _MOVED.get((topic, tab), (topic, tab))
