"""The card that each Refusal of norms becomes for moderators."""

from bot.norms.model import NoChannel, NoNorms, NothingChanged, OverTaken
from bot.ui.components import Button, Card, Tone
from bot.ui.custom_id import to
from bot.ui.router import InteractionRouter
from cogs.manage.norms import words
from cogs.manage.norms.cards import put
from cogs.manage.norms.cards.home import back


def explain(router: InteractionRouter) -> None:
    adopt = [
        Button(words.ADOPT, to("manage.packs"), Tone.CHIEF),
        Button(words.WRITE, to("manage.write")),
        back(),
    ]
    edit = [Button(words.EDIT, to("manage.edit"), Tone.CHIEF), back()]
    look = [Button(words.LOOK, to("manage.norms"), Tone.CHIEF)]
    router.explains(NoNorms, lambda _: Card(words.NO_NORMS_TITLE, words.NO_NORMS, rows=(adopt,)))
    router.explains(
        NothingChanged, lambda _: Card(words.NOTHING_CHANGED_TITLE, words.NOTHING_CHANGED, rows=(edit,))
    )
    router.explains(OverTaken, lambda _: Card(words.OVER_TAKEN_TITLE, words.OVER_TAKEN, rows=(look,)))
    router.explains(NoChannel, lambda _: put.no_channel(put.MEMBERS))
