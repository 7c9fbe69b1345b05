"""Long work lets everything else on the event loop have its turn."""

import asyncio

from bot.turns import IN_A_ROW, in_turns


async def test_everything_else_runs_before_every_tenth_item() -> None:
    at, ran_before = -1, []

    async def notice() -> None:
        while True:
            ran_before.append(at + 1)
            await asyncio.sleep(0)

    noticing = asyncio.create_task(notice())
    async for item in in_turns(range(2 * IN_A_ROW + 1)):
        at = item
    noticing.cancel()

    assert at == 2 * IN_A_ROW
    assert ran_before == [0, IN_A_ROW, 2 * IN_A_ROW]
