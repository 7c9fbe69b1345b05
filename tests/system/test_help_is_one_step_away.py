"""Help is one step away, for everyone, from every card and every form that the walk was shown."""

import ast
import importlib
from pathlib import Path
from typing import Any

from bot.ui.custom_id import CustomId
from tests.architecture.tree import sources
from tests.system.conftest import walking
from tests.system.test_everything_is_registered import custom_ids
from tests.system.walk_record import Record

MODAL = 9
TEXT = 10
HOME, MYSELF = "Which of these is closest?", "I'm thinking about suicide"


def forms(record: Record) -> list[Any]:
    """Return every form that the walk was shown, as it was sent to Discord."""
    answers: list[Any] = [one.json for one in record.requests if one.path.endswith("/callback")]
    return [one["data"] for one in answers if one["type"] == MODAL]


def test_every_form_begins_with_the_sentence_that_names_support(record: Record) -> None:
    shown = forms(record)
    assert len({CustomId.read(one["custom_id"]) for one in shown}) > 20
    first = [one["components"][0] for one in shown]
    assert not [one for one in first if one["type"] != TEXT or "`/support`" not in one["content"]]


def test_every_form_made_in_the_code_is_given_a_sentence_that_names_support() -> None:
    """Forms from `data/` have it as `above`; any other form takes it from a `strings.py`, by name."""
    above = [
        (one.path, node.args[2])
        for one in sources("cogs")
        for node in ast.walk(one.tree())
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Form"
    ]
    lines = [(path, line.attr if isinstance(line, ast.Attribute) else "") for path, line in above]
    assert len(lines) >= 3
    own = [(path, name) for path, name in lines if name != "above"]
    assert not [(path, name) for path, name in own if "`/support`" not in said(path, name)]


def said(path: str, name: str) -> str:
    """Return the sentence of that name from the `strings.py` beside a module."""
    strings = importlib.import_module(f"{path.rpartition('/')[0].replace('/', '.')}.strings")
    return str(getattr(strings, name, ""))


async def test_every_support_button_opens_for_everyone_without_the_database(
    tmp_path: Path, record: Record
) -> None:
    """Press each `Support` button that was ever shown, after a restart, with the database gone."""
    shown = custom_ids([one.json for one in record.requests])
    leads = sorted(one for one in shown if one.startswith("v1:support.open:"))
    assert "v1:support.open:" in leads
    async with walking(tmp_path) as walk:
        await walk.demo.restart()
        for file in tmp_path.glob("plumbline.db*"):
            file.unlink()
        vars(walk.demo.bot.db).update(read=_gone, write=_gone)
        for name in ("ana", "gus", "hal"):
            for one in leads:
                home = await walk.demo.forge(await walk(name), one)
                assert HOME in home
                assert MYSELF in await home.press("Right now")
            private = await walk.slash(name, "support", dm=True)
            assert MYSELF in await private.press("Right now")
        del vars(walk.demo.bot.db)["read"], vars(walk.demo.bot.db)["write"]


async def _gone(_verb: object) -> Any:
    raise ConnectionError
