"""The body of a revision: the code that leads from a file's schema to the one that the tables declare."""

from collections.abc import Iterable, Iterator
from textwrap import dedent, indent
from typing import Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData, TypeDecorator

from bot.storage.migrations.compare import Schema, declared, found, plain

_IN_PLACE = (ops.AddColumnOp, ops.CreateIndexOp, ops.DropIndexOp)
"""The operations that SQLite does without dropping the table and creating it again."""


class ByHand(Exception):
    """Something has to be written by hand. The message tells the developer what."""


def body(connection: Connection, tables: MetaData) -> str:
    """Return the statements of `upgrade`. Raises ByHand if they would not work for a file that holds rows.

    Triggers are dropped first and created last, because creating a table again loses its triggers.
    """
    has, wanted = found(connection), declared(tables)
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    steps = produce_migrations(context, tables).upgrade_ops
    assert steps is not None
    altered = [step for step in steps.ops if isinstance(step, ops.ModifyTableOps)]
    anew = {alter.table_name for alter in altered if not all(isinstance(op, _IN_PLACE) for op in alter.ops)}
    _refuse_columns_without_a_value(altered)
    steps.ops.extend(_conditions(steps, tables, has, wanted))
    for step in steps.ops:
        if isinstance(step, ops.CreateTableOp):
            step.info = {}  # Otherwise Alembic would write it, with the triggers, into the revision.
    code = render_python_code(steps, render_as_batch=True, render_item=_render, migration_context=context)
    drops, creates = _triggers(has, wanted, anew)
    seen = [line for line in dedent(f"    {code}").splitlines() if steps.ops and not line.startswith("# ###")]
    return "\n".join([*drops, *seen, *creates])


def _refuse_columns_without_a_value(altered: Iterable[ops.ModifyTableOps]) -> None:
    """Raise ByHand for a new NOT NULL column without a default.

    Trying the revision out would not show it, because a table without rows accepts such a column.
    """
    for alter in altered:
        for op in alter.ops:
            if (
                isinstance(op, ops.AddColumnOp)
                and not op.column.nullable
                and op.column.server_default is None
            ):
                raise ByHand(
                    f"{alter.table_name}.{op.column.name} is new and NOT NULL, and rows that are there have"
                    " nothing in it: give the column a server_default, or write this revision by hand."
                )


def _conditions(
    steps: ops.UpgradeOps, tables: MetaData, has: Schema, wanted: Schema
) -> Iterator[ops.MigrateOperation]:
    """Yield operations that recreate the indexes that differ in something that Alembic doesn't compare."""
    seen = {str(op.index_name) for op in _flat(steps) if isinstance(op, ops.CreateIndexOp)}
    for table in tables.sorted_tables:
        for index in table.indexes:
            key = ("index", str(index.name))
            if key in has and key[1] not in seen and plain(has[key]) != plain(wanted[key]):
                yield ops.DropIndexOp(key[1], table.name)
                yield ops.CreateIndexOp.from_index(index)


def _flat(steps: ops.OpContainer) -> Iterator[ops.MigrateOperation]:
    for step in steps.ops:
        yield from _flat(step) if isinstance(step, ops.OpContainer) else [step]


def _triggers(has: Schema, wanted: Schema, anew: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the statements that drop and create triggers.

    That is needed if a trigger differs, or if it names a table that is created again.
    """
    old, new = _only_triggers(has), _only_triggers(wanted)
    names = [
        name
        for name in sorted(old.keys() | new.keys())
        if plain(old.get(name, "")) != plain(new.get(name, ""))
        or any(table in plain(old[name]).split() for table in anew)
    ]
    return (
        [f'op.execute("DROP TRIGGER {name}")' for name in names if name in old],
        [f'op.execute("""\n{indent(new[name], "    ")}\n""")' for name in names if name in new],
    )


def _only_triggers(schema: Schema) -> dict[str, str]:
    return {name: sql for (kind, name), sql in schema.items() if kind == "trigger"}


def _render(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Render a column type of ours as the SQLAlchemy type that it is based on.

    A revision must not change when our code does.
    """
    return f"sa.{item.impl_instance!r}" if kind == "type" and isinstance(item, TypeDecorator) else False
