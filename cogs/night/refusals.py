"""The card for each Refusal of nights. The router adds what was typed."""

from bot.content.library import Library
from bot.nights import errors
from bot.ui.components import Card
from bot.ui.router import InteractionRouter
from cogs.night import strings
from cogs.night.own import cards


def explain(router: InteractionRouter, library: Library) -> None:
    router.explains(errors.NightOver, lambda _: cards.over(library.night.after.over))
    router.explains(errors.NoSuchHours, lambda _: Card(strings.HOURS_TITLE, strings.NO_SUCH_HOURS))
    router.explains(errors.NoSuchTime, lambda _: Card(strings.NO_TIME_TITLE, strings.HOME_PAST))
    router.explains(errors.NightFull, lambda _: Card(strings.FULL_TITLE, strings.FULL))
    router.explains(errors.InAnotherNight, lambda _: Card(strings.ONE_AT_A_TIME_TITLE, strings.ONE_AT_A_TIME))
    router.explains(errors.CardLocked, lambda _: Card(strings.CARD_LOCKED_TITLE, strings.CARD_LOCKED))
    router.explains(errors.Yourself, lambda _: Card(strings.YOURSELF_TITLE, strings.YOURSELF))
    router.explains(errors.NotAPerson, lambda _: Card(strings.A_BOT_TITLE, strings.A_BOT))
    router.explains(errors.OwnBoundary, lambda _: Card(strings.OWN_TITLE, strings.OWN_BOUNDARY, close=True))
    router.explains(
        errors.InvitationClosed,
        lambda _: Card(strings.INVITATION_CLOSED_TITLE, strings.INVITATION_CLOSED),
    )
    router.explains(errors.LookClosed, lambda _: Card(strings.LOOK_CLOSED_TITLE, strings.LOOK_CLOSED))
