"""When an older copy of the database takes the place of a newer one: what waits may have been sent since."""

from datetime import datetime

from bot.delivery import channel_post_store, store
from bot.storage.tx import Tx


async def look_before_sending(tx: Tx, now: datetime) -> None:
    """Have what is due looked for in its channel, as after a crash, before it is sent.

    What is due later has not been sent, so it stays as it is: a boundary can still withhold it.
    """
    await store.may_have_been_sent(tx, now)
    await channel_post_store.may_have_been_sent(tx, now)
