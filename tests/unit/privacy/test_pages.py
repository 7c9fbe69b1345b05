"""A page of an export is read by the keys of its rows, however many rows somebody has."""

from functools import partial
from typing import Any

from sqlalchemy import Column, Integer

from bot.privacy import store
from bot.privacy.slice_privacy import HeldTable
from tests.store.conftest import plans
from tests.unit.reports.fixtures import Harness, settled

MANY = 50


def keys(held: HeldTable) -> list[Any]:
    """Return keys of as many rows as a page has. None of them is there."""
    return [tuple(value(column, number) for column in store.key(held)) for number in range(MANY)]


def value(column: Column[Any], number: int) -> int | str:
    return number if isinstance(column.type, Integer) else str(number)


async def test_every_table_is_searched_by_its_key_alone() -> None:
    async with settled(Harness) as harness:
        ana = await harness.person("Ana")
        for held in harness.services.privacy.tables:
            if held.mine is not None:
                found = await plans(harness.db, partial(store.page, held=held, person=ana, chosen=keys(held)))
                by_key = " AND ".join(f"{column.name}=?" for column in store.key(held))
                assert found[0].startswith(f"SEARCH {held.name} USING"), found
                assert found[0].endswith((f"({by_key})", "(rowid=?)")), found
