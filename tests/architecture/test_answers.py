"""Every button has a handler, and every message and every refusal has a sentence."""

import ast
import importlib
import pkgutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

import bot as wing
from bot.app import Plumbline, build
from bot.errors import Refusal
from bot.settings import Settings
from tests.architecture.tree import Source, sources


@pytest.fixture
async def plumbline(tmp_path: Path) -> AsyncIterator[Plumbline]:
    """Yield the whole bot with all its cogs, not logged in and without an open database."""
    built = build(Settings(_env_file=None, state_dir=tmp_path))
    async with built:
        await built.load_cogs()
        yield built


async def test_every_refusal_has_its_sentence(plumbline: Plumbline) -> None:
    door = plumbline.services.router
    silent = [str(refusal) for refusal in refusals() if not any(map(door.explained, lineage(refusal)))]

    assert not silent


async def test_every_verb_that_a_button_leads_to_has_its_handler(plumbline: Plumbline) -> None:
    led = {verb for one in sources("bot", "cogs") for verb in led_to(one)}

    assert led
    assert not led - plumbline.services.router.verbs


async def test_every_kind_of_message_has_its_sentence(plumbline: Plumbline) -> None:
    kinds = {kind for one in sources("bot") for kind in told(one)}

    assert kinds
    assert not plumbline.services.dm_gateway.unrendered(kinds)


def refusals() -> Iterator[type[Refusal]]:
    """Import all modules that may define a Refusal, and yield every Refusal of ours."""
    for module in pkgutil.walk_packages(wing.__path__, "bot."):
        if not module.name.startswith(("bot.demo", "bot.storage.migrations", "bot.__main__")):
            importlib.import_module(module.name)
    pending: list[type[Refusal]] = [Refusal]
    while pending:
        below = [one for one in pending.pop().__subclasses__() if one.__module__.startswith("bot.")]
        pending.extend(below)
        yield from below


def lineage(refusal: type[Refusal]) -> list[type[Refusal]]:
    """Return the refusal and its bases without `Refusal`: a sentence for all of them would say nothing."""
    return [kind for kind in refusal.__mro__ if issubclass(kind, Refusal) and kind is not Refusal]


def led_to(source: Source) -> Iterator[str]:
    """Yield the verbs that `to` or `CustomId` gets, as a string or by a name."""
    for node in ast.walk(source.tree()):
        match node:
            case ast.Call(func=ast.Name(id="to" | "CustomId"), args=[ast.Constant(value=str(verb)), *_]):
                yield verb
            case ast.Call(func=ast.Name(id="to" | "CustomId"), args=[ast.Name(id=name), *_]):
                yield from _named(source, name)


def told(source: Source) -> Iterator[str]:
    """Yield the kinds of outbox message that this module tells and gives by a name."""
    for node in ast.walk(source.tree()):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            # outbox.tell(tx, person, KIND, ...) and OutboxMessage.to(person, KIND, ...)
            call = (node.func.attr, _owner(node.func.value))
            at = {("tell", "outbox"): 2, ("to", "OutboxMessage"): 1}.get(call)
            if at is not None and len(node.args) > at:
                for kind in ast.walk(node.args[at]):
                    if isinstance(kind, ast.Name | ast.Attribute):
                        yield from _named(source, ast.unparse(kind))
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "NoticeKind":
            yield from _named(source, ast.unparse(node.args[1]))


def _owner(node: ast.expr) -> str:
    """Return `outbox` for `self._outbox` and for `outbox`, and `OutboxMessage` for itself."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name.lstrip("_")
    return ""


def _named(source: Source, name: str) -> Iterator[str]:
    """Yield what a name such as `notifications.ASKED` means in this module, if it is a plain string."""
    value: object = importlib.import_module(source.path.removesuffix(".py").replace("/", "."))
    for part in name.split("."):
        value = getattr(value, part, None)
    if type(value) is str:
        yield value
