"""What owners of plans write, encrypted with a separate key for each plan."""

from bot.plans import store
from bot.plans.models import Plan, PlanText
from bot.plans.tables import TEXTS
from bot.storage.tx import Tx
from bot.vault.sealing import Cell, Vault


class SealedPlans:
    """Seals and opens the texts of plans."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def seal(self, tx: Tx, plan: Plan, words: PlanText) -> store.Sealed:
        """Seal the texts. `plan.written` must already count this writing."""
        texts = zip(TEXTS, (words.action, words.different, words.stay_away), strict=True)
        return {
            name: await self._vault.seal(tx, text_cell(plan, name), text) if text else None
            for name, text in texts
        }

    async def text(self, tx: Tx, plan: Plan) -> PlanText | None:
        """Return what they wrote; None if it was deleted."""
        row = await store.sealed(tx, plan.id)
        if row is None:
            return None
        found = [
            await self._vault.unseal(tx, text_cell(plan, name), sealed)
            for name, sealed in zip(TEXTS, row, strict=True)
        ]
        return None if found[0] is None else PlanText(found[0], found[1] or "", found[2] or "")

    async def forget(self, tx: Tx, plan: Plan) -> None:
        """Destroy the key, so that the text can never be opened again."""
        await self._vault.drop(tx, _case(plan))


def _case(plan: Plan) -> str:
    return f"plan:{plan.id}"


def text_cell(plan: Plan, column: str) -> Cell:
    """Return the place of one of a plan's texts."""
    return Cell(_case(plan), plan.owner, "plans", column, plan.id, plan.written)
