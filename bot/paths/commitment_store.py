"""Statements about commitments."""

from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, delete, insert, select, update

from bot.paths.commitment import About, Commitment, Word
from bot.paths.models import Step
from bot.paths.tables import path_commitments
from bot.storage.tx import Tx


async def add(tx: Tx, commitment: Commitment, sealed: bytes) -> Commitment:
    await tx.execute(insert(path_commitments).values({**asdict(commitment), "text": sealed}))
    return commitment


async def keep(tx: Tx, commitment: Commitment, sealed: bytes | None = None) -> Commitment:
    """Store a commitment; with `sealed`, its sentence was written again."""
    values = asdict(commitment) if sealed is None else {**asdict(commitment), "text": sealed}
    await tx.execute(update(path_commitments).where(path_commitments.c.id == commitment.id).values(values))
    return commitment


async def get(tx: Tx, id: str) -> Commitment | None:
    row = await tx.first(select(path_commitments).where(path_commitments.c.id == id))
    return None if row is None else to_commitment(row)


async def of(tx: Tx, path: str) -> list[tuple[Commitment, bytes | None]]:
    """Return a path's commitments, the oldest first, each with its sealed sentence."""
    c = path_commitments.c
    rows = await tx.all(select(path_commitments).where(c.path == path).order_by(c.made_at, c.id))
    return [(to_commitment(row), row.text) for row in rows]


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(path_commitments).where(path_commitments.c.id == id))


def to_commitment(row: Row[Any]) -> Commitment:
    values = {name: getattr(row, name) for name in Commitment.__struct_fields__}
    said = None if row.said is None else Word(row.said)
    return Commitment(**{**values, "step": Step(row.step), "about": About(row.about), "said": said})
