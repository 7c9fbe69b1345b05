"""Who hears of what, in which order: of an event the first row below is told first."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bot.app import build
from bot.house import House
from bot.settings import Settings

EXPECTED = """
a person is parted              servers.service.Servers._part
a person is parted              pods.service.Pods._part
a person is parted              talks.course.Course._part
a person is parted              pairs.ends.Ends._part
a person is parted              asks.answerers.Answerers._part
a person is parted              norms.ballots.Ballots._part
a person is parted              norms.letters.Letters._part

a person rests or is a minor    talks.course.Course._rest
a person rests or is a minor    pairs.service.Pairs._rest
a person rests or is a minor    asks.answerers.Answerers._rest
a person rests or is a minor    pods.service.Pods.young
a person rests or is a minor    plans.service.Plans.young

a boundary is set               pods.service.Pods._hold
a boundary is set               talks.course.Course._hold
a boundary is set               pairs.service.Pairs._set_apart
a boundary is set               asks.answerers.Answerers._hold
a boundary is set               norms.letters.Letters._set_apart

a server removed the bot        reminders.going.Going._gone
a server removed the bot        posting.board.Board.gone

a server has the bot again      reminders.going.Going._returned

a server is for minors          talks.service.Talks._forget
a server is for minors          pairs.service.Pairs._for_minors
a server is for minors          asks.course.Course._for_minors
a server is for minors          plans.service.Plans.forget

a server is forgotten           people.service.People.forget
a server is forgotten           servers.local.LocalLines.forget
a server is forgotten           pods.service.Pods._forget_server
a server is forgotten           talks.service.Talks._forget
a server is forgotten           pairs.service.Pairs._forget
a server is forgotten           asks.course.Course._forget
a server is forgotten           norms.service.Norms._forget
a server is forgotten           insights.service.Insights._forget
a server is forgotten           reminders.going.Going._forget
a server is forgotten           plans.service.Plans.forget
a server is forgotten           posting.board.Board.forget
a server is forgotten           delivery.outbox.Outbox.forget

a tie ended                     asks.answerers.Answerers.tie_ended

an ask was sent                 insights.service.Insights.asked

what does a plan follow from    talks.service.Talks.whose
what does a plan follow from    asks.service.Asks.place

timer asks.beyond               asks.answerers.Answerers._beyond
timer asks.closes               asks.course.Course._closes
timer asks.destroyed            asks.course.Course._destroy
timer asks.draft_ends           asks.course.Course._destroy
timer asks.ends                 asks.course.Course._ends
timer asks.message_ends         asks.course.Course._message_ends
timer asks.reminded             asks.answerers.Answerers._remind
timer asks.unread               asks.course.Course._unread
timer boundaries.parted         boundaries.service.Boundaries._part
timer contact.remind            contact.service.Contact._ring
timer insights.month            insights.service.Insights._ended
timer norms.ballot_ends         norms.ballots.Ballots._ends
timer norms.note_goes           norms.letters.Letters._go
timer pairs.ask                 pairs.course.Course._ask
timer pairs.ends                pairs.ends.Ends._ends
timer pairs.forget              pairs.ends.Ends._forget
timer pairs.lapse               pairs.ends.Ends._lapse
timer pairs.notes_end           pairs.ends.Ends._notes_end
timer pairs.resume              pairs.pauses.Pauses._due
timer pairs.round_ends          pairs.course.Course._round_ends
timer pairs.silent              pairs.course.Course._silent
timer people.roll_call          ui.roll_call.RollCall._due
timer plans.ask                 plans.course.Course._ask
timer plans.go                  plans.course.Course._go
timer pods.forget               pods.inviting.Inviting._forget
timer pods.lapse                pods.inviting.Inviting._lapse
timer reminders.due             reminders.course.Course._due
timer reminders.event           reminders.events.Events._due
timer servers.forget            servers.service.Servers._forget_due
timer talks.follow              talks.course.Course._follow
timer talks.go                  talks.course.Course._go
timer talks.lapse               talks.course.Course._lapse

post reminders.barred           reminders.posting.Posting._line_told
post reminders.reminder         reminders.posting.Posting._told
"""
"""74 rows. Classes may get other names here; the order of the handlers of an event stays as it is."""


async def test_everybody_is_told_in_the_order_of_the_table(tmp_path: Path) -> None:
    async with build(Settings(_env_file=None, state_dir=tmp_path)) as bot:
        found = [f"{event:32}{named(handler)}" for event, handler in subscriptions(bot.house)]
    assert found == [row for row in EXPECTED.splitlines() if row]


def subscriptions(house: House) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Each event with each of its handlers in turn; then each kind of timer and of post with its only one."""
    events: dict[str, list[Any]] = {
        "a person is parted": house.people._farewells,
        "a person rests or is a minor": house.preferences._rested,
        "a boundary is set": house.boundaries._set,
        "a server removed the bot": house.servers._gone,
        "a server has the bot again": house.servers._returned,
        "a server is for minors": house.servers._minors,
        "a server is forgotten": house.servers._forget,
        "a tie ended": house.pods._ended,
        "an ask was sent": house.asks._sent,
        "what does a plan follow from": house.plans._sources,
    }
    for event, handlers in events.items():
        yield from ((event, handler) for handler in handlers)
    yield from ((f"timer {kind}", handler) for kind, handler in sorted(house.agenda._handlers.items()))
    yield from ((f"post {kind}", handler) for kind, handler in sorted(house.board._told.items()))


def named(handler: Callable[..., Any]) -> str:
    """`asks.course.Course._destroy`."""
    return f"{handler.__module__}.{handler.__qualname__}".removeprefix("bot.")
