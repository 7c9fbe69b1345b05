"""DiscordDmGateway on the pretend server: what people see, and what Discord's answers mean."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import Mock

import aiohttp
import discord
import pytest
from simcord import MemberActor

from bot.delivery.error_codes import LASTS
from bot.delivery.outbox_message import OutboxMessage
from bot.delivery.outcome import Delivered, Missing, Outcome, Refused, Retry, SearchPage, Uncertain
from bot.demo.server import A_WEDNESDAY_NOON, DemoServer, run_demo_server
from bot.ids import PersonId, ServerId
from bot.ui import strings
from bot.ui.dm_gateway import DiscordDmGateway, Whisper
from bot.ui.request_errors import outcome_of

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

    async def forget_channel(self, person: PersonId) -> None:
        self.addresses[person] = replace(self.addresses[person], channel_id=None)

    async def called(
        self, _reader: PersonId, _server: ServerId, person: PersonId, _at: datetime | None
    ) -> str | None:
        return self.names.get(person)


@dataclass
class Scene:
    """Robin on the pretend server, and a gateway that knows their address."""

    demo_server: DemoServer
    robin: MemberActor
    book: Book
    gateway: DiscordDmGateway

    @property
    def dms(self) -> Any:
        return self.robin.user.dm_channel

    def refuse(self, method: str, path: str, status: int, code: int) -> None:
        self.demo_server.env.inject_error(method, path, status=status, code=code, message="no", times=None)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with run_demo_server(lambda: discord.Client(intents=discord.Intents(guilds=True))) as server:
        robin = await server.member("robin")
        book = Book({ROBIN: Address(robin.id, None)}, {KIM: "Kim"})
        gateway = DiscordDmGateway(server.bot, book)
        gateway.renders("asked", Whisper.ASKED)
        gateway.renders("ready", Whisper.READY)
        gateway.renders("changed", Whisper.CHANGED)
        assert await gateway.open(ROBIN) is None
        yield Scene(server, robin, book, gateway)


def outbox_message(kind: str = "ready", **how: Any) -> OutboxMessage:
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


async def test_an_opened_channel_is_kept_and_for_somebody_without_an_address_none_is_opened(
    scene: Scene,
) -> None:
    assert await scene.gateway.reaches(ROBIN)
    assert not await scene.gateway.reaches(KIM)
    assert scene.book.addresses[ROBIN].channel_id == scene.dms.id
    assert await scene.gateway.open(KIM) == Missing()


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("asked", "\u2068Kim\u2069 has a question for you."),
        ("ready", "Something is waiting for you."),
        ("changed", "Something here has changed."),
    ],
)
async def test_a_message_is_one_sentence_and_one_button(scene: Scene, kind: str, sentence: str) -> None:
    sent = outbox_message(kind, other=KIM)
    outcome = await scene.gateway.whisper(sent)
    [message] = await _history(scene)

    assert outcome == Delivered(message.id)
    assert texts(message) == [sentence]
    assert [*_found(message.components, "label")] == [strings.OPEN]
    assert [*_found(message.components, "custom_id")] == [f"v1:inbox.open:{sent.id}"]


async def _history(scene: Scene) -> list[discord.Message]:
    channel = scene.demo_server.bot.get_partial_messageable(scene.dms.id, type=discord.ChannelType.private)
    return [message async for message in channel.history()]


async def test_a_name_in_a_message_mentions_nobody(scene: Scene) -> None:
    scene.book.names[KIM] = "**@everyone** <@1> {0}"
    await scene.gateway.whisper(outbox_message("asked", other=KIM))
    [message] = await _history(scene)

    assert "@everyone" not in texts(message)[0]
    assert "<@1>" not in texts(message)[0]
    assert message.mentions == []
    assert not message.mention_everyone


async def test_a_message_about_somebody_without_a_name_uses_the_sentence_without_a_name(scene: Scene) -> None:
    await scene.gateway.whisper(outbox_message("asked", other=PersonId("nameless")))
    await scene.gateway.whisper(outbox_message("asked"))

    assert [texts(message) for message in await _history(scene)] == [[strings.DM_ASKED_UNNAMED]] * 2


async def test_a_message_is_sent_with_its_own_nonce_and_discord_is_told_to_enforce_it(scene: Scene) -> None:
    sent = outbox_message()
    await scene.gateway.whisper(sent)
    [body] = [
        r.json for r in scene.demo_server.requests if r.method == "POST" and r.path.endswith("/messages")
    ]

    assert isinstance(body, dict)
    assert (body["nonce"], body["enforce_nonce"]) == (sent.nonce, True)
    assert body["allowed_mentions"]["parse"] == []


async def test_the_gateway_finds_its_own_message_by_the_button(scene: Scene) -> None:
    sent, never = outbox_message(), outbox_message()
    await scene.gateway.whisper(outbox_message())
    await scene.robin.user.send_dm(f"v1:inbox.open:{never.id}")
    outcome = await scene.gateway.whisper(sent)

    assert await scene.gateway.find(sent) == outcome
    assert await scene.gateway.find(never) == SearchPage()


async def test_closing_a_message_edits_it_to_one_sentence_without_a_button(scene: Scene) -> None:
    sent = outbox_message("asked", other=KIM)
    outcome = await scene.gateway.whisper(sent)
    assert isinstance(outcome, Delivered)
    assert await scene.gateway.close(sent.sent(outcome.message_id)) == outcome
    [message] = await _history(scene)

    assert texts(message) == [strings.DM_CLOSED]
    assert [*_found(message.components, "custom_id")] == []


async def test_closing_a_message_that_does_not_exist_returns_missing(scene: Scene) -> None:
    assert await scene.gateway.close(outbox_message().sent(1)) == Missing(10008)
    assert await scene.gateway.close(outbox_message()) == Missing()


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (403, 50007, Refused(50007)),
        (403, 50278, Refused(50278)),
        (404, 10013, Missing(10013)),
        (400, 40003, Retry(timedelta(minutes=10), 40003)),
        (400, 50035, Refused(50035)),
        (503, 0, Uncertain(503)),
    ],
)
async def test_each_error_of_discord_becomes_its_outcome(
    scene: Scene, status: int, code: int, outcome: Outcome
) -> None:
    scene.refuse("POST", f"/channels/{scene.dms.id}/messages", status, code)

    assert await scene.gateway.whisper(outbox_message()) == outcome


@pytest.mark.parametrize(("status", "code"), [(404, 10003), (403, 50001)])
async def test_a_dm_channel_that_discord_does_not_know_any_more_is_forgotten_and_opened_again(
    scene: Scene, status: int, code: int
) -> None:
    path = f"/channels/{scene.dms.id}/messages"
    scene.demo_server.env.inject_error("POST", path, status=status, code=code, message="no")
    outcome = await scene.gateway.whisper(outbox_message())

    assert outcome == Retry(timedelta(0), code, LASTS)
    assert not await scene.gateway.reaches(ROBIN)
    assert await scene.gateway.open(ROBIN) is None
    assert isinstance(await scene.gateway.whisper(outbox_message()), Delivered)


@pytest.mark.parametrize(
    ("status", "code", "found"),
    [(503, 0, Uncertain(503)), (404, 10003, Retry(code=10003, lasting_after=LASTS))],
)
async def test_a_search_that_fails_says_why(
    scene: Scene, status: int, code: int, found: Uncertain | Retry
) -> None:
    scene.refuse("GET", f"/channels/{scene.dms.id}/messages", status, code)

    assert await scene.gateway.find(outbox_message()) == found


async def test_an_edit_that_fails_is_uncertain(scene: Scene) -> None:
    outcome = await scene.gateway.whisper(outbox_message())
    assert isinstance(outcome, Delivered)
    scene.refuse("PATCH", f"/channels/{scene.dms.id}/messages/{outcome.message_id}", 503, 0)

    assert await scene.gateway.close(outbox_message().sent(outcome.message_id)) == Uncertain(503)


async def test_without_an_address_sending_and_closing_return_missing_and_finding_returns_none(
    scene: Scene,
) -> None:
    lost = outbox_message()._replace(person=KIM)

    assert await scene.gateway.whisper(lost) == Missing()
    assert await scene.gateway.find(lost) == Retry()
    assert await scene.gateway.close(lost) == Missing()


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (discord.RateLimited(12.5), Retry(timedelta(seconds=12.5), 429)),
        (
            discord.HTTPException(Mock(status=429, reason="slow down"), "banned by the edge"),
            Retry(timedelta(minutes=10), 429),
        ),
        (discord.DiscordServerError(Mock(status=502, reason="bad gateway"), None), Uncertain(502)),
        (aiohttp.ClientOSError(104, "reset"), Uncertain()),
        (aiohttp.ServerDisconnectedError(), Uncertain()),
        (TimeoutError(), Uncertain()),
    ],
)
def test_each_exception_becomes_its_outcome(error: Exception, outcome: Outcome) -> None:
    assert outcome_of(error) == outcome


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (discord.Forbidden(Mock(status=403, reason="no"), {"code": 50007, "message": "no"}), Refused(50007)),
        (
            discord.HTTPException(Mock(status=400, reason="no"), {"code": 40003, "message": "slow"}),
            Retry(timedelta(minutes=10), 40003),
        ),
        (discord.DiscordServerError(Mock(status=503, reason="no"), None), Retry(timedelta(0), 503)),
        (aiohttp.ClientOSError(104, "reset"), Retry(timedelta(0))),
    ],
)
async def test_a_failure_to_open_a_channel_is_never_uncertain(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, error: Exception, outcome: Outcome
) -> None:
    async def refuse(_user: object) -> None:
        raise error

    monkeypatch.setattr(scene.demo_server.bot, "create_dm", refuse)

    assert await scene.gateway.open(ROBIN) == outcome


async def test_a_kind_cannot_have_two_sentences_and_kinds_without_one_are_found(scene: Scene) -> None:
    with pytest.raises(ValueError, match="ready"):
        scene.gateway.renders("ready", Whisper.CHANGED)

    assert scene.gateway.unrendered(["asked", "ready", "forgotten"]) == {"forgotten"}
