"""Whatever writes to a table that names two people asks `may_meet` first.

A new table that names two people, and a new verb that writes to one, fail here until they are listed.
"""

import ast
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import Column, MetaData, String, Table

from bot.storage.ledger import Ledger
from bot.storage.schema import metadata
from tests.architecture.calls import Calls
from tests.architecture.test_ledgers import ledgers
from tests.architecture.tree import Source, sources, walked

RULE = {
    "bot.boundaries.service.Boundaries.may_meet",
    "bot.boundaries.service.Boundaries.may_meet_each",
}
TOGETHER = {
    "ties", "invitations", "askings", "talk_requests", "pairs", "pair_changes", "check_ins", "outbox",
    "path_companions", "path_invitations", "path_requests",
    "carryings",
    "night_members", "night_looks",
}  # fmt: skip
"""Tables whose rows bring something of one person to another."""
NOT_TOGETHER = {
    "asks": "whom a draft has picked is its asker's alone: askings are what is put to people",
    "pair_sides": "each writes their own half of a pair, which was put together before",
    "norm_notes": "a concern names its version, which a moderator put to everybody",
    "norm_stands": "what a member says to a version is counted, and shown to nobody",
    "norm_readers": "a member tells those who moderate, by name, and may untick any; one with whom they set a"
    " boundary is not ticked to begin with. They are there for all, and a word that looked sent and was held"
    " back would leave somebody waiting who needed to be heard",
    "report_readers": "as in norm_readers: those who moderate read a report, if its reporter has ticked them",
    "path_commitments": "their owner's words under their own path. A companion reads them as of `hushed_at`",
    "path_votes": "what a companion says is counted, and shown to nobody",
    "path_answers": "what somebody is asked after a meeting is their own. What they tell goes by the outbox",
    "bars": "it names the moderator who proposed it, and brings nothing to anybody",
}
"""Other tables that name two people, and why the rule does not apply to them."""
ENDS = {
    "bot.asks.answering.Answering.beyond",
    "bot.asks.answering.Answering.cannot",
    "bot.asks.between.Between.take_back",
    "bot.asks.lifecycle.AskLifecycle.on_parted",
    "bot.asks.lifecycle.AskLifecycle.on_rested",
    "bot.asks.lifecycle.AskLifecycle.on_tie_ended",
    "bot.asks.lifecycle.AskLifecycle.on_under_18",
    "bot.asks.timer_handlers.AskTimers.hear_beyond",
    "bot.asks.timer_handlers.AskTimers.part",
    "bot.nights.company.Company.decline",
    "bot.nights.company.Company.leave",
    "bot.nights.company.Company.refuse_for_good",
    "bot.nights.lifecycle.NightLifecycle.on_parted",
    "bot.nights.lifecycle.NightLifecycle.on_rested",
    "bot.nights.lifecycle.NightLifecycle.on_server_for_minors",
    "bot.nights.lifecycle.NightLifecycle.on_under_18",
    "bot.nights.looking.Looking.decline",
    "bot.nights.looking.Looking.stop",
    "bot.nights.looking.Looking.take_back",
    "bot.nights.timer_handlers.NightTimers.part",
    "bot.pairs.lifecycle.PairLifecycle.on_parted",
    "bot.pairs.lifecycle.PairLifecycle.on_server_for_minors",
    "bot.pairs.lifecycle.PairLifecycle.on_under_18",
    "bot.pairs.proposals.Proposals.take_back",
    "bot.pairs.service.Pairs.end",
    "bot.pairs.timer_handlers.PairTimers.end",
    "bot.pairs.timer_handlers.PairTimers.lapse",
    "bot.pairs.timer_handlers.PairTimers.part",
    "bot.pairs.timer_handlers.PairTimers.resume",
    "bot.paths.beside.Beside.leave",
    "bot.paths.beside.Beside.remove",
    "bot.paths.invitations.PathInvitations.take_back",
    "bot.paths.lifecycle.PathLifecycle.on_parted",
    "bot.paths.lifecycle.PathLifecycle.on_server_for_minors",
    "bot.paths.lifecycle.PathLifecycle.on_server_forgotten",
    "bot.paths.lifecycle.PathLifecycle.on_under_18",
    "bot.paths.steps.Steps.end",
    "bot.paths.timer_handlers.PathTimers.destroy",
    "bot.paths.timer_handlers.PathTimers.forget",
    "bot.paths.timer_handlers.PathTimers.lapse",
    "bot.paths.timer_handlers.PathTimers.meet",
    "bot.paths.timer_handlers.PathTimers.part",
    "bot.paths.timer_handlers.PathTimers.stop_waiting",
    "bot.pods.invitations.Invitations.take_back",
    "bot.pods.lifecycle.PodLifecycle.on_parted",
    "bot.pods.lifecycle.PodLifecycle.on_under_18",
    "bot.pods.service.Pods.leave",
    "bot.pods.timer_handlers.PodTimers.lapse",
    "bot.pods.timer_handlers.PodTimers.part",
    "bot.talks.lifecycle.TalkLifecycle.on_parted",
    "bot.talks.lifecycle.TalkLifecycle.on_rested",
    "bot.talks.lifecycle.TalkLifecycle.on_under_18",
    "bot.talks.timer_handlers.TalkTimers.lapse",
    "bot.talks.timer_handlers.TalkTimers.part",
    "bot.terms.carriers.Carriers.withdraw",
    "bot.terms.carrying.CarrierSide.hand_back",
    "bot.terms.lifecycle.TermsLifecycle.on_parted",
    "bot.terms.lifecycle.TermsLifecycle.on_server_for_minors",
    "bot.terms.lifecycle.TermsLifecycle.on_server_forgotten",
    "bot.terms.lifecycle.TermsLifecycle.on_under_18",
    "bot.terms.service.Terms.keep",
    "bot.terms.service.Terms.remove",
    "bot.terms.timer_handlers.TermsTimers.forget",
    "bot.terms.timer_handlers.TermsTimers.go",
    "bot.terms.timer_handlers.TermsTimers.lapse",
    "bot.terms.timer_handlers.TermsTimers.part",
}
"""These only end something, in the same way with or without a boundary between the two."""
HOLDS_BACK = {
    "bot.asks.lifecycle.AskLifecycle.on_boundary",
    "bot.nights.lifecycle.NightLifecycle.on_boundary",
    "bot.pairs.lifecycle.PairLifecycle.on_boundary",
    "bot.paths.lifecycle.PathLifecycle.on_boundary",
    "bot.pods.lifecycle.PodLifecycle.on_boundary",
    "bot.talks.lifecycle.TalkLifecycle.on_boundary",
    "bot.terms.lifecycle.TermsLifecycle.on_boundary",
}
"""These handle a new boundary: they write `held` into what is open between the two."""
AS_HELD = {
    "bot.paths.invitations.PathInvitations.decline",
    "bot.paths.invitations.PathInvitations.refuse_for_good",
    "bot.asks.timer_handlers.AskTimers.remind",
    "bot.asks.answering.Answering.answer",
    "bot.asks.answering.Answering.danger",
    "bot.asks.answering.Answering.read",
    "bot.asks.service.Asks._tell",
    "bot.asks.service.Asks.more_time",
    "bot.asks.service.Asks.read",
    "bot.pairs.sharing.Sharing.shared",
    "bot.talks.service.Talks.show",
    "bot.talks.service.Talks.take_back",
    "bot.talks.service.Talks.tell",
    "bot.talks.timer_handlers.TalkTimers.follow",
    "bot.terms.carriers.Carriers.see_what_came",
    "bot.terms.carrying.CarrierSide.read",
}
"""These follow the stored `held`, which stays as it was written even if the boundary is lifted."""
ONES_OWN = {
    "bot.nights.timer_handlers.NightTimers.home",
    "bot.asks.answering.Answering.keep",
    "bot.pairs.changes.Changes.begin",
    "bot.pairs.changes.Changes.choose",
    "bot.pairs.checking.CheckIns.ask_tonight",
    "bot.pairs.checking.CheckIns.keep",
    "bot.pairs.checking.CheckIns.mark",
    "bot.pairs.checking.CheckIns.note",
    "bot.pairs.timer_handlers.PairTimers.ask",
    "bot.pairs.proposals.Proposals.choose",
    "bot.paths.beside.Beside.stay",
}
"""What these write is not shown to the other person: an unsent answer, an unshared note, a draft."""


LEFT_OUT = ("bot/demo/", "bot/ui/", "bot/storage/")
WINGS = tuple(one for one in sources("bot") if not one.path.startswith(LEFT_OUT))


# -- which tables name two people -----------------------------------------------------------------------


def of_two(tables: MetaData, kept: Sequence[Ledger]) -> set[str]:
    """Return the tables that name two people, in two columns or in one column and a row they belong to."""
    persons = {ledger.table: set(ledger.subjects) for ledger in kept}
    found = {name for name, whose in persons.items() if len(whose) > 1}
    for name, table in tables.tables.items():
        belongs = {belongs_to(column, tables) for column in table.columns}
        if persons.get(name) and any(persons.get(other) for other in belongs - {name, ""}):
            found.add(name)
    return found - {"boundaries"}


def belongs_to(column: Column[object], tables: MetaData) -> str:
    """Return the table whose row the column names: by a foreign key, or as `ask` names a row of `asks`."""
    for key in column.foreign_keys:
        return str(key.column.table.name)
    many = f"{column.name}s"
    if not isinstance(column.type, String):
        return ""
    return next((name for name in tables.tables if name == many or name.endswith(f"_{many}")), "")


def test_every_table_that_names_two_people_is_accounted_for() -> None:
    assert of_two(metadata, list(ledgers())) == TOGETHER | NOT_TOGETHER.keys()


@pytest.mark.parametrize("columns", [("one", "two"), ("guest", "night")])
def test_a_new_table_that_names_two_people_is_found(columns: tuple[str, str]) -> None:
    tables = MetaData()
    Table("nights", tables, Column("id", String, primary_key=True), Column("host", String))
    Table("guests", tables, Column("id", String, primary_key=True), *(Column(one, String) for one in columns))
    whose = columns if "one" in columns else columns[:1]
    kept = [Ledger("nights", ("host",), (), ("id",)), Ledger("guests", whose, (), ())]

    assert of_two(tables, kept) == {"guests"}


# -- which verbs write to them --------------------------------------------------------------------------


def writers(source: Source) -> Iterator[tuple[str, str]]:
    """Yield (function, table) if statements of the function, or constants it names, write to the table."""
    module = source.path.removesuffix(".py").replace("/", ".")
    constants: dict[str, set[str]] = {}
    for part in source.tree().body:
        if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name):
            constants[part.targets[0].id] = written(part.value, constants)
    for node in walked(source.tree()):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from ((f"{module}.{node.name}", table) for table in written(node, constants))


def written(part: ast.AST, constants: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    for node in walked(part):
        match node:
            case ast.Call(func=ast.Name(id="insert" | "upsert" | "update"), args=[ast.Name(id=table), *_]):
                found.add(NAMES.get(table, table))
            case ast.Name(id=name):
                found |= constants.get(name, set())
    return found


NAMES = {"requests": "talk_requests", "changes": "pair_changes"}
"""The names of tables in their modules, if they differ from the names in the database."""


def tells_of_another(calls: Calls) -> Iterator[str]:
    """Yield functions that tell one person about another: `outbox.tell(..., other=...)` and similar."""
    for name, function in calls.functions.items():
        for node in walked(function):
            match node:
                case ast.Call(func=ast.Attribute(attr="tell" | "to"), keywords=keywords):
                    if any(one.arg == "other" and not _nobody(one.value) for one in keywords):
                        yield name


def _nobody(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def entries(calls: Calls) -> Iterator[str]:
    """Yield verbs, which begin transactions, and handlers of timers and events, called inside one."""
    for name, function in calls.functions.items():
        if any(isinstance(one, ast.Name) and one.id == "writes" for one in function.decorator_list):
            yield name
        for node in walked(function):
            match node:
                case ast.Call(func=ast.Name(id="on" | "due"), args=args) if name.startswith("bot.wiring."):
                    yield from (calls.named_by(arg, name) for arg in args[1:])


def forgetful(files: Sequence[Source]) -> set[str]:
    """Return verbs that write to a table of two people and never ask whether the two may meet."""
    calls = Calls(files)
    puts = {function for one in files for function, table in writers(one) if table in TOGETHER - {"outbox"}}
    puts |= {name for name in tells_of_another(calls) if not name.startswith("bot.delivery.")}
    return {
        name for name in entries(calls) if calls.leads_to(name) & puts and not calls.leads_to(name) & RULE
    }


FORGETFUL = forgetful(WINGS)


def test_every_verb_that_puts_two_people_together_asks_whether_they_may_meet() -> None:
    assert FORGETFUL == ENDS | HOLDS_BACK | AS_HELD | ONES_OWN


ASK = "_boundaries.may_meet"


@pytest.mark.parametrize("path", [one.path for one in WINGS if ASK in one.text])
def test_a_file_that_stops_asking_whether_two_may_meet_is_found(path: str) -> None:
    """Whichever file stops asking, the check finds a verb that has forgotten it."""
    files = [
        Source(one.path, one.text.replace(ASK, "_boundaries.forgotten") if one.path == path else one.text)
        for one in WINGS
    ]

    assert forgetful(files) - FORGETFUL


def test_a_new_verb_that_does_not_ask_is_found() -> None:
    new = """
from bot.pods import store
from bot.storage.transaction import writes

class Matching:
    @writes
    async def match(self, tx, one, other, now):
        await store.add_tie(tx, one)
"""

    assert forgetful([*WINGS, Source("bot/pods/matching.py", new)]) - FORGETFUL == {
        "bot.pods.matching.Matching.match"
    }


@pytest.mark.parametrize("slice", sorted({one.path.split("/")[1] for one in WINGS if ASK in one.text}))
def test_every_slice_that_puts_people_together_handles_boundaries_and_partings(slice: str) -> None:
    text = "".join(one.text for one in WINGS if one.path.startswith(f"bot/{slice}/"))

    assert "event: BoundarySet)" in text
    assert "event: PersonParted)" in text
