"""The sentences of commitments and requests, encrypted with a separate key for each."""

from bot.paths.commitment import Commitment
from bot.paths.request import Request
from bot.storage.tx import Tx
from bot.vault.sealing import Cell, Vault


class SealedPaths:
    """Seals and opens the sentences of paths."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def seal_commitment(self, tx: Tx, commitment: Commitment, text: str) -> bytes:
        """Seal a sentence. `commitment.written` must already count this writing."""
        return await self._vault.seal(tx, commitment_cell(commitment), text)

    async def commitment(self, tx: Tx, commitment: Commitment, sealed: bytes | None) -> str:
        return await self._vault.unseal(tx, commitment_cell(commitment), sealed) or ""

    async def forget_commitment(self, tx: Tx, commitment: Commitment) -> None:
        await self._vault.drop(tx, commitment_cell(commitment).case)

    async def seal_request(self, tx: Tx, request: Request, text: str) -> bytes:
        return await self._vault.seal(tx, request_cell(request), text)

    async def for_reader(self, tx: Tx, before: Request, after: Request, sealed: bytes | None) -> bytes | None:
        """Seal the sentence of a request that was released for the person whom it reaches, if for anybody.

        The old key stays with the case: a backup from before the release still needs it.
        """
        text = await self.request(tx, before, sealed)
        return sealed if after.reader is None or not text else await self.seal_request(tx, after, text)

    async def request(self, tx: Tx, request: Request, sealed: bytes | None) -> str:
        """Return the sentence; empty if whoever entered it was erased before it reached its reader."""
        return await self._vault.unseal(tx, request_cell(request), sealed) or ""

    async def forget_request(self, tx: Tx, request: Request) -> None:
        await self._vault.drop(tx, request_cell(request).case)


def commitment_cell(one: Commitment) -> Cell:
    """Return the place of a commitment's sentence."""
    case = f"path:{one.path}/commitment:{one.id}"
    return Cell(case, one.owner, "path_commitments", "text", one.id, one.written)


def request_cell(one: Request) -> Cell:
    """Return the place of a request's sentence: its reader's, or until it has one, that of who entered it."""
    case = f"path:{one.path}/request:{one.id}"
    return Cell(case, one.reader or one.by, "path_requests", "text", one.id)
