"""Every refusal, button, timer and kind of message has a handler, and help is on every card."""

import ast
import importlib
import pkgutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

import cogs
from bot.app import Plumbline, build
from bot.demo.client.screen import Screen
from bot.errors import NotYours, Refusal
from bot.privacy import strings
from bot.settings import Settings
from bot.ui.custom_id import CustomId
from tests.architecture.test_answers import lineage, refusals, told
from tests.architecture.tree import Source, sources
from tests.system.conftest import walking
from tests.system.journeys import SAID
from tests.system.walk import Walk
from tests.system.walk_record import Record

SUPPORT = "v1:support.open:"


@pytest.fixture
async def plumbline(tmp_path: Path) -> AsyncIterator[Plumbline]:
    async with build(Settings(_env_file=None, state_dir=tmp_path)) as built:
        await built.load_cogs()
        yield built


# -- refusals ---------------------------------------------------------------------------------------


def all_refusals() -> set[type[Refusal]]:
    """Return the refusals of the services and those of the cogs."""
    for module in pkgutil.walk_packages(cogs.__path__, "cogs."):
        importlib.import_module(module.name)
    found, pending = set(refusals()), [Refusal]
    while pending:
        below = [
            one for one in pending.pop().__subclasses__() if one.__module__.startswith(("bot.", "cogs."))
        ]
        found.update(below)
        pending.extend(below)
    return found


async def test_every_refusal_is_explained_and_none_borrows_the_sentence_of_not_yours(
    plumbline: Plumbline,
) -> None:
    """A subclass of NotYours would get the sentence of NotYours without anybody having chosen it."""
    explained = plumbline.services.router.explained
    mute = {one for one in all_refusals() if not any(map(explained, lineage(one)))}
    borrowed = {one for one in all_refusals() if issubclass(one, NotYours) and not explained(one)}
    assert not {*mute, *borrowed}


# -- buttons, forms, timers, messages ------------------------------------------------------------------


def test_everything_that_the_walk_was_shown_has_a_handler(record: Record) -> None:
    routes = {one: CustomId.read(one) for one in custom_ids([one.json for one in record.requests])}
    lost = [id for id, route in routes.items() if route is None or route.verb not in record.verbs]
    assert len(routes) > 100
    assert not lost


OF_EARLIER_VERSIONS = {"pods.removing", "pods.leaving"}
"""Verbs that are shown no longer, but stand on cards of earlier versions. Their own tests press them."""


def test_the_walk_was_shown_every_verb(record: Record) -> None:
    """A verb that was never shown has not been tested here."""
    seen = {CustomId.read(one) for one in custom_ids([one.json for one in record.requests])}
    missed = record.verbs - {route.verb for route in seen if route is not None}
    assert missed == OF_EARLIER_VERSIONS


async def test_every_kind_of_timer_has_a_handler(plumbline: Plumbline) -> None:
    kinds = {kind for one in sources("bot") for kind in put(one)}
    assert len(kinds) >= 16
    assert not kinds - plumbline.services.agenda._handlers.keys()


async def test_every_kind_of_message_is_rendered_and_opens(plumbline: Plumbline) -> None:
    kinds = {kind for one in sources("bot") for kind in (*told(one), *named_kinds(one))}
    assert len(kinds) >= 27
    assert not plumbline.services.dm_gateway.unrendered(kinds)
    assert not kinds - plumbline.services.inbox.kinds


async def test_an_export_says_of_every_kind_of_message_what_it_is_about(plumbline: Plumbline) -> None:
    assert {kind.partition(".")[0] for kind in plumbline.services.inbox.kinds} == strings.FEATURES.keys()


def put(source: Source) -> Iterator[str]:
    """Yield the kinds of timers that this module puts on the agenda, by name or in a loop."""
    for node in ast.walk(source.tree()):
        match node:
            case ast.Call(func=ast.Attribute(attr="put" | "put_all"), args=[_, ast.Name(id=name), *_]):
                names = [name, *_gone_through(source, name)]
                yield from (kind for one in names if isinstance(kind := constant(source, one), str))


def _gone_through(source: Source, name: str) -> Iterator[str]:
    """Return the names in a loop such as `for kind, at in ((ASK, next_at), (GO, goes_at))`."""
    for loop in ast.walk(source.tree()):
        if isinstance(loop, ast.For) and name in _names(loop.target):
            yield from _names(loop.iter)


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def named_kinds(source: Source) -> tuple[str, ...]:
    """Return the kinds of messages that a slice names as its own."""
    named = any(isinstance(one, ast.Name) and one.id == "KINDS" for one in ast.walk(source.tree()))
    kinds = constant(source, "KINDS") if named else ()
    return kinds if isinstance(kinds, tuple) else ()


def constant(source: Source, name: str) -> object:
    return getattr(importlib.import_module(source.path.removesuffix(".py").replace("/", ".")), name, None)


# -- help on every card -----------------------------------------------------------------------------


def test_every_card_that_the_walk_was_shown_has_the_support_button(record: Record) -> None:
    """Only the cards of `/support` itself need no such button."""
    cards = [card for one in record.requests if (card := shown_card(one.path, one.json)) is not None]
    without = [card for card in cards if SUPPORT not in custom_ids(card) and not of_support(card)]
    assert len(cards) > 200
    assert not without


def shown_card(path: str, payload: Any) -> Any:
    """Return the card in an answer to an interaction, or None for a form, an announcement or a message."""
    if path.startswith("/webhooks/"):
        return payload
    if not path.endswith("/callback"):
        return None
    data = payload.get("data") or {}
    return data if payload["type"] in (4, 7) and data.get("components") else None


def of_support(card: Any) -> bool:
    return any(one.startswith("v1:support.") for one in custom_ids(card))


def custom_ids(part: Any) -> set[str]:
    if isinstance(part, list):
        return {id for one in part for id in custom_ids(one)}
    if isinstance(part, dict):
        here = {part["custom_id"]} if str(part.get("custom_id", "")).startswith("v1:") else set()
        return here | {id for one in part.values() for id in custom_ids(one)}
    return set()


async def test_support_works_for_anyone_anywhere_with_the_database_gone(tmp_path: Path) -> None:
    async with walking(tmp_path) as walk:
        before = await _cards_of_all_kinds(walk)
        await walk.demo.restart()
        for file in tmp_path.glob("plumbline.db*"):
            file.unlink()
        vars(walk.demo.bot.db).update(read=_gone, write=_gone)
        for card in before:
            support = await card.press("Support")
            assert "Which of these is closest?" in support
            assert "emergency" in await support.press("Right now")
        for name in ("ana", "gus"):
            for dm in (False, True):
                home = await walk.slash(name, "support", dm=dm)
                assert "Right now" in home.buttons
        del vars(walk.demo.bot.db)["read"], vars(walk.demo.bot.db)["write"]


async def _cards_of_all_kinds(walk: Walk) -> list[Screen]:
    """Return cards from the server and from direct messages, also of somebody who does not use the bot."""
    kinds = await walk.press(await walk.slash("ana", "ask"), "Continue, I'm 18+")
    preview = await walk.submit(await walk.choose(kinds, SAID), **walk.typed("an ask"))
    return [
        preview,
        await walk.slash("ana", "inbox", dm=True),
        await walk.slash("ben", "settings"),
        await walk.slash("gus", "help", dm=True),
        await walk.demo.forge(await walk("gus"), "v1:asks.send:AAAAAAAAAAAAAAAA"),
    ]


async def _gone(_verb: object) -> Any:
    raise ConnectionError
