"""The cards of `/told`: their whole state is an entry, a tab and a country."""

from bot.content.helplines import Country
from bot.content.texts import Turn
from bot.content.told import TABS, Hearing, Told
from bot.ui.components import Button, Card, Tone
from bot.ui.custom_id import to
from cogs.shared.support.cards import whose
from cogs.support.told import strings


def home(told: Told, country: Country, young: str) -> Card:
    """Show the three entries one below the other: their names are long, and phones are narrow.

    `young`: the button to what there is where somebody under 18 is involved.
    """
    rows = [
        (Button(topic.label, to("told.page", at(topic, TABS[0]), country.code)),) for topic in told.topics
    ]
    rows.append((Button(young, to("support.under18", country.code)),))
    card = Card(told.card.title, told.card.body, rows=rows, small=strings.NOTHING_KEPT)
    return card.within(country.code)


def page(topic: Hearing, tab: Turn, country: Country) -> Card:
    """Show one tab of an entry, with the others beside it; a number comes with its country."""
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
    small = f"{topic.label}\n{whose(country)}" if tab.card.needs else topic.label
    return Card(shown.title, shown.body, rows=(tabs, (back,)), small=small).within(country.code)


def at(topic: Hearing, tab: str) -> str:
    """The argument that leads there; `place` reads it."""
    return f"{topic.key}-{tab}"


def place(argument: str) -> tuple[str, str]:
    """Return the entry and the tab that an argument names, whether they exist or not."""
    topic, _, tab = argument.partition("-")
    return topic, tab
