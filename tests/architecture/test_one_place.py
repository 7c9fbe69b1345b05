"""Things that are done in one place alone: naming people, finding a text blank, looking up a time zone.

And in no more threads than they need.
"""

import ast
import tomllib
from collections.abc import Iterator

import pytest

import bot
from tests.architecture.tree import ROOT, Source, sources, walked

THINGS = {
    "cogs/help/cards.py": {"server"},
    "cogs/manage/local/cards.py": {"one.name"},
    "cogs/manage/log/wording.py": {"entry.setting", "value"},
    "cogs/manage/norms/cards/edit.py": {"one.title"},
    "cogs/manage/norms/cards/packs.py": {"one.title"},
    "cogs/manage/norms/cards/waiting.py": {"server"},
    "cogs/manage/reminders/guilds.py": {"found.name"},
    "cogs/manage/reports/cards.py": {"server"},
    "cogs/manage/setup/cards/packs.py": {"one.about"},
    "cogs/me/boundary/cards.py": {"server"},
    "cogs/norms/cards/read.py": {"name", "norm.title", "seen.where"},
    "cogs/norms/wording.py": {"norm.title"},
    "cogs/pair/start/cards.py": {"server"},
    "cogs/pod/cards.py": {"name", "server"},
    "cogs/report/cards.py": {"server"},
    "cogs/terms/cards.py": {"server"},
}
"""What `plain.name` and `plain.option` show: servers, events, norms, packs, services and settings.

Each `name` here is that of a server.
"""
LABELS = "bot/ui/labels.py"
STRIPPED = {
    "bot/content/reading.py": "step.strip(']`')",
    "bot/content/texts.py": "question.strip()",
    "bot/settings.py": "text.strip()",
    "bot/storage/migrations/compare.py": "token.strip('\"')",
    "bot/storage/migrations/generate.py": "indent(code, '    ').strip()",
    "bot/ui/plain.py": "escaped(text[:cut]).strip('\\n')",
    "cogs/manage/norms/editing.py": "ctx.typed.get('question', '').strip()",
    "cogs/manage/norms/forms.py": "typed.get(key, '').strip()",
    "cogs/norms/cards/read.py": "f'{wording.state(put)} {wording.count(put)}'.strip()",
    "cogs/pair/cog.py": "typed.strip()",
    "cogs/pair/wording.py": "typed.strip()",
    "cogs/shared/stories/handlers.py": "story.story.strip()",
    "cogs/shared/zones.py": "text.strip()",
}
"""Where blanks around a text are cut off. Whether a text is blank is asked of `is_blank` alone."""


def calls(source: Source) -> Iterator[ast.Call]:
    yield from (node for node in walked(source.tree()) if isinstance(node, ast.Call))


def shown_by_plain(source: Source) -> set[str]:
    """Return what the file hands to `plain.name` and `plain.option`."""
    return {
        ast.unparse(call.args[0])
        for call in calls(source)
        if ast.unparse(call.func) in ("plain.name", "plain.option")
    }


def stripped(source: Source) -> set[str]:
    return {ast.unparse(call) for call in calls(source) if _strips(call)}


def asked_for_emptiness(source: Source) -> list[str]:
    """Return each place that asks whether a stripped text is empty."""
    found = []
    for node in walked(source.tree()):
        match node:
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
                tested = [test]
            case ast.UnaryOp(op=ast.Not(), operand=test):
                tested = [test]
            case ast.BoolOp(values=values):
                tested = values
            case ast.Call(func=ast.Name(id="bool" | "all" | "any"), args=args):
                tested = [one.elt if isinstance(one, ast.GeneratorExp) else one for one in args]
            case _:
                continue
        found += [ast.unparse(one) for one in tested if _strips(one)]
    return found


def _strips(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "strip"


def test_names_of_people_are_shown_by_their_labels_alone() -> None:
    found = {one.path: shown_by_plain(one) for one in sources("bot", "cogs") if one.path != LABELS}

    assert {path: shown for path, shown in found.items() if shown} == THINGS


def test_whatever_else_shows_a_name_is_found() -> None:
    new = Source(
        "cogs/new.py", "a = plain.name(shown.author, X)\nb = Option(plain.option(names.get(c), X), id)"
    )

    assert shown_by_plain(new) == {"shown.author", "names.get(c)"}


def test_labels_are_made_in_one_place() -> None:
    makers = {one.path for one in sources("bot", "cogs") if "bot.people.labels.Name" in one.imports()}

    # The two others show somebody of whom nothing is stored: as Discord calls them at that moment.
    assert makers == {"bot/people/service.py", "bot/ui/picked.py", "cogs/talk/cog.py"}


def test_whether_a_text_is_blank_is_asked_of_one_function() -> None:
    found = {one.path: stripped(one) for one in sources("bot", "cogs") if stripped(one)}

    assert found == {path: {text} for path, text in STRIPPED.items()}
    assert not [asked for one in sources("bot", "cogs") for asked in asked_for_emptiness(one)]


@pytest.mark.parametrize(
    "code", ["if not text.strip(): pass", "x = all(one.strip() for one in texts)", "x = a and b.strip()"]
)
def test_another_check_for_emptiness_is_found(code: str) -> None:
    assert asked_for_emptiness(Source("a.py", code))


def test_time_zones_are_looked_up_in_one_place() -> None:
    """In `bot/content` the names stand in our own data, which is checked at start."""
    found = [
        one.path
        for one in sources("bot", "cogs")
        for call in calls(one)
        if ast.unparse(call.func) == "ZoneInfo"
    ]

    assert set(found) == {"bot/scheduling/zones.py", "bot/content/helplines.py"}


DEFAULT_THREADS = {
    "bot/storage/migrate.py": "at the start, before there is a connection that could look up a name",
}
"""Where work is handed to asyncio's own threads, and why that holds nobody up.

They are few, and aiohttp looks up the names of hosts in them. Work that takes long has a thread of its own.
"""


def test_only_the_names_of_hosts_are_looked_up_in_the_threads_of_asyncio() -> None:
    used = {
        source.path
        for source in sources("bot", "cogs")
        for call in calls(source)
        if ast.unparse(call.func).endswith(".to_thread")
        or (ast.unparse(call.func).endswith(".run_in_executor") and ast.unparse(call.args[0]) == "None")
    }
    assert used == DEFAULT_THREADS.keys()


def test_the_version_in_the_code_is_the_projects() -> None:
    """The program says its own at each start. Reading it from the installed package takes longer."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert bot.__version__ == project["version"]
