"""The card for each Refusal of norms that moderators see."""

from bot.norms.errors import NoChannel, NoNorms, NormGone, NormUnwritten, NothingChanged, OverTaken
from bot.ui.components import Button, Card, Tone
from bot.ui.custom_id import to
from bot.ui.router import InteractionRouter
from cogs.manage.norms import strings
from cogs.manage.norms.cards import put
from cogs.manage.norms.cards.home import back


def explain(router: InteractionRouter) -> None:
    adopt = [
        Button(strings.ADOPT, to("manage.packs"), Tone.CHIEF),
        Button(strings.WRITE, to("manage.write")),
        back(),
    ]
    edit = [Button(strings.EDIT, to("manage.edit"), Tone.CHIEF), back()]
    look = [Button(strings.LOOK, to("manage.norms"), Tone.CHIEF)]
    router.explains(NoNorms, lambda _: Card(strings.NO_NORMS_TITLE, strings.NO_NORMS, rows=(adopt,)))
    router.explains(
        NothingChanged, lambda _: Card(strings.NOTHING_CHANGED_TITLE, strings.NOTHING_CHANGED, rows=(edit,))
    )
    router.explains(OverTaken, lambda _: Card(strings.OVER_TAKEN_TITLE, strings.OVER_TAKEN, rows=(look,)))
    router.explains(NormGone, lambda _: Card(strings.NORM_GONE_TITLE, strings.NORM_GONE, rows=(look,)))
    router.explains(NormUnwritten, lambda refused: _unwritten(refused.key))
    router.explains(NoChannel, lambda _: put.no_channel(put.MEMBERS))


def _unwritten(key: str) -> Card:
    again = Button(strings.EDIT if key else strings.WRITE, to("manage.write", key), Tone.CHIEF)
    return Card(strings.UNWRITTEN_TITLE, strings.UNWRITTEN, rows=([again, back()],))
