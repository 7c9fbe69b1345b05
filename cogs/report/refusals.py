"""The card for each Refusal of reports that isn't for moderators alone, and for bars and quotas."""

from collections.abc import Callable

from bot.ids import ServerId
from bot.reports.errors import (
    Barred,
    NobodyReads,
    PassageGone,
    ReasonUnwritten,
    StartedTooMuch,
    TooManyDrafts,
)
from bot.ui import when
from bot.ui.components import Button, Card, Tone
from bot.ui.custom_id import to
from bot.ui.router import InteractionRouter
from cogs.report import cards, strings


def explain(router: InteractionRouter, server_name: Callable[[ServerId], str]) -> None:
    router.explains(ReasonUnwritten, lambda refused: cards.to_write(refused.report))
    router.explains(NobodyReads, lambda refused: cards.nobody(refused.report))
    router.explains(PassageGone, lambda refused: _gone(refused.report))
    router.explains(TooManyDrafts, lambda refused: _too_many(refused.limit))
    router.explains(Barred, lambda refused: _barred(refused, server_name(refused.server)))
    router.explains(StartedTooMuch, _too_much)


def _gone(report: str) -> Card:
    row = [Button(strings.OPEN_AGAIN, to("reports.draft", report))]
    return Card(strings.GONE_TITLE, strings.GONE, rows=(row,), close=True)


def _too_many(limit: int) -> Card:
    return Card(strings.TOO_MANY_TITLE.format(limit=limit), strings.TOO_MANY)


def _barred(refused: Barred, server: str) -> Card:
    """Say what they can't do, until when, and who they can talk to. What they typed stands below it."""
    row = [Button(strings.THINK, to("think.open"), Tone.CHIEF)]
    text = strings.BARRED.format(server=cards.server_name(server), until=when.day(refused.until))
    return Card(strings.BARRED_TITLE, text, rows=(row,))


def _too_much(refused: StartedTooMuch) -> Card:
    text = strings.TOO_MUCH_OF_TWO if refused.of_two else strings.TOO_MUCH
    row = [Button(strings.THINK, to("think.open"))]
    return Card(strings.TOO_MUCH_TITLE, text.format(at=when.moment(refused.at)), rows=(row,))
