"""The card for each Refusal of paths."""

from bot.paths import errors
from bot.paths.errors import CommitmentUnwritten, RequestUnwritten, TooManyCommitments, TooManyRequests
from bot.ui import when
from bot.ui.components import Card
from bot.ui.router import InteractionRouter
from cogs.path import strings
from cogs.path.beside import cards as beside
from cogs.path.own import cards as own


def explain(router: InteractionRouter) -> None:
    router.explains(errors.Yourself, lambda _: Card(strings.YOURSELF_TITLE, strings.YOURSELF))
    router.explains(errors.NotAPerson, lambda _: Card(strings.A_BOT_TITLE, strings.A_BOT))
    router.explains(errors.AlreadyCompanion, lambda _: Card(strings.ALREADY_TITLE, strings.ALREADY))
    router.explains(
        errors.OwnBoundary, lambda _: Card(strings.OWN_CHOICE_TITLE, strings.OWN_CHOICE, close=True)
    )
    router.explains(
        errors.CompanionsFull, lambda full: Card(strings.FULL_TITLE, strings.FULL.format(limit=full.limit))
    )
    router.explains(
        errors.InvitationClosed,
        lambda _: Card(strings.INVITATION_CLOSED_TITLE, strings.INVITATION_CLOSED),
    )
    router.explains(errors.AccompaniesAlready, lambda _: Card(strings.ONE_TITLE, strings.ONE))
    router.explains(
        errors.MemberTooShort,
        lambda short: Card(strings.SHORT_TITLE, strings.SHORT.format(at=when.day(short.at))),
    )
    router.explains(errors.PathClosed, lambda _: Card(strings.CLOSED_TITLE, strings.CLOSED_NOW))
    router.explains(CommitmentUnwritten, _commitment)
    router.explains(RequestUnwritten, lambda blank: beside.unwritten(blank.path, blank.kind))
    router.explains(
        TooManyCommitments,
        lambda many: Card(strings.TOO_MANY_TITLE.format(limit=many.limit), strings.TOO_MANY),
    )
    router.explains(
        TooManyRequests,
        lambda many: Card(
            strings.TOO_MANY_TITLE.format(limit=many.limit),
            strings.TOO_MANY_REQUESTS.format(limit=many.limit),
        ),
    )
    router.explains(
        errors.TooManyOfOwn,
        lambda many: Card(
            strings.TOO_MANY_TITLE.format(limit=many.limit), strings.TOO_MANY_OWN.format(limit=many.limit)
        ),
    )
    router.explains(
        errors.EnteredTooMuch,
        lambda much: Card(
            strings.ENTERED_TOO_MUCH_TITLE, strings.ENTERED_TOO_MUCH.format(at=when.moment(much.at))
        ),
    )
    router.explains(errors.TakesItOff, lambda off: beside.really(off.request, mine=off.mine))
    router.explains(errors.NotReadyYet, lambda _: Card(strings.NOT_READY_TITLE, strings.NOT_READY_YET))
    router.explains(errors.NoSuchDay, lambda _: Card(strings.NO_DAY_TITLE, strings.NO_DAY))
    router.explains(errors.NoSuchMeeting, lambda _: Card(strings.NO_DAY_TITLE, strings.NO_DAY))
    router.explains(errors.NoMeetings, lambda _: Card(strings.NO_MEETINGS_TITLE, strings.NO_MEETINGS))


def _commitment(blank: CommitmentUnwritten) -> Card:
    return own.unwritten(blank.path, blank.kind, blank.commitment)
