"""A sealed text opens only in its own cell, and only while its key is kept."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import literal, select

from bot.ids import PersonId
from bot.storage.database import Database
from bot.vault.keyring import Keyring
from bot.vault.sealing import Cell, SealedText, Vault, with_key
from tests.unit.vault.conftest import CELL, ROBIN

_ONE_ROW = select(literal(1)).subquery()
ANY_FIXTURE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)


async def seal(db: Database, vault: Vault, cell: Cell, text: str) -> bytes:
    return await db.write(lambda tx: vault.seal(tx, cell, text))


async def unseal(db: Database, vault: Vault, cell: Cell, sealed: bytes | None) -> str | None:
    return await db.read(lambda tx: vault.unseal(tx, cell, sealed))


@ANY_FIXTURE
@given(text=st.text(max_size=1500))
async def test_a_sealed_text_opens_as_it_was_typed(db: Database, vault: Vault, text: str) -> None:
    assert await unseal(db, vault, CELL, await seal(db, vault, CELL, text)) == text


async def test_unsealing_no_text_returns_no_text(db: Database, vault: Vault) -> None:
    assert await unseal(db, vault, CELL, None) is None


async def test_sealing_the_same_text_twice_gives_different_bytes(db: Database, vault: Vault) -> None:
    assert await seal(db, vault, CELL, "same") != await seal(db, vault, CELL, "same")


@pytest.mark.parametrize(("short", "long"), [("", "x" * 250), ("yes", "no, never"), ("a" * 253, "a" * 500)])
async def test_texts_that_fit_the_same_block_of_256_bytes_have_the_same_sealed_length(
    db: Database, vault: Vault, short: str, long: str
) -> None:
    assert len(await seal(db, vault, CELL, short)) == len(await seal(db, vault, CELL, long))


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(CELL, table="drafts"),
        replace(CELL, column="felt"),
        replace(CELL, row="2"),
        replace(CELL, revision=1),
    ],
)
async def test_a_sealed_text_moved_to_another_cell_does_not_open(
    db: Database, vault: Vault, elsewhere: Cell
) -> None:
    sealed = await seal(db, vault, CELL, "bound")

    with pytest.raises(InvalidTag):
        await unseal(db, vault, elsewhere, sealed)


@pytest.mark.parametrize("elsewhere", [replace(CELL, case="ask:2"), replace(CELL, author=PersonId("kim"))])
async def test_another_case_or_author_has_another_key(db: Database, vault: Vault, elsewhere: Cell) -> None:
    sealed = await seal(db, vault, CELL, "bound")
    assert await unseal(db, vault, elsewhere, sealed) is None

    await seal(db, vault, elsewhere, "theirs")
    with pytest.raises(InvalidTag):
        await unseal(db, vault, elsewhere, sealed)


async def test_a_sealed_text_with_a_changed_byte_does_not_open(db: Database, vault: Vault) -> None:
    sealed = bytearray(await seal(db, vault, CELL, "whole"))
    sealed[-1] ^= 1

    with pytest.raises(InvalidTag):
        await unseal(db, vault, CELL, bytes(sealed))


async def test_dropping_a_case_erases_the_texts_of_all_its_authors(db: Database, vault: Vault) -> None:
    kim = replace(CELL, author=PersonId("kim"))
    sealed = {cell: await seal(db, vault, cell, "gone") for cell in (CELL, kim)}
    await db.write(lambda tx: vault.drop(tx, CELL.case))

    assert [await unseal(db, vault, cell, text) for cell, text in sealed.items()] == [None, None]


async def test_dropping_one_author_of_a_case_keeps_the_texts_of_the_others(
    db: Database, vault: Vault
) -> None:
    kim = replace(CELL, author=PersonId("kim"))
    sealed = {cell: await seal(db, vault, cell, "kept") for cell in (CELL, kim)}
    await db.write(lambda tx: vault.drop(tx, CELL.case, ROBIN))

    assert [await unseal(db, vault, cell, text) for cell, text in sealed.items()] == [None, "kept"]


async def test_a_sealed_text_does_not_open_with_another_keyring(db: Database, vault: Vault) -> None:
    sealed = await seal(db, vault, CELL, "ours")

    with pytest.raises(InvalidTag):
        await unseal(db, Vault(Keyring.fresh()), CELL, sealed)


async def test_after_a_rotation_old_texts_open_and_new_texts_need_the_new_key(
    db: Database, vault: Vault, ring: Keyring
) -> None:
    old = await seal(db, vault, CELL, "old")
    turned = ring.rotated()
    later = replace(CELL, case="ask:2")
    new = await seal(db, Vault(turned), later, "new")

    assert await unseal(db, Vault(turned), CELL, old) == "old"
    with pytest.raises(KeyError):
        await unseal(db, vault, later, new)


async def test_after_rewrapping_the_old_key_is_no_longer_needed(
    db: Database, vault: Vault, ring: Keyring
) -> None:
    cells = [replace(CELL, case=f"ask:{n}") for n in range(5)]
    sealed = [await seal(db, vault, cell, "kept") for cell in cells]
    turned = ring.rotated()
    moved = [await db.write(lambda tx: Vault(turned).rewrap(tx, most=3)) for _ in range(3)]
    alone = Vault(Keyring({turned.current: turned.keys[turned.current]}, turned.current, turned.finger_key))

    assert moved == [3, 2, 0]
    assert [await unseal(db, alone, *one) for one in zip(cells, sealed, strict=True)] == ["kept"] * 5


async def test_a_finger_depends_on_its_words_and_its_keyring_but_not_on_rotation(
    vault: Vault, ring: Keyring
) -> None:
    assert vault.finger("account", "42") == Vault(ring.rotated()).finger("account", "42")
    assert vault.finger("account", "42") != vault.finger("account", "43")
    assert vault.finger("a", "bc") != vault.finger("ab", "c")
    assert vault.finger("account", "42") != Vault(Keyring.fresh()).finger("account", "42")


async def test_a_text_read_with_its_key_opens_until_the_key_is_dropped(db: Database, vault: Vault) -> None:
    sealed = await seal(db, vault, CELL, "read at once")
    texts = select(literal(sealed).label("text")).select_from(_ONE_ROW)
    rows = with_key(texts, literal(CELL.case), literal(CELL.author))

    async def read() -> str | None:
        found = await db.read(lambda tx: tx.first(rows))
        assert found is not None
        return vault.open(CELL, SealedText.of(found, "text"))

    assert await read() == "read at once"
    await db.write(lambda tx: vault.drop(tx, CELL.case, ROBIN))
    assert await read() is None


async def test_a_row_with_a_key_but_without_a_text_opens_as_no_text(db: Database, vault: Vault) -> None:
    await seal(db, vault, CELL, "elsewhere")
    assert vault.open(CELL, SealedText(None, ("1", b""))) is None
