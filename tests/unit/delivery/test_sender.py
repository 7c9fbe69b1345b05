"""The courier's Discord end, on the stage: what people see, and what Discord's answers mean."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from unittest.mock import Mock

import aiohttp
import discord
import pytest
from simcord import MemberActor

from bot.delivery.message import OutboxMessage
from bot.delivery.outcome import Delivered, Missing, Outcome, Refused, Retry, Uncertain
from bot.demo.server import A_WEDNESDAY_NOON, DemoServer, world
from bot.ids import PersonId, ServerId
from bot.ui import strings
from bot.ui.dm_gateway import DiscordDmGateway, Whisper, meaning

ROBIN, KIM = PersonId("robin"), PersonId("kim")
HERE = ServerId(7)


@dataclass(frozen=True)
class Address:
    discord_id: int
    channel_id: int | None


@dataclass
class Book:
    """Addresses and names, in memory."""

    addresses: dict[PersonId, Address] = field(default_factory=dict)
    names: dict[PersonId, str] = field(default_factory=dict)

    async def address(self, person: PersonId) -> Address | None:
        return self.addresses.get(person)

    async def keep_channel(self, person: PersonId, channel_id: int) -> None:
        self.addresses[person] = replace(self.addresses[person], channel_id=channel_id)

    async def called(self, _server: ServerId, person: PersonId) -> str | None:
        return self.names.get(person)


@dataclass
class Scene:
    """Robin on the stage, and a sender that knows where to write to them."""

    world: DemoServer
    robin: MemberActor
    book: Book
    sender: DiscordDmGateway

    @property
    def dms(self) -> Any:
        return self.robin.user.dm_channel

    def refuse(self, method: str, path: str, status: int, code: int) -> None:
        self.world.env.inject_error(method, path, status=status, code=code, message="no", times=None)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with world(lambda: discord.Client(intents=discord.Intents(guilds=True))) as stage:
        robin = await stage.member("robin")
        book = Book({ROBIN: Address(robin.id, None)}, {KIM: "Kim"})
        sender = DiscordDmGateway(stage.bot, book)
        sender.renders("asked", Whisper.ASKED)
        sender.renders("ready", Whisper.READY)
        sender.renders("changed", Whisper.CHANGED)
        assert await sender.open(ROBIN) is None
        yield Scene(stage, robin, book, sender)


def line(kind: str = "ready", **how: Any) -> OutboxMessage:
    made = OutboxMessage.to(ROBIN, kind, "ask", A_WEDNESDAY_NOON, server=HERE, **how)
    return made.tried(A_WEDNESDAY_NOON)


def texts(message: Any) -> list[str]:
    return [*_found(message.components, "content")]


def _found(components: Any, what: str) -> Any:
    for component in components:
        value = getattr(component, what, None)
        if isinstance(value, str):
            yield value
        yield from _found(getattr(component, "children", ()), what)


async def test_a_channel_is_opened_once_and_kept(scene: Scene) -> None:
    assert await scene.sender.reaches(ROBIN)
    assert not await scene.sender.reaches(KIM)
    assert scene.book.addresses[ROBIN].channel_id == scene.dms.id
    assert await scene.sender.open(KIM) == Missing()


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("asked", "\u2068Kim\u2069 asked for your time."),
        ("ready", "Something you set is ready."),
        ("changed", "Something here has changed."),
    ],
)
async def test_a_line_is_one_sentence_and_one_button(scene: Scene, kind: str, sentence: str) -> None:
    sent = line(kind, other=KIM)
    outcome = await scene.sender.whisper(sent)
    [message] = await _history(scene)

    assert outcome == Delivered(message.id)
    assert texts(message) == [sentence]
    assert [*_found(message.components, "label")] == [strings.OPEN]
    assert [*_found(message.components, "custom_id")] == [f"v1:inbox.open:{sent.id}"]


async def _history(scene: Scene) -> list[discord.Message]:
    channel = scene.world.bot.get_partial_messageable(scene.dms.id, type=discord.ChannelType.private)
    return [message async for message in channel.history()]


async def test_a_name_neither_mentions_nor_formats(scene: Scene) -> None:
    scene.book.names[KIM] = "**@everyone** <@1> {0}"
    await scene.sender.whisper(line("asked", other=KIM))
    [message] = await _history(scene)

    assert "@everyone" not in texts(message)[0]
    assert "<@1>" not in texts(message)[0]
    assert message.mentions == []
    assert not message.mention_everyone


async def test_somebody_without_a_name_is_someone(scene: Scene) -> None:
    await scene.sender.whisper(line("asked", other=PersonId("nameless")))
    await scene.sender.whisper(line("asked"))

    assert [texts(message) for message in await _history(scene)] == [[strings.DM_ASKED_UNNAMED]] * 2


async def test_it_goes_out_under_its_own_nonce_which_discord_enforces(scene: Scene) -> None:
    sent = line()
    await scene.sender.whisper(sent)
    [body] = [r.json for r in scene.world.requests if r.method == "POST" and r.path.endswith("/messages")]

    assert isinstance(body, dict)
    assert (body["nonce"], body["enforce_nonce"]) == (sent.nonce, True)
    assert body["allowed_mentions"]["parse"] == []


async def test_it_finds_its_own_message_by_the_button(scene: Scene) -> None:
    sent, never = line(), line()
    await scene.sender.whisper(line())
    await scene.robin.user.send_dm(f"v1:inbox.open:{never.id}")
    outcome = await scene.sender.whisper(sent)

    assert await scene.sender.find(sent) == outcome
    assert await scene.sender.find(never) is None


async def test_closing_edits_it_to_one_sentence_without_a_button(scene: Scene) -> None:
    sent = line("asked", other=KIM)
    outcome = await scene.sender.whisper(sent)
    assert isinstance(outcome, Delivered)
    assert await scene.sender.close(sent.sent(outcome.message_id)) == outcome
    [message] = await _history(scene)

    assert texts(message) == [strings.DM_CLOSED]
    assert [*_found(message.components, "custom_id")] == []


async def test_a_message_that_is_no_longer_there_needs_no_edit(scene: Scene) -> None:
    assert await scene.sender.close(line().sent(1)) == Missing()
    assert await scene.sender.close(line()) == Missing()


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (403, 50007, Refused()),
        (403, 50278, Refused()),
        (404, 10003, Missing()),
        (404, 10013, Missing()),
        (400, 40003, Retry(timedelta(minutes=10))),
        (400, 50035, Retry(timedelta(0))),
        (503, 0, Uncertain()),
    ],
)
async def test_what_discord_answers_is_what_became_of_it(
    scene: Scene, status: int, code: int, outcome: Outcome
) -> None:
    scene.refuse("POST", f"/channels/{scene.dms.id}/messages", status, code)

    assert await scene.sender.whisper(line()) == outcome


@pytest.mark.parametrize(("status", "code", "found"), [(503, 0, Uncertain()), (404, 10003, None)])
async def test_a_search_that_fails_says_so(
    scene: Scene, status: int, code: int, found: Uncertain | None
) -> None:
    scene.refuse("GET", f"/channels/{scene.dms.id}/messages", status, code)

    assert await scene.sender.find(line()) == found


async def test_an_edit_that_fails_says_so(scene: Scene) -> None:
    outcome = await scene.sender.whisper(line())
    assert isinstance(outcome, Delivered)
    scene.refuse("PATCH", f"/channels/{scene.dms.id}/messages/{outcome.message_id}", 503, 0)

    assert await scene.sender.close(line().sent(outcome.message_id)) == Uncertain()


async def test_whoever_has_no_address_is_gone(scene: Scene) -> None:
    lost = line()._replace(person=KIM)

    assert await scene.sender.whisper(lost) == Missing()
    assert await scene.sender.find(lost) is None
    assert await scene.sender.close(lost) == Missing()


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (discord.RateLimited(12.5), Retry(timedelta(seconds=12.5))),
        (
            discord.HTTPException(Mock(status=429, reason="slow down"), "banned by the edge"),
            Retry(timedelta(0)),
        ),
        (discord.DiscordServerError(Mock(status=502, reason="bad gateway"), None), Uncertain()),
        (aiohttp.ClientOSError(104, "reset"), Uncertain()),
        (aiohttp.ServerDisconnectedError(), Uncertain()),
        (TimeoutError(), Uncertain()),
    ],
)
def test_what_an_error_means(error: Exception, outcome: Outcome) -> None:
    assert meaning(error) == outcome


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (discord.Forbidden(Mock(status=403, reason="no"), {"code": 50007, "message": "no"}), Refused()),
        (
            discord.HTTPException(Mock(status=400, reason="no"), {"code": 40003, "message": "slow"}),
            Retry(timedelta(minutes=10)),
        ),
        (discord.DiscordServerError(Mock(status=503, reason="no"), None), Retry(timedelta(0))),
        (aiohttp.ClientOSError(104, "reset"), Retry(timedelta(0))),
    ],
)
async def test_an_opening_that_fails_is_never_uncertain(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, error: Exception, outcome: Outcome
) -> None:
    async def refuse(_user: object) -> None:
        raise error

    monkeypatch.setattr(scene.world.bot, "create_dm", refuse)

    assert await scene.sender.open(ROBIN) == outcome


async def test_every_kind_has_one_sentence(scene: Scene) -> None:
    with pytest.raises(ValueError, match="ready"):
        scene.sender.renders("ready", Whisper.CHANGED)

    assert scene.sender.unrendered(["asked", "ready", "forgotten"]) == {"forgotten"}
