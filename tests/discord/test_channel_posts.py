"""Posts in channels of the pretend server are sent, edited, replaced and deleted, or refused by a channel."""

from datetime import datetime, timedelta
from typing import Any

import discord
import pytest
from simcord import ChannelHandle

from bot.delivery.channel_post import ChannelPost, PostOutcome
from bot.delivery.outcome import SearchPage
from bot.delivery.retries import SETTLES
from bot.demo.client.client import DemoClient
from bot.demo.simcord_internals import bot_scope
from bot.ids import ServerId
from bot.services import Services
from bot.storage.tx import Tx
from bot.ui.components import Button, Card
from bot.ui.custom_id import to

KIND = "test.post"


class Sign:
    """A slice that wants one post in #general, and hears its outcome."""

    def __init__(self, demo: DemoClient) -> None:
        self.demo = demo
        self.services: Services = demo.bot.services
        self.says = "Be here at eight."
        self.fates: list[PostOutcome] = []
        self.services.channel_posts.on(KIND, self._told)
        self.services.channel_gateway.renders(KIND, self._render)

    async def put(self, channel: ChannelHandle | None = None, **how: Any) -> ChannelPost:
        where = channel or self.demo.general
        post = ChannelPost.to(ServerId(self.demo.server.id), where.id, KIND, "sign", self.demo.now, **how)
        await self.demo.bot.db.write(lambda tx: self.services.channel_posts.put(tx, post))
        await self.demo.settle()
        return post

    async def next(self, at_least: int = 0) -> ChannelPost:
        standing = await self.demo.bot.db.read(
            lambda tx: self.services.channel_posts.standing(tx, KIND, "sign")
        )
        assert standing is not None
        return await self.put(replaces=standing.message_id, at_least=at_least)

    def posted(self) -> list[str]:
        messages = self.demo.general.history()
        return [text for one in messages if one.author.bot for text in _texts(one.components)]

    async def _told(self, _tx: Tx, _post: ChannelPost, fate: PostOutcome, _now: datetime) -> None:
        self.fates.append(fate)

    async def _render(self, post: ChannelPost) -> Card:
        return Card("", self.says, rows=([Button("Why", to("test.why", post.id))],))


def _texts(components: Any) -> list[str]:
    return [
        text
        for one in components
        for text in (
            [one.content] if isinstance(one, discord.TextDisplay) else _texts(getattr(one, "children", ()))
        )
    ]


@pytest.fixture
def sign(demo: DemoClient) -> Sign:
    return Sign(demo)


async def test_a_post_is_sent_edited_and_deleted(sign: Sign, demo: DemoClient) -> None:
    await sign.put()
    assert sign.posted() == ["Be here at eight."]

    sign.says = "Be here at nine."
    board, db = sign.services.channel_posts, demo.bot.db
    await db.write(lambda tx: board.renew(tx, KIND, "sign", demo.now))
    await demo.skip(seconds=10)
    assert sign.posted() == ["Be here at nine."]

    await db.write(lambda tx: board.take_down(tx, KIND, "sign", demo.now))
    await demo.skip(seconds=10)
    assert sign.posted() == []
    assert sign.fates == [PostOutcome.UP]


async def test_a_post_mentions_nobody(sign: Sign, demo: DemoClient) -> None:
    sign.says = "@everyone <@1>"
    await sign.put()

    (sent,) = [one for one in demo.requests if one.method == "POST" and one.path.endswith("/messages")]
    assert sent.json is not None
    assert sent.json["allowed_mentions"] == {"parse": []}


async def test_a_post_comes_only_after_enough_messages_by_people_and_bots_do_not_count(
    sign: Sign, demo: DemoClient
) -> None:
    ana = await demo.member("ana")
    await sign.put()
    for _ in range(3):
        await demo.say(ana, "hello")
    await sign.next(at_least=4)
    assert sign.fates == [PostOutcome.UP, PostOutcome.QUIET]

    await demo.say(ana, "hello")
    sign.says = "The next one."
    await sign.next(at_least=4)
    assert sign.fates == [PostOutcome.UP, PostOutcome.QUIET, PostOutcome.UP]
    assert sign.posted() == ["The next one."]


async def test_a_channel_that_stays_closed_for_a_day_is_reported(sign: Sign, demo: DemoClient) -> None:
    closed = closed_channel(demo)
    await demo.settle()
    await sign.put(closed)
    assert sign.fates == []

    await demo.skip(days=1, hours=3)
    assert sign.fates == [PostOutcome.BARRED]


async def test_a_channel_that_opens_again_gets_its_post_at_once(sign: Sign, demo: DemoClient) -> None:
    closed = closed_channel(demo)
    await demo.settle()
    await sign.put(closed)
    await demo.skip(hours=1)
    demo.env.backend.delete_overwrite(closed.id, demo.server.default_role.id)
    await demo.settle()

    assert sign.fates == [PostOutcome.UP]


async def test_a_deleted_channel_is_reported_at_once(sign: Sign, demo: DemoClient) -> None:
    attic = demo.server.create_text_channel("attic")
    await demo.settle()
    demo.env.backend.delete_channel(attic.id)
    await demo.settle()
    await sign.put(attic)

    assert sign.fates == [PostOutcome.BARRED]


@pytest.mark.parametrize(("status", "code"), [(403, 50001), (403, 50013), (404, 10003)])
async def test_an_answer_that_passes_is_not_read_as_final(
    sign: Sign, demo: DemoClient, status: int, code: int
) -> None:
    """The channel is there as far as Discord's gateway says, so it may work again."""
    demo.env.inject_error("POST", f"/channels/{demo.general.id}/messages", status=status, code=code)
    await sign.put()
    assert sign.fates == []

    await demo.skip(minutes=1)
    assert sign.fates == [PostOutcome.UP]


@pytest.mark.parametrize("code", [50001, 50013])
async def test_an_edit_that_fails_once_is_made_later(sign: Sign, demo: DemoClient, code: int) -> None:
    post = await sign.put()
    standing = await demo.bot.db.read(lambda tx: sign.services.channel_posts.get(tx, post.id))
    assert standing is not None
    path = f"/channels/{demo.general.id}/messages/{standing.message_id}"
    demo.env.inject_error("PATCH", path, status=403, code=code)
    sign.says = "Be here at nine."
    await demo.bot.db.write(lambda tx: sign.services.channel_posts.renew(tx, KIND, "sign", demo.now))
    await demo.skip(minutes=1)

    assert sign.posted() == ["Be here at nine."]
    assert sign.fates == [PostOutcome.UP, PostOutcome.EDITED]


async def test_a_channel_of_the_wrong_kind_is_reported_at_once_and_never_tried_again(
    sign: Sign, demo: DemoClient
) -> None:
    path = f"/channels/{demo.general.id}/messages"
    demo.env.inject_error("POST", path, status=400, code=50008, times=None)
    await sign.put()
    assert sign.fates == [PostOutcome.BARRED]

    await demo.skip(days=2)
    assert len([one for one in demo.requests if one.method == "POST" and one.path == path]) == 1


async def test_while_the_bot_is_timed_out_a_post_waits_for_the_end_of_it(
    sign: Sign, demo: DemoClient
) -> None:
    guild = demo.bot.get_guild(demo.server.id)
    assert guild is not None
    # SimCord doesn't send the bot's own member updates, so it is put where discord.py keeps it.
    guild.me.timed_out_until = demo.now + timedelta(hours=30)
    await sign.put()
    await demo.skip(hours=29)
    assert sign.fates == []
    assert not [one for one in demo.requests if one.method == "POST" and one.path.endswith("/messages")]

    await demo.skip(hours=2)
    assert sign.fates == [PostOutcome.UP]


async def test_while_a_server_is_unavailable_its_posts_wait_and_then_come_at_once(
    sign: Sign, demo: DemoClient
) -> None:
    guild = demo.bot.get_guild(demo.server.id)
    assert guild is not None
    guild.unavailable = True
    await sign.put()
    await demo.skip(days=2)
    assert sign.fates == []

    guild.unavailable = False
    with bot_scope(demo.env):
        demo.bot.dispatch("guild_available", guild)
    await demo.settle()
    assert sign.fates == [PostOutcome.UP]


def closed_channel(demo: DemoClient) -> ChannelHandle:
    denied = discord.PermissionOverwrite(send_messages=False)
    return demo.server.create_text_channel("closed", overwrites={demo.server.default_role: denied})


async def test_a_post_is_found_by_its_button_when_discords_answer_was_lost(
    sign: Sign, demo: DemoClient
) -> None:
    post = await sign.put()
    standing = await sign.demo.bot.db.read(lambda tx: sign.services.channel_posts.get(tx, post.id))
    assert standing is not None

    lost = standing._replace(message_id=None, tried_at=demo.now)
    found = await sign.services.channel_gateway.find(lost)
    assert found is not None
    assert getattr(found, "message_id", None) == standing.message_id
    somebody_elses = lost._replace(id="somebody-elses-00")
    assert await sign.services.channel_gateway.find(somebody_elses) == SearchPage(older=None)


async def test_after_a_server_error_a_post_is_retried_and_appears_once(sign: Sign, demo: DemoClient) -> None:
    demo.env.inject_error("POST", f"/channels/{demo.general.id}/messages", status=500, code=0)
    await sign.put()
    assert sign.posted() == []

    await demo.skip(seconds=SETTLES.total_seconds() + 120)
    assert sign.posted() == ["Be here at eight."]
    assert sign.fates == [PostOutcome.UP]


async def test_the_permissions_that_the_bot_lacks_in_a_channel_are_named(demo: DemoClient) -> None:
    footing, here = demo.bot.services.channel_permissions, ServerId(demo.server.id)
    muted = demo.server.create_text_channel(
        "muted",
        overwrites={
            demo.server.default_role: discord.PermissionOverwrite(
                send_messages=False, read_message_history=False
            )
        },
    )
    await demo.settle()

    assert footing.lacks(here, demo.general.id) == ()
    assert footing.lacks(here, muted.id) == ("send_messages", "read_message_history")
    assert footing.lacks(here, 5) is None
