"""Nothing that `/privacy` shows or exports changes because somebody else sets a boundary.

What the boundary closes looks as if whoever sent it had taken it back.
"""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

import bot.asks.moves
import bot.boundaries.models
import bot.pairs.sheets
import bot.people.service
from bot.asks.errors import AskClosed
from bot.asks.models import AskState
from bot.asks.models import Reply as Asked
from bot.asks.wait import Wait
from bot.delivery.outbox_message import MessageState
from bot.errors import NotYours, Refusal
from bot.pairs.models import PairText
from bot.people.models import DiscordUser
from bot.privacy.models import Consequence
from bot.privacy.service import Record
from bot.talks import notifications, store
from bot.talks.models import Did, Reply, TalkState
from tests.unit.asks.fixtures import ANSWER
from tests.unit.reports.fixtures import HERE, SUNDAYS, Harness, settled

pytestmark = pytest.mark.slow

Begin = Callable[[Harness], Awaitable[Callable[[], Awaitable[object]] | None]]
"""Lets one of Ana and Ben begin something. Returns how she takes it back, if he hasn't opened it."""


@pytest.fixture(autouse=True)
def same_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.pairs.sheets, "randbelow", lambda _: 7)


async def asked(harness: Harness) -> Callable[[], Awaitable[object]]:
    """An ask that a boundary closes ends as if she had removed him from her pod, tie and all."""
    await harness.ask("Ana", "Ben", wait=Wait.DAYS)
    await harness.deliver()
    return partial(removed, harness, "Ana", "Ben")


async def removed(harness: Harness, owner: str, member: str) -> None:
    """Let somebody remove a member from their pod."""
    person, whom = await harness.person(owner), await harness.person(member)
    [tie] = [one for one in (await harness.pod(owner)).members if one.member == whom]
    await harness.pods.remove(person, tie.id, harness.now)


async def asked_and_opened(harness: Harness) -> None:
    id = await harness.ask("Ana", "Ben", wait=Wait.DAYS)
    await harness.deliver()
    await harness.read_it(id, "Ben")


async def asked_and_answered(harness: Harness) -> None:
    id = await harness.ask("Ana", "Ben", wait=Wait.DAYS)
    await harness.deliver()
    await harness.answer(id, "Ben")


async def asked_and_beyond(harness: Harness) -> None:
    id = await harness.ask("Ana", "Ben", wait=Wait.DAYS)
    await harness.deliver()
    await harness.beyond(id, "Ben")


async def answer_came(harness: Harness) -> None:
    await harness.tie("Ben", "Ana")
    id = await harness.ask("Ben", "Ana", wait=Wait.DAYS)
    await harness.answer(id, "Ana")
    await harness.deliver()


async def talk(harness: Harness) -> Callable[[], Awaitable[object]]:
    ana, ben = await harness.person("Ana"), await harness.person("Ben")
    view = await harness.talks.ask(ana, HERE, ben, harness.now)
    assert view.talk is not None
    id = view.talk.id
    await harness.deliver()
    return lambda: harness.talks.take_back(ana, id, harness.now)


async def talk_agreed(harness: Harness) -> None:
    ana, ben = await harness.person("Ana"), await harness.person("Ben")
    view = await harness.talks.ask(ana, HERE, ben, harness.now)
    assert view.talk is not None
    await harness.deliver()
    await harness.talks.answer(ben, view.talk.current.id, Reply.TOMORROW, harness.now)
    await harness.deliver()


async def talk_agreed_in_quiet_hours(harness: Harness, reply: Reply = Reply.TOMORROW) -> None:
    """Ana's message waits, so she hasn't been told of the yes."""
    ana, ben = await harness.person("Ana"), await harness.person("Ben")
    view = await harness.talks.ask(ana, HERE, ben, harness.now)
    assert view.talk is not None
    await harness.deliver()
    await harness.talks.answer(ben, view.talk.current.id, reply, harness.now)


async def proposed(harness: Harness) -> Callable[[], Awaitable[object]]:
    ana, proposals = await harness.person("Ana"), harness.pairs.proposals
    id = (await proposals.begin(ana, HERE, SUNDAYS, harness.discord_user("Ben"), harness.now)).pair.id
    await proposals.write(ana, id, PairText("aim", "signs", "words", "UTC"), "UTC")
    await proposals.send(ana, id, harness.now)
    await harness.deliver()
    return lambda: proposals.take_back(ana, id, harness.now)


async def proposed_and_typed(harness: Harness) -> Callable[[], Awaitable[object]]:
    """Ben has begun to write his part."""
    take_back = await proposed(harness)
    ben, proposals = await harness.person("Ben"), harness.pairs.proposals
    [(pair, _)] = await harness.pairs.queries.of(ben, HERE)
    await proposals.write(ben, pair.id, PairText("half", "", "", "UTC"), "UTC")
    return take_back


async def paired_untold(harness: Harness) -> Callable[[], Awaitable[object]]:
    """Ben has suggested it, and no message has told him of Ana's yes. Here she ends the pair."""
    ana, ben, proposals = await harness.person("Ana"), await harness.person("Ben"), harness.pairs.proposals
    id = (await proposals.begin(ben, HERE, SUNDAYS, harness.discord_user("Ana"), harness.now)).pair.id
    for person in (ben, ana):
        await proposals.write(person, id, PairText("aim", "signs", "words", "UTC"), "UTC")
        await proposals.send(person, id, harness.now)
    return lambda: harness.pairs.end(ana, id, harness.now)


async def joined_untold(harness: Harness) -> Callable[[], Awaitable[object]]:
    """No message has told Ben that Ana is in his pod. Here she leaves it."""
    id = await harness.tie("Ben", "Ana", told=False)
    ana = await harness.person("Ana")
    return lambda: harness.pods.leave(ana, id, harness.now)


async def joined_untold_and_asked(harness: Harness) -> Callable[[], Awaitable[object]]:
    """The same, but Ben found Ana in the select of `/ask` and asked her and Cy."""
    leave = await joined_untold(harness)
    await harness.tie("Ben", "Cy")
    await harness.ask("Ben", "Ana", "Cy", wait=Wait.DAYS)
    return leave


async def paired(harness: Harness) -> None:
    ana, ben, proposals = await harness.person("Ana"), await harness.person("Ben"), harness.pairs.proposals
    id = (await proposals.begin(ana, HERE, SUNDAYS, harness.discord_user("Ben"), harness.now)).pair.id
    for person in (ana, ben):
        await proposals.write(person, id, PairText("aim", "signs", "words", "UTC"), "UTC")
        await proposals.send(person, id, harness.now)
    await harness.wait(days=5)
    await harness.deliver()


async def invited(harness: Harness) -> Callable[[], Awaitable[object]]:
    """Ben is in Ana's pod already, so she invites Dee."""
    await harness.person("Dee")
    id = (await harness.invite("Ana", "Dee")).id
    person = await harness.person("Ana")
    return lambda: harness.pods.invitations.take_back(person, id)


BEGINNINGS: tuple[Begin, ...] = (
    asked, asked_and_opened, asked_and_answered, asked_and_beyond, answer_came, talk, talk_agreed,
    talk_agreed_in_quiet_hours, proposed, proposed_and_typed, paired, paired_untold, invited,
    joined_untold, joined_untold_and_asked,
)  # fmt: skip


async def held(harness: Harness, name: str) -> tuple[list[tuple[str, int]], list[tuple[str, Record]]]:
    """Return what `/privacy` counts for somebody, and what it exports to them."""
    person, privacy = await harness.person(name), harness.services.privacy
    counts = [(one.table, one.count) for one in await privacy.summary(person)]
    records = [found async for found in privacy.records(person, asked_for=True)]
    # The rows of a table come in the order of their random ids.
    return counts, sorted(records, key=str)


async def messages(harness: Harness, name: str) -> list[str]:
    """Return the kinds of the messages that are exported to somebody."""
    return [str(record["kind"]) for table, record in (await held(harness, name))[1] if table == "outbox"]


async def test_a_message_that_nobody_was_told_of_is_not_exported() -> None:
    """After a boundary it would be missing."""
    async with settled(Harness) as harness:
        await talk_agreed_in_quiet_hours(harness)
        assert "talks.agreed" not in await messages(harness, "Ana")
        await harness.deliver()
        assert "talks.agreed" in await messages(harness, "Ana")


@pytest.mark.parametrize("begin", BEGINNINGS, ids=lambda one: one.__name__)
async def test_privacy_shows_the_same_right_after_a_boundary_as_without_it(begin: Begin) -> None:
    other = "Dee" if begin is invited else "Ben"
    seen: list[Any] = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            take_back = await begin(harness)
            if apart:
                await harness.apart("Ana", other)
            elif take_back is not None:
                await take_back()
            seen.append(await held(harness, other))
    assert seen[0] == seen[1]
    assert seen[0][0]


@pytest.mark.parametrize("begin", [asked, talk, proposed, proposed_and_typed], ids=lambda one: one.__name__)
async def test_what_was_taken_back_and_what_a_boundary_closed_look_the_same_after_the_parting(
    begin: Begin,
) -> None:
    seen: list[Any] = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            take_back = await begin(harness)
            assert take_back is not None
            if apart:
                await harness.apart("Ana", "Ben")
            else:
                await take_back()
            await harness.wait(days=2)
            _, records = await held(harness, "Ben")
            seen.append(
                [(table, one) for table, one in records if table in ("askings", "talk_requests", "pairs")]
            )
    assert [table for table, _ in seen[0]] == [table for table, _ in seen[1]]


async def test_a_yes_that_was_not_told_looks_the_same_after_a_boundary_as_after_leaving_the_pod() -> None:
    """This compares what Ben sees although he found Ana in his pod before any message told him."""
    seen: list[Any] = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            leave = await joined_untold_and_asked(harness)
            await (harness.apart("Ana", "Ben") if apart else leave())
            names = {await harness.person(name): name for name in ("Ana", "Ben", "Cy")}
            for hours in (0, 3, 24):
                await harness.wait(hours=hours)
                pod = await harness.pod("Ben")
                kinds = [(one.kind, one.other and names[one.other]) for one in await harness.messages("Ben")]
                [ask] = await harness.asks.kept(await harness.person("Ben"))
                seen.append(
                    (
                        [names[one.member] for one in pod.members],
                        [(names[one.member], one.until) for one in pod.sent],
                        kinds,
                        await harness.replies(ask.id, "Ben"),
                    )
                )
    assert seen[:3] == seen[3:]
    assert seen[0][:2] == (["Cy"], [("Ana", seen[0][1][0][1])])


async def test_a_friend_keeps_their_own_answer_after_a_boundary_for_as_long_as_after_a_withdrawal() -> None:
    seen: list[Any] = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            await harness.tie("Ana", "Cy")
            id = await harness.ask("Ana", "Ben", "Cy", wait=Wait.DAYS)
            await harness.answer(id, "Ben")
            if apart:
                await harness.apart("Ana", "Ben")
            else:
                await harness.withdraw(id)
            await harness.wait(days=2)
            if apart:
                assert (await harness.replies(id))["Ben"] is Asked.CANT
                await harness.withdraw(id)
            seen.append(await words(harness))
            ben, ana = await harness.person("Ben"), await harness.person("Ana")
            assert await harness.asks.between.take_back(ben, ana, harness.now) == 1
            seen.append((await words(harness), await harness.kinds("Ana")))
    assert seen[:2] == seen[2:]
    assert seen[0] == [ANSWER.impact]


async def words(harness: Harness) -> list[str]:
    """Return the answers that are exported to Ben."""
    _, records = await held(harness, "Ben")
    return [one["words"]["impact"] for table, one in records if table == "askings" and one["words"]]


@pytest.mark.parametrize("apart", [False, True])
async def test_whoever_said_that_an_ask_is_beyond_them_can_raise_an_alarm_for_as_long_under_a_boundary(
    apart: bool,
) -> None:
    """Without a boundary the ask is paused one to three hours later, and then they can't."""
    async with settled(Harness) as harness:
        await harness.tie("Ana", "Cy")
        id = await harness.ask("Ana", "Ben", "Cy", wait=Wait.DAYS)
        await harness.beyond(id, "Ben")
        if apart:
            await harness.apart("Ana", "Ben")
        assert (await harness.their_part(id, "Ben")).may_alarm
        await harness.wait(hours=3)
        assert not (await harness.their_part(id, "Ben")).may_alarm
        with pytest.raises(AskClosed):
            await harness.danger(id, "Ben")
        assert (await harness.their_part(id, "Ben")).asking.reply is Asked.BEYOND
        assert (await harness.status(id)).ask.state is AskState.PAUSED


async def test_what_somebody_saw_in_their_inbox_in_quiet_hours_is_sent_after_a_boundary() -> None:
    """A line in /inbox about which no message ever comes would reveal the boundary."""
    for owner in ("Ana", "Ben"):
        async with settled(Harness) as harness:
            await harness.quiet("Ben", 21, 7)
            await harness.quiet("Ana", 21, 7)
            await harness.tie("Ana", "Cy")
            id = await harness.ask("Ana", "Ben", "Cy", wait=Wait.DAYS)
            await harness.read_all("Ana")
            await harness.answer(id, "Ben")
            [before] = await harness.messages("Ana")
            await harness.services.messages.show(await harness.person("Ana"), harness.now)
            await harness.apart(owner, "Ben" if owner == "Ana" else "Ana")
            [after] = await harness.messages("Ana")
            assert (after.id, after.kind) == (before.id, before.kind)
            waits = MessageState.DMS_CLOSED if owner == "Ana" else MessageState.WAITING
            assert after.state is waits


async def by_nothing(_harness: Harness) -> None:
    pass


async def by_its_owner(harness: Harness) -> None:
    await harness.people.meet(renamed(harness), harness.now)


async def by_a_boundary(harness: Harness) -> None:
    """Ana picks the person from the members of the server, and sets a boundary."""
    await harness.boundaries.add(await harness.person("Ana"), renamed(harness), harness.now)


async def by_looking_at_a_boundary(harness: Harness) -> None:
    await harness.boundaries.consider(renamed(harness), harness.now)


async def by_an_invitation(harness: Harness) -> None:
    by = await harness.person("Eve")
    await harness.pods.invitations.invite(by, HERE, renamed(harness), harness.now)


def renamed(harness: Harness) -> DiscordUser:
    return replace(harness.discord_user("Max"), name="Max with a new name")


@pytest.mark.parametrize("days", [0, 1, 3])
@pytest.mark.parametrize("seen_in", ["an invitation", "a boundary", "a pod"])
async def test_a_new_name_shows_neither_that_its_owner_used_the_bot_nor_that_somebody_named_them(
    seen_in: str, days: int
) -> None:
    """Cy gives Max a new nickname, and looks."""
    seen = []
    for way in (by_nothing, by_its_owner, by_a_boundary, by_looking_at_a_boundary, by_an_invitation):
        async with settled(Harness) as harness:
            cy, person = await harness.person("Cy"), await harness.person("Max")
            if seen_in == "a pod":
                await harness.tie("Cy", "Max")
            elif seen_in == "an invitation":
                await harness.invite("Cy", "Max")
            else:
                await harness.apart("Cy", "Max")
            await harness.wait(days=days)
            await way(harness)
            checked = (HERE, person) in await harness.people.to_check()
            seen.append((await harness.people.called(cy, HERE, person, None), checked))
            await harness.people.name_checked(person, renamed(harness), harness.now)
            assert await harness.people.called(cy, HERE, person, None) == "Max with a new name"
    assert set(seen) == {("Max", True)}


async def test_somebody_who_was_named_before_they_came_has_the_same_name_whether_or_not_they_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Discord can't be asked about them before, so it isn't asked right afterwards either."""
    monkeypatch.setattr(bot.people.service, "randbelow", lambda _: 7)
    seen = []
    for way in (by_nothing, by_its_owner):
        async with settled(Harness) as harness:
            cy, sent = await harness.person("Cy"), await harness.invite("Cy", "Max")
            await way(harness)
            checked = (HERE, sent.member) in await harness.people.to_check()
            seen.append((await harness.people.called(cy, HERE, sent.member, None), checked))
    assert seen == [("Max", False), ("Max", False)]


# -- talks ----------------------------------------------------------------------------------------------

AGREEMENTS = pytest.mark.parametrize(
    "begin", [talk_agreed, talk_agreed_in_quiet_hours], ids=lambda one: one.__name__
)


async def their_talk(harness: Harness, asker: str = "Ana") -> tuple[str, str]:
    """Return the ids of somebody's talk and of the request in it. It tells the asker nothing."""
    person = await harness.person(asker)
    found = await harness.db.read(lambda tx: store.open_of(tx, person))
    assert found is not None
    return found.id, found.current.id


async def of_talks(harness: Harness, name: str) -> list[object]:
    """Return what `/privacy` counts, exports and says about erasing of somebody's talks."""
    counts, records = await held(harness, name)
    said = await harness.services.privacy.consequences(await harness.person(name), harness.now)
    tables = ("talks", "talk_requests")
    return [
        [(table, count) for table, count in counts if table in tables],
        [(table, one) for table, one in records if table in tables],
        Consequence.TALKS_END in said,
    ]


async def tried(act: Awaitable[Any]) -> object:
    try:
        shown = await act
    except Refusal as refused:
        return type(refused).__name__
    return shown.request.reply, shown.agreed, shown.name


async def asked_sees(harness: Harness, request: str) -> list[object]:
    """Return everything that Ben, who was asked, can see of Ana's request."""
    ana, ben = await harness.person("Ana"), await harness.person("Ben")
    return [
        await of_talks(harness, "Ben"),
        await harness.talks.between(ben, ana),
        await tried(harness.talks.offered(ben, request)),
    ]


async def asked_tries(harness: Harness, request: str) -> list[object]:
    """Return what Ben sees, before and after he says twice that he can't after all."""
    ben, seen = await harness.person("Ben"), await asked_sees(harness, request)
    for _ in range(2):
        seen.append(await tried(harness.talks.answer(ben, request, Reply.CANT, harness.now)))
        seen += await asked_sees(harness, request)
    return seen


@AGREEMENTS
@pytest.mark.parametrize("owner", ["Ana", "Ben"])
async def test_whoever_agreed_to_talk_can_say_that_they_cant_after_a_boundary_as_without_it(
    begin: Begin, owner: str
) -> None:
    seen: list[Any] = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            await begin(harness)
            _, request = await their_talk(harness)
            if apart:
                await harness.apart(owner, "Ben" if owner == "Ana" else "Ana")
            seen.append(await asked_tries(harness, request))
            assert seen[-1][3] == (Reply.CANT, False, "Ana")
    assert seen[0] == seen[1]


@pytest.mark.parametrize("rests", [False, True])
@pytest.mark.parametrize("reply", [Reply.TODAY, Reply.TOMORROW])
async def test_a_yes_that_the_asker_was_not_told_of_looks_the_same_to_whoever_gave_it_until_the_random_time(
    monkeypatch: pytest.MonkeyPatch, reply: Reply, rests: bool
) -> None:
    """On the next day Ana would be asked whether they talked. After that Ben can't say that he can't."""
    set_random(monkeypatch, last=True)
    seen: list[Any] = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            await talk_agreed_in_quiet_hours(harness, reply)
            _, request = await their_talk(harness)
            await harness.wait(hours=1)
            if apart:
                await harness.apart("Ana", "Ben")
            if rests:
                until = harness.now.replace(year=harness.now.year + 1)
                await harness.preferences.rest(await harness.person("Ben"), until, harness.now)
            seen.append([await asked_sees(harness, request)])
            for _ in range(47):
                await harness.wait(minutes=30)
                seen[-1].append(await asked_sees(harness, request))
            kinds = [one.kind for one in await harness.messages("Ana") if one.kind in notifications.KINDS]
            assert not (apart and kinds)
            seen[-1].append(await asked_tries(harness, request))
    assert seen[0] == seen[1]


@AGREEMENTS
async def test_a_talk_that_a_boundary_has_ended_looks_to_whoever_agreed_as_if_the_asker_had_said_they_couldnt(
    begin: Begin,
) -> None:
    seen: list[Any] = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            await begin(harness)
            id, request = await their_talk(harness)
            if apart:
                await harness.ends_with(await harness.person("Ana"), await harness.person("Ben"))
            else:
                await harness.talks.tell(await harness.person("Ana"), id, Did.COULDNT, harness.now)
            seen.append(await asked_tries(harness, request))
    assert seen[0] == seen[1]


async def test_taking_back_after_a_boundary_looks_to_whoever_agreed_as_after_they_couldnt() -> None:
    """The asker, who wasn't told of the yes, still sees `Take it back`."""
    seen: list[Any] = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            await talk_agreed_in_quiet_hours(harness)
            id, request = await their_talk(harness)
            ana = await harness.person("Ana")
            if apart:
                await harness.apart("Ana", "Ben")
            else:
                await harness.talks.tell(ana, id, Did.COULDNT, harness.now)
            await harness.talks.take_back(ana, id, harness.now)
            seen.append(await asked_tries(harness, request))
    assert seen[0] == seen[1]


async def test_a_yes_that_its_asker_was_not_told_of_ends_after_their_boundary_at_the_random_time_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """If it ended when the request would have lapsed, Ben would know that Ana wasn't told of his yes."""
    set_random(monkeypatch, last=True)
    for lifted in (False, True):
        async with settled(Harness) as harness:
            await talk_agreed_in_quiet_hours(harness)
            _, request = await their_talk(harness)
            await harness.wait(hours=1)
            await harness.apart("Ana", "Ben")
            if lifted:
                ana = await harness.person("Ana")
                [boundary] = await harness.boundaries.of(ana)
                await harness.boundaries.lift(ana, boundary.id)
            before = await asked_sees(harness, request)
            await harness.wait(hours=23, minutes=59)
            assert await asked_sees(harness, request) == before
            await harness.wait(minutes=1)
            ben = await harness.person("Ben")
            assert (await harness.talks.offered(ben, request)).request.reply is Reply.CANT


def set_random(monkeypatch: pytest.MonkeyPatch, *, last: bool) -> None:
    """Let every tie end at the last moment at which it may, or at the first."""
    fixed = SimpleNamespace(
        SystemRandom=lambda: SimpleNamespace(uniform=lambda low, high: high if last else low)
    )
    monkeypatch.setattr(bot.boundaries.models, "random", fixed)


async def asker_sees(harness: Harness) -> list[object]:
    """Return everything that Ben, who asked, can see of his talk, without the ids."""
    ana, ben = await harness.person("Ana"), await harness.person("Ben")
    seen = await harness.talks.look(ben, HERE, harness.now)
    listed = await harness.talks.of(ben, harness.now)
    talk = seen.talk
    return [
        await of_talks(harness, "Ben"),
        await harness.talks.between(ben, ana),
        [
            (one.kind, one.made_at, one.other)
            for one in await harness.messages("Ben")
            if one.kind in notifications.KINDS
        ],
        None if listed is None or listed.talk is None else listed.talk.state,
        None if talk is None else (talk.state, talk.day, talk.goes_at, talk.current.reply, talk.questions),
        (seen.again_at, seen.name, sorted({name for _, name in seen.others} - {"Ana"})),
    ]


async def waits(harness: Harness, answered_after: float, set_after: float, case: str) -> str:
    """Ben asks Ana. She says yes unless the case is another one, and sets a boundary before he is told."""
    await harness.tie("Ben", "Ana")
    await harness.tie("Ben", "Cy")
    await harness.read_all("Ben")
    ana, ben = await harness.person("Ana"), await harness.person("Ben")
    view = await harness.talks.ask(ben, HERE, ana, harness.now)
    assert view.talk is not None
    await harness.deliver()
    await harness.wait(hours=answered_after)
    if case.startswith("yes"):
        reply = Reply.TODAY if case == "yes today" else Reply.TOMORROW
        await harness.talks.answer(ana, view.talk.current.id, reply, harness.now)
    await harness.wait(hours=set_after - answered_after)
    if case != "no answer and no boundary":
        await harness.apart("Ana", "Ben")
    return view.talk.id


TALK_CASES = ("no answer", "no answer and no boundary", "yes today", "yes tomorrow")


@pytest.mark.parametrize(("answered_after", "set_after"), [(12, 13), (23, 23.5), (23.5, 27)])
@pytest.mark.parametrize("then", ["nothing", "lifted", "rests", "leaves"])
async def test_a_talk_whose_yes_was_withheld_looks_to_its_asker_like_one_that_nobody_answered(
    monkeypatch: pytest.MonkeyPatch, answered_after: float, set_after: float, then: str
) -> None:
    set_random(monkeypatch, last=True)
    seen: list[Any] = []
    for case in TALK_CASES:
        async with settled(Harness) as harness:
            await waits(harness, answered_after, set_after, case)
            ana, seen_here = await harness.person("Ana"), [await asker_sees(harness)]
            if then == "lifted":
                for boundary in await harness.boundaries.of(ana):
                    await harness.boundaries.lift(ana, boundary.id)
            elif then == "rests":
                await harness.preferences.rest(
                    ana, harness.now.replace(year=harness.now.year + 1), harness.now
                )
            elif then == "leaves":
                await harness.parted(ana, HERE)
            for hours in (0, 0.4, 12, 12, 24, 24 * 6, 24):
                await harness.wait(hours=hours)
                seen_here.append(await asker_sees(harness))
            seen.append(seen_here)
    for other in seen[1:]:
        assert other == seen[0]


@pytest.mark.parametrize("then", ["cant", "take back"])
async def test_a_talk_whose_yes_was_withheld_ends_for_its_asker_like_one_that_nobody_answered(
    then: str,
) -> None:
    seen: list[Any] = []
    for case in TALK_CASES[1:]:
        async with settled(Harness) as harness:
            id = await waits(harness, 12, 13, case)
            if then == "cant":
                ana = await harness.person("Ana")
                _, request = await their_talk(harness, "Ben")
                await harness.talks.answer(ana, request, Reply.CANT, harness.now)
            else:
                await harness.talks.take_back(await harness.person("Ben"), id, harness.now)
            seen.append([await asker_sees(harness)])
            for hours in (12, 24, 24 * 6):
                await harness.wait(hours=hours)
                seen[-1].append(await asker_sees(harness))
    for other in seen[1:]:
        assert other == seen[0]


async def test_the_first_random_time_ends_a_withheld_yes_like_a_withheld_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_random(monkeypatch, last=False)
    seen: list[Any] = []
    for case in ("no answer", "yes today", "yes tomorrow"):
        async with settled(Harness) as harness:
            await waits(harness, 12, 13, case)
            seen.append([])
            for minutes in (59, 1, 60):
                await harness.wait(minutes=minutes)
                seen[-1].append(await asker_sees(harness))
    assert seen[0] == seen[1] == seen[2]


async def agreed(harness: Harness, reply: Reply = Reply.TODAY) -> tuple[str, str]:
    """Ben asks Ana to talk, and is told that she agreed. Return the ids of the talk and of the request."""
    await harness.tie("Ben", "Ana")
    await harness.tie("Ben", "Cy")
    await harness.read_all("Ben")
    view = await harness.talks.ask(
        await harness.person("Ben"), HERE, await harness.person("Ana"), harness.now
    )
    assert view.talk is not None
    request = view.talk.current.id
    await harness.deliver()
    await harness.talks.answer(await harness.person("Ana"), request, reply, harness.now)
    await harness.deliver()
    return view.talk.id, request


async def followed_at(harness: Harness) -> datetime:
    """Return when Ben is asked whether they talked."""
    [at] = [at for kind, at in await harness.timers("talks") if kind == "talks.follow"]
    return at


STEPS = (*(timedelta(minutes=30),) * 60, *(timedelta(hours=12),) * 15)
"""When something is looked at after a boundary: often at first, and then until the talk is deleted."""


async def of_asker(harness: Harness) -> str:
    """Return what Ben sees of the talk for which he asked, as text."""
    return await plain(harness, await asker_sees(harness))


async def of_asked(harness: Harness, request: str) -> str:
    """Return what Ana sees of the talk to which she agreed, as text."""
    ana, ben = await harness.person("Ana"), await harness.person("Ben")
    seen = [
        await of_talks(harness, "Ana"),
        await harness.talks.between(ana, ben),
        await tried(harness.talks.offered(ana, request)),
    ]
    return await plain(harness, seen)


async def plain(harness: Harness, seen: list[object]) -> str:
    """Return it with names, and without minutes, because it is looked at every half hour."""
    text = repr(seen)
    for name in ("Ana", "Ben", "Cy"):
        text = text.replace(await harness.person(name), name)
    return re.sub(r"(datetime\.datetime\(\d+, \d+, \d+), \d+[^)]*\)", r"\1)", text)


async def state_of_talk(harness: Harness) -> TalkState | None:
    """Return the state of the talk for which Ben asked. It tells him nothing."""
    ben = await harness.person("Ben")
    found = await harness.db.read(lambda tx: store.open_of(tx, ben))
    return None if found is None else found.state


async def until_it_is_followed(harness: Harness, minutes: int) -> None:
    """Wait until so many minutes after Ben is asked whether they talked, or before, if it is negative."""
    at = await followed_at(harness)
    await harness.wait(seconds=(at - harness.now).total_seconds() + 60 * minutes)


@pytest.mark.parametrize("late", [0, 0.95])
async def test_a_talk_that_whoever_agreed_ends_by_a_boundary_ends_before_its_asker_is_asked_about_it(
    monkeypatch: pytest.MonkeyPatch, late: float
) -> None:
    """Ben sees what he would see if Ana had said at that moment that she can't after all."""
    part_of_it = SimpleNamespace(uniform=lambda low, high: low + late * (high - low))
    monkeypatch.setattr(bot.boundaries.models, "random", SimpleNamespace(SystemRandom=lambda: part_of_it))
    ends_at, seen = None, []
    for apart in (True, False):
        async with settled(Harness) as harness:
            _, request = await agreed(harness)
            follows_at = await followed_at(harness)
            await harness.wait(hours=1)
            if apart:
                await harness.apart("Ana", "Ben")
            seen.append([await of_asker(harness)])
            for step in STEPS:
                await harness.wait(seconds=step.total_seconds())
                if apart and ends_at is None and await state_of_talk(harness) is TalkState.FREE:
                    ends_at = harness.now
                if not apart and harness.now == ends_at:
                    ana = await harness.person("Ana")
                    await harness.talks.answer(ana, request, Reply.CANT, harness.now)
                seen[-1].append(await of_asker(harness))
            assert ends_at is not None
            assert ends_at < follows_at
    assert seen[0] == seen[1]


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("did", [None, *Did])
async def test_an_asker_who_was_asked_about_a_talk_before_the_random_time_sees_it_end_like_any_other(
    monkeypatch: pytest.MonkeyPatch, did: Did | None, last: bool
) -> None:
    """Ana sets the boundary half an hour before Ben is asked. After `Not yet` it ends as by an "I can't"."""
    set_random(monkeypatch, last=last)
    ends_at, seen = None, []
    for apart in (True, False):
        async with settled(Harness) as harness:
            id, request = await agreed(harness)
            await until_it_is_followed(harness, -30)
            if apart:
                await harness.apart("Ana", "Ben")
            seen.append([await of_asker(harness)])
            for number, step in enumerate(STEPS):
                await harness.wait(seconds=step.total_seconds())
                if number == 4 and did is not None:
                    await harness.talks.tell(await harness.person("Ben"), id, did, harness.now)
                ended = await state_of_talk(harness) is TalkState.FREE
                if did is Did.NOT_YET and apart and ends_at is None and ended:
                    ends_at = harness.now
                if not apart and harness.now == ends_at:
                    ana = await harness.person("Ana")
                    await harness.talks.answer(ana, request, Reply.CANT, harness.now)
                seen[-1].append(await of_asker(harness))
    assert seen[0] == seen[1]
    assert (ends_at is not None) is (did is Did.NOT_YET)


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("minutes", [-30, 90])
async def test_an_asker_who_set_a_boundary_is_not_asked_whether_they_talked_and_it_ends_within_a_day(
    monkeypatch: pytest.MonkeyPatch, minutes: int, last: bool
) -> None:
    """Ben sets it before he is asked, or afterwards. Ana sees it end as if he had said that they couldn't."""
    set_random(monkeypatch, last=last)
    ends_at, seen = None, []
    for apart in (True, False):
        async with settled(Harness) as harness:
            id, request = await agreed(harness)
            await until_it_is_followed(harness, minutes)
            ana, ben = await harness.person("Ana"), await harness.person("Ben")
            assert (await harness.talks.between(ben, ana))[0]
            if apart:
                await harness.apart("Ben", "Ana")
            set_at = harness.now
            seen.append([await of_asked(harness, request)])
            for step in STEPS:
                await harness.wait(seconds=step.total_seconds())
                kinds = [one.kind for one in await harness.messages("Ben")]
                assert not (apart and notifications.DID_YOU in kinds)
                if apart and ends_at is None and await state_of_talk(harness) is TalkState.FREE:
                    ends_at = harness.now
                if not apart and harness.now == ends_at:
                    await harness.talks.tell(ben, id, Did.COULDNT, harness.now)
                seen[-1].append(await of_asked(harness, request))
            assert ends_at is not None
            assert ends_at <= set_at + timedelta(days=1)
    assert seen[0] == seen[1]


async def test_a_boundary_of_whoever_agreed_ends_nothing_of_which_the_asker_was_asked_already() -> None:
    """Without a boundary, a talk of which Ben was asked whether it took place ends by his answer alone."""
    seen: list[list[str]] = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            await agreed(harness)
            await until_it_is_followed(harness, 1)
            if apart:
                await harness.apart("Ana", "Ben")
            seen.append([])
            for _ in range(8):
                await harness.wait(days=1)
                seen[-1].append(await of_asker(harness))
    assert seen[0] == seen[1]


# -- an answer that a boundary keeps from its asker ----------------------------------------------------


@pytest.fixture
def same_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be random, so that what happens at random times can be compared."""
    middle = SimpleNamespace(SystemRandom=lambda: SimpleNamespace(uniform=lambda low, high: (low + high) / 2))
    for module in (bot.asks.moves, bot.boundaries.models):
        monkeypatch.setattr(module, "random", middle)


Story = Callable[[Harness, str], Awaitable[object]]
"""What happens after Ben has asked Ana, until she sets a boundary. It gets the id of the ask."""


async def before_the_wait_is_over(harness: Harness, id: str) -> None:
    await harness.wait(hours=2)


async def after_the_wait_is_over(harness: Harness, _id: str) -> None:
    await harness.wait(hours=10, minutes=30)


async def in_quiet_hours_for_which_the_wait_goes_on(harness: Harness, _id: str) -> None:
    await harness.wait(hours=11)


async def after_the_reminder(harness: Harness, _id: str) -> None:
    await harness.wait(days=2, hours=12)


async def after_it_has_closed(harness: Harness, _id: str) -> None:
    await harness.wait(days=8)


Others = tuple[tuple[str, str], ...]
"""Who else was asked, and how they reply, in this order."""
CASES: tuple[tuple[Story, Others], ...] = (
    (before_the_wait_is_over, ()),
    (before_the_wait_is_over, (("Cy", "cannot"),)),
    (before_the_wait_is_over, (("Cy", "answer"),)),
    (before_the_wait_is_over, (("Cy", "answer"), ("Dee", "answer"))),
    (before_the_wait_is_over, (("Cy", "cannot"), ("Dee", "answer"))),
    (before_the_wait_is_over, (("Cy", "answer"), ("Dee", "cannot"))),
    (after_the_wait_is_over, ()),
    (after_the_wait_is_over, (("Cy", "answer"),)),
    (after_the_wait_is_over, (("Cy", "answer"), ("Dee", "cannot"))),
    (in_quiet_hours_for_which_the_wait_goes_on, ()),
    (in_quiet_hours_for_which_the_wait_goes_on, (("Cy", "answer"),)),
    (after_the_reminder, ()),
    (after_the_reminder, (("Cy", "cannot"), ("Dee", "answer"))),
    (after_it_has_closed, ()),
    (after_it_has_closed, (("Cy", "answer"),)),
)


async def life(harness: Harness, story: Story, others: Others, place: int | None) -> list[Any]:
    """Return all that Ben sees of an ask to Ana before and after her boundary. He hasn't looked earlier.

    place: after how many of the others Ana answers; None if she doesn't.
    """
    names = ["Ana", *(name for name, _ in others)]
    for name in names:
        await harness.tie("Ben", name)
    await harness.read_all("Ben")
    if story is in_quiet_hours_for_which_the_wait_goes_on:
        await harness.quiet("Ana", 21, 7)
    known = {await harness.person(name): name for name in names}
    id = await harness.ask("Ben", *names, wait=Wait.TONIGHT)
    parts = {await harness.asking(id, name): name for name in names}
    for number in range(len(others) + 1):
        if number == place:
            await harness.answer(id, "Ana")
        await harness.wait(minutes=20)
        for name, reply in others[number : number + 1]:
            await getattr(harness, reply)(id, name)
    seen: list[Any] = [await held(harness, "Ben")]
    await story(harness, id)
    seen.append(await held(harness, "Ben"))
    await harness.apart("Ana", "Ben")
    seen.append(await held(harness, "Ben"))
    seen.append(
        [
            (one.kind, parts.get(one.subject), one.made_at, one.state, one.other and known[one.other])
            for one in await harness.messages("Ben")
        ]
    )
    ben = await harness.person("Ben")
    for _ in range(9):
        seen.append([one.state for one in await harness.asks.kept(ben)])
        await harness.wait(days=1)
    return [*seen, await held(harness, "Ben")]


@pytest.mark.usefixtures("same_times")
@pytest.mark.parametrize(("story", "others"), CASES)
async def test_an_answer_that_a_boundary_withholds_leaves_no_trace_with_its_asker(
    story: Story, others: Others
) -> None:
    """Ben accepts no direct messages and hasn't looked, so he wasn't told of it. An export doesn't tell."""
    seen = []
    for place in (None, *range(len(others) + 1)):
        async with settled(Harness) as harness:
            seen.append(await life(harness, story, others, place))
    for other in seen[1:]:
        for with_it, without in zip(other, seen[0], strict=True):
            assert with_it == without


async def test_an_answer_that_another_boundary_withholds_is_not_announced_in_its_place() -> None:
    async with settled(Harness) as harness:
        names = ("Ana", "Cy", "Dee")
        for name in names:
            await harness.tie("Ben", name)
        await harness.read_all("Ben")
        id = await harness.ask("Ben", *names, wait=Wait.DAYS)
        await harness.read_it(id, "Cy")
        await harness.apart("Cy", "Ben")
        for name in ("Cy", "Ana", "Dee"):
            await harness.answer(id, name)
            await harness.wait(minutes=5)
        await harness.apart("Ana", "Ben")
        [came] = await harness.messages("Ben")
        assert (came.kind, came.other) == ("asks.came", await harness.person("Dee"))


async def test_a_cant_that_ended_an_earlier_wait_is_not_announced_when_an_answer_is_withheld() -> None:
    async with settled(Harness) as harness:
        for name in ("Ana", "Cy"):
            await harness.tie("Ben", name)
        await harness.read_all("Ben")
        id = await harness.ask("Ben", "Cy", wait=Wait.DAYS)
        await harness.cannot(id, "Cy")
        await harness.wait(minutes=5)
        await harness.also(id, "Ana", by="Ben")
        await harness.answer(id, "Ana")
        await harness.apart("Ana", "Ben")
        assert await harness.messages("Ben") == []


async def test_a_withheld_answer_is_not_the_first_line_of_the_inbox_because_it_came_early() -> None:
    """In /inbox the newest line is the first. The line about the end of the wait is as new as its end."""
    orders = []
    for answers in (True, False):
        async with settled(Harness) as harness:
            await harness.tie("Ben", "Ana")
            await harness.tie("Ben", "Cy")
            await harness.read_all("Ben")
            id = await harness.ask("Ben", "Ana", wait=Wait.TONIGHT)
            if answers:
                await harness.answer(id, "Ana")
            await harness.wait(hours=4)
            await harness.cannot(await harness.ask("Ben", "Cy", wait=Wait.DAYS), "Cy")
            await harness.wait(hours=6, minutes=30)
            await harness.apart("Ana", "Ben")
            orders.append([one.subject == id for one in await harness.messages("Ben")])
    assert orders[0] == orders[1] == [True, False]


@pytest.mark.parametrize("apart", [False, True])
async def test_the_message_that_answers_came_is_sent_when_the_first_of_two_is_withheld(apart: bool) -> None:
    """If Cy had answered and no message came, somebody else must have answered before."""
    async with settled(Harness) as harness:
        for name in ("Ana", "Cy", "Dee"):
            await harness.tie("Ben", name)
        await harness.read_all("Ben")
        id = await harness.ask("Ben", "Ana", "Cy", "Dee", wait=Wait.DAYS)
        if apart:
            await harness.answer(id, "Ana")
        await harness.answer(id, "Cy")
        if apart:
            await harness.apart("Ana", "Ben")
        [came] = await harness.messages("Ben")
        assert (came.kind, came.other) == ("asks.came", await harness.person("Cy"))
        assert came.state is MessageState.WAITING


# -- what whoever was asked sees of their own reply ----------------------------------------------------

Reacts = Callable[[Harness, str], Awaitable[object]]


async def alarms(harness: Harness, id: str) -> None:
    await harness.danger(id, "Ben")


async def is_beyond_and_alarms(harness: Harness, id: str) -> None:
    await harness.beyond(id, "Ben")
    await harness.danger(id, "Ben")


async def outcome(attempt: Awaitable[object]) -> str:
    """Return which refusal comes, if one does."""
    try:
        await attempt
    except (Refusal, NotYours) as refused:
        return type(refused).__name__
    return "done"


async def pressed(harness: Harness, id: str) -> list[object]:
    """Return what each button on Ben's open cards leads to."""
    ben, asking = await harness.person("Ben"), await harness.asking(id, "Ben")
    part = await harness.their_part(id, "Ben")
    verbs = harness.answering
    return [
        part.may_alarm,
        await outcome(verbs.danger(ben, asking, harness.now)),
        await outcome(verbs.beyond(ben, asking, harness.now)),
        await outcome(verbs.cannot(ben, asking, harness.now)),
        await outcome(verbs.read(ben, asking)),
        await outcome(verbs.form(ben, asking)),
        (await harness.their_part(id, "Ben")).may_alarm,
    ]


@pytest.mark.usefixtures("same_times")
@pytest.mark.parametrize("reacts", [alarms, is_beyond_and_alarms], ids=lambda one: one.__name__)
async def test_whoever_said_that_somebody_may_be_in_danger_is_not_asked_again_under_a_boundary(
    reacts: Reacts,
) -> None:
    """Without a boundary the ask is paused at once, so every button says that it's closed."""
    seen: list[list[object]] = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            await harness.tie("Ana", "Cy")
            id = await harness.ask("Ana", "Ben", "Cy", wait=Wait.DAYS)
            await harness.read_it(id, "Ben")
            if apart:
                await harness.apart("Ana", "Ben")
            await reacts(harness, id)
            seen.append([await pressed(harness, id), await held(harness, "Ben")])
            await harness.wait(hours=3)
            seen[-1] += [await pressed(harness, id), await held(harness, "Ben")]
            assert (await harness.status(id)).ask.state is AskState.PAUSED
    assert seen[0] == seen[1]


async def answers_it(harness: Harness, id: str) -> None:
    await harness.answer(id, "Ben")


async def says_beyond(harness: Harness, id: str) -> None:
    await harness.beyond(id, "Ben")


async def only_reads(harness: Harness, id: str) -> None:
    await harness.read_it(id, "Ben")


async def rests(harness: Harness) -> None:
    await harness.rest("Ben")


async def leaves_the_pod(harness: Harness) -> None:
    ben, ana = await harness.person("Ben"), await harness.person("Ana")
    [tie] = [one for one in (await harness.pod("Ben")).owners if one.owner == ana]
    await harness.pods.leave(ben, tie.id, harness.now)


async def leaves_the_server(harness: Harness) -> None:
    await harness.leave("Ben")


@pytest.mark.usefixtures("same_times")
@pytest.mark.parametrize("goes", [rests, leaves_the_pod, leaves_the_server], ids=lambda one: one.__name__)
@pytest.mark.parametrize(
    "reacts", [answers_it, says_beyond, alarms, only_reads], ids=lambda one: one.__name__
)
async def test_whoever_goes_after_replying_keeps_the_same_of_their_reply_under_a_boundary(
    reacts: Reacts, goes: Callable[[Harness], Awaitable[object]]
) -> None:
    seen: list[list[object]] = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            await harness.tie("Ana", "Cy")
            id = await harness.ask("Ana", "Ben", "Cy", wait=Wait.DAYS)
            await harness.read_it(id, "Ben")
            if apart and reacts is alarms:
                await harness.apart("Ana", "Ben")
            await reacts(harness, id)
            if apart and reacts is not alarms:
                await harness.apart("Ana", "Ben")
            await goes(harness)
            if apart and (goes is leaves_the_server or reacts in (answers_it, only_reads)):
                assert list((await harness.replies(id)).values()).count(Asked.CANT) == 1
            seen.append([await pressed(harness, id), await held(harness, "Ben")])
            await harness.wait(hours=3)
            seen[-1] += [await pressed(harness, id)]
    assert seen[0] == seen[1]


@pytest.mark.parametrize("owner", ["Ana", "Ben"])
async def test_reading_closes_an_ask_that_is_beyond_somebody_with_a_boundary(owner: str) -> None:
    """An ask that stays open after it was read, and isn't paused then, would reveal the boundary."""
    for beyond in (True, False):
        async with settled(Harness) as harness:
            await harness.tie("Ana", "Cy")
            id = await harness.ask("Ana", "Ben", "Cy", wait=Wait.TONIGHT)
            await harness.answer(id, "Cy")
            await harness.wait(hours=9, minutes=30)
            if beyond:
                await harness.beyond(id, "Ben")
            await harness.apart(owner, "Ben" if owner == "Ana" else "Ana")
            await harness.wait(minutes=30)
            assert (await harness.read(id)).ask.state == "closed"


# -- two accounts of one person, or a friend of theirs -------------------------------------------------


@pytest.mark.usefixtures("same_times")
@pytest.mark.parametrize("opens", [False, True])
async def test_two_people_who_were_asked_cannot_tell_a_boundary_from_a_removal_from_the_pod(
    opens: bool,
) -> None:
    """Ben and Ben2 are one person. What closes for Ben and not for Ben2 is gone from Ben's /pod as well."""
    seen = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            await harness.tie("Ana", "Ben2")
            id = await harness.ask("Ana", "Ben", "Ben2", wait=Wait.DAYS)
            await harness.deliver()
            if opens:
                await harness.read_it(id, "Ben")
            before = await compared(harness, id)
            if apart:
                await harness.apart("Ana", "Ben")
            elif not opens:
                await removed(harness, "Ana", "Ben")
            at: list[tuple[timedelta, object]] = [(timedelta(), before)]
            began = harness.now
            while harness.now < began + timedelta(days=1, minutes=1):
                now = await compared(harness, id)
                if now != at[-1][1]:
                    at.append((harness.now - began, now))
                if not apart and opens and harness.now - began >= timedelta(hours=12, minutes=30):
                    await removed(harness, "Ana", "Ben")
                    opens = False
                    continue
                await harness.wait(minutes=30)
            opens = at[-1][0] > timedelta()
            seen.append([what for _, what in at])
            assert len(at) == 2
    assert seen[0] == seen[1]


async def compared(harness: Harness, id: str) -> object:
    """Return what Ben and Ben2 can compare: their copies of the ask, and who can ask each of them."""
    ana, found = await harness.person("Ana"), []
    for name in ("Ben", "Ben2"):
        look = await outcome(harness.look(id, name))
        listed = ana in [one.owner for one in (await harness.pod(name)).owners]
        alone = (await harness.their_part(id, name)).alone
        found.append((look, listed, alone, await harness.kinds(name)))
    return found


async def test_a_friend_sees_the_same_after_an_answer_that_a_boundary_withholds() -> None:
    """Whether somebody else may still answer is shown to whoever says that an ask is beyond them."""
    seen = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            await harness.tie("Ana", "Ben2")
            id = await harness.ask("Ana", "Ben", "Ben2", wait=Wait.DAYS)
            await harness.read_it(id, "Ben")
            if apart:
                await harness.apart("Ana", "Ben")
            await harness.answer(id, "Ben")
            seen.append(await compared(harness, id))
    assert seen[0] == seen[1]


async def test_whoever_set_the_boundary_sees_an_ask_to_them_end_with_the_tie() -> None:
    """Only Ben set it, so Ana must not see the moment: his name and the ask go at a random time."""
    async with settled(Harness) as harness:
        ben = await harness.person("Ben")
        id = await harness.ask("Ana", "Ben", wait=Wait.DAYS)
        await harness.deliver()
        await harness.apart("Ben", "Ana")
        assert await harness.kinds("Ben") == []
        await harness.wait(hours=1, seconds=-1)
        assert ben in await harness.available("Ana")
        while ben in await harness.available("Ana"):
            assert (await harness.replies(id))["Ben"] is Asked.ASKED
            await harness.wait(minutes=10)
        assert (await harness.replies(id))["Ben"] is Asked.CANT


async def says_nothing(_harness: Harness, _id: str) -> None:
    pass


async def all_copies(harness: Harness, id: str, names: tuple[str, ...]) -> list[object]:
    """Return what each of the people who were asked can see of their copy."""
    found: list[object] = []
    for name in names:
        look, part = await outcome(harness.look(id, name)), await harness.their_part(id, name)
        # Whether somebody else may still answer is only shown to whoever may.
        alone = part.alone if look == "done" else None
        kinds, kept = await harness.kinds(name), await held(harness, name)
        found.append((name, look, alone, part.may_alarm, kinds, kept))
    return found


SAYS = pytest.mark.parametrize(
    "reacts", [says_beyond, alarms, is_beyond_and_alarms, says_nothing], ids=lambda one: one.__name__
)
COPIES = ("Ben", "Ben2", "Cy")


async def three_were_asked(harness: Harness, reads: tuple[str, ...] = ("Ben", "Ben2")) -> str:
    for name in ("Ben2", "Cy"):
        await harness.tie("Ana", name)
    id = await harness.ask("Ana", *COPIES, wait=Wait.DAYS)
    await harness.deliver()
    for name in reads:
        await harness.read_it(id, name)
    return id


async def cy_answers(harness: Harness, id: str) -> None:
    await harness.answer(id, "Cy")


async def ben2_and_cy_answer(harness: Harness, id: str) -> None:
    await harness.answer(id, "Ben2")
    await harness.answer(id, "Cy")


@SAYS
@pytest.mark.usefixtures("same_times")
@pytest.mark.parametrize(
    "before", [says_nothing, cy_answers, ben2_and_cy_answer], ids=lambda one: one.__name__
)
@pytest.mark.parametrize("also", [(), ("Ben2",), ("Ben2", "Cy")], ids=str)
async def test_what_somebody_set_apart_by_the_asker_says_looks_on_every_copy_as_without_a_boundary(
    reacts: Reacts, before: Reacts, also: tuple[str, ...]
) -> None:
    """Ben and Ben2 are one person, and compare. In `also` are those with whom Ana sets one as well."""
    seen = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            id = await three_were_asked(harness, COPIES)
            await before(harness, id)
            if apart:
                for name in ("Ben", *also):
                    await harness.apart("Ana", name)
            await reacts(harness, id)
            seen.append([await all_copies(harness, id, COPIES)])
            for _ in range(12):
                await harness.wait(hours=1)
                seen[-1].append(await all_copies(harness, id, COPIES))
    assert seen[0] == seen[1]


async def stays(_harness: Harness) -> None:
    pass


@pytest.mark.usefixtures("same_times")
@pytest.mark.parametrize("goes", [rests, leaves_the_pod, stays], ids=lambda one: one.__name__)
async def test_an_ask_is_paused_after_the_place_in_the_pod_of_whoever_asked_for_that_has_ended(
    goes: Callable[[Harness], Awaitable[object]],
) -> None:
    """Without a boundary it is, too. Here Ben says so at last, right before the random time of the tie."""
    seen = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            id = await three_were_asked(harness)
            if apart:
                await harness.apart("Ana", "Ben")
            await harness.wait(hours=12)
            await harness.beyond(id, "Ben")
            if apart:
                assert await harness.person("Ben") in await harness.available("Ana")
            await goes(harness)
            await harness.wait(minutes=40)
            if apart:
                assert await harness.person("Ben") not in await harness.available("Ana")
            elif goes is not leaves_the_pod:
                await removed(harness, "Ana", "Ben")
            seen.append([await all_copies(harness, id, ("Ben", "Ben2"))])
            for _ in range(3):
                await harness.wait(hours=1)
                seen[-1].append(await all_copies(harness, id, ("Ben", "Ben2")))
            assert (await harness.status(id)).ask.state is AskState.PAUSED
    assert seen[0] == seen[1]


@SAYS
@pytest.mark.usefixtures("same_times")
@pytest.mark.parametrize(
    "others", [says_nothing, cy_answers, ben2_and_cy_answer], ids=lambda one: one.__name__
)
async def test_the_asker_is_never_shown_on_whose_account_an_ask_is_paused_across_their_boundary(
    reacts: Reacts, others: Reacts
) -> None:
    """Somebody else may have said it, or else it isn't paused. That somebody is in danger isn't told."""
    async with settled(Harness) as harness:
        id = await three_were_asked(harness, COPIES)
        await others(harness, id)
        await harness.apart("Ana", "Ben")
        await reacts(harness, id)
        await harness.wait(hours=3)
        status = await harness.status(id)
        asked = [name for name, reply in (await harness.replies(id)).items() if reply is Asked.ASKED]
        if reacts is says_nothing:
            assert (status.ask.state, "Ben" in asked) == (AskState.OPEN, True)
        elif others is ben2_and_cy_answer:
            assert (status.ask.state, asked) == (AskState.OPEN, [])
            assert "asks.paused" not in await harness.kinds("Ana")
        else:
            assert status.ask.state is AskState.PAUSED
            assert {"Ben", "Ben2"} <= set(asked)
            assert not status.danger
            [paused] = [one for one in await harness.messages("Ana") if one.kind == "asks.paused"]
            assert paused.other is None


@SAYS
@pytest.mark.usefixtures("same_times")
@pytest.mark.parametrize("both", [False, True])
async def test_whoever_set_the_boundary_themselves_pauses_no_ask_across_it(
    reacts: Reacts, both: bool
) -> None:
    async with settled(Harness) as harness:
        id = await three_were_asked(harness)
        await harness.apart("Ben", "Ana")
        if both:
            await harness.apart("Ana", "Ben")
        await reacts(harness, id)
        await harness.wait(hours=3)
        assert (await harness.status(id)).ask.state is AskState.OPEN
        assert (await harness.replies(id))["Ben"] is (Asked.ASKED if reacts is says_nothing else Asked.CANT)
        assert await outcome(harness.look(id, "Ben2")) == "done"


@pytest.mark.usefixtures("same_times")
async def test_a_boundary_that_was_lifted_still_pauses_an_ask_without_a_name() -> None:
    async with settled(Harness) as harness:
        id = await three_were_asked(harness)
        await harness.apart("Ana", "Ben")
        await harness.beyond(id, "Ben")
        ana = await harness.person("Ana")
        [boundary] = await harness.boundaries.of(ana)
        await harness.boundaries.lift(ana, boundary.id)
        await harness.wait(hours=3)
        assert (await harness.status(id)).ask.state is AskState.PAUSED
