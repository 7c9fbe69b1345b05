"""Which handlers react to which event. Each row runs from left to right, in the causing transaction."""

from bot.asks import timers as ask_timers
from bot.boundaries import service as boundaries
from bot.boundaries.privacy import BoundaryPrivacy
from bot.contact import service as contact
from bot.contact.privacy import ContactPrivacy
from bot.delivery import dm_deletions
from bot.delivery.older_copy import look_before_sending
from bot.delivery.privacy import DeliveryPrivacy
from bot.events import (
    AskSent,
    AskWithdrawn,
    BoundarySet,
    PersonParted,
    PersonRested,
    PersonUnderEighteen,
    RetentionShortened,
    ServerForgotten,
    ServerGone,
    ServerReturned,
    ServerSetForMinors,
    TieEnded,
)
from bot.insights import service as insights
from bot.nights import posts as night_posts
from bot.nights import timers as night_timers
from bot.norms import posts as norm_posts
from bot.norms import timers as norm_timers
from bot.pairs import timers as pair_timers
from bot.paths import timers as path_timers
from bot.people import strangers
from bot.people.privacy import PeoplePrivacy
from bot.plans import timers as plan_timers
from bot.pods import timers as pod_timers
from bot.reminders import posts as reminder_posts
from bot.reminders import timers as reminder_timers
from bot.reminders.privacy import ReminderPrivacy
from bot.reports import timers as report_timers
from bot.reports.models import PassageKind
from bot.reports.privacy import ReportPrivacy
from bot.servers import posts as server_posts
from bot.servers import service as servers
from bot.services import Services
from bot.talks import timers as talk_timers
from bot.terms import timers as terms_timers
from bot.ui import membership_sweep
from bot.vault import timers as vault_timers
from bot.vault.privacy import VaultPrivacy


def wire(s: Services) -> None:
    """Connect the services with each other. Called once, right after they are built."""
    _events(s)
    _timers(s)
    for kind in (norm_posts.BALLOT, norm_posts.RESULT):
        s.channel_posts.on(kind, s.norms.posting.on_posted)
    s.channel_posts.on(norm_posts.BARRED, s.norms.posting.on_barred_posted)
    s.channel_posts.on(reminder_posts.REMINDER, s.reminders.posts.on_posted)
    s.channel_posts.on(reminder_posts.BARRED, s.reminders.posts.on_barred_posted)
    s.channel_posts.on(server_posts.WELCOME, s.servers.welcome.on_posted)
    s.channel_posts.on(server_posts.BARRED, s.servers.welcome.on_barred_posted)
    s.channel_posts.on(night_posts.POST, s.nights.posts.on_posted)
    s.people.knows(
        s.pods.circle,
        s.pairs.queries.circle,
        s.paths.queries.circle,
        s.terms.queries.circle,
        s.nights.queries.circle,
    )
    s.boundaries.ends_by(
        pod_timers.PART,
        ask_timers.PART,
        talk_timers.PART,
        pair_timers.PART,
        path_timers.PART,
        terms_timers.PART,
        night_timers.PART,
    )
    s.people.strangers.named_by(
        s.pods.named, s.asks.named, s.talks.named, s.pairs.queries.named, s.paths.queries.named,
        s.boundaries.named, s.reports.bars.named, s.terms.queries.named, s.nights.queries.named,
    )  # fmt: skip
    _passages(s)
    s.plans.follow_from(s.talks.whose, s.asks.place)
    s.outbox.on_closed = s.dm_deletions.later
    s.replay.erases_with(s.people.everyone, s.privacy.erase_again)
    s.replay.when_older(look_before_sending)
    # Slices first; then the messages, which the slices close; then names and accounts; last the keys.
    s.privacy.in_order(
        s.asks.privacy, s.talks.privacy, s.pairs.privacy, s.paths.privacy, s.pods.privacy,
        s.plans.privacy, s.terms.privacy, s.nights.privacy, s.norms.privacy,
        ReportPrivacy(s.reports), ReminderPrivacy(), s.servers.privacy, ContactPrivacy(s.agenda),
        BoundaryPrivacy(s.boundaries),
        DeliveryPrivacy(s.outbox, s.dm_deletions), PeoplePrivacy(), VaultPrivacy(s.vault),
    )  # fmt: skip


def _passages(s: Services) -> None:
    """Say how each slice reads what can be reported."""
    read_by, pairs = s.reports.passages.read_by, s.pairs

    read_by({PassageKind.ASK: s.asks.answering.passage, PassageKind.ANSWER: s.asks.answer_passage})
    read_by(
        {
            PassageKind.PROPOSAL: pairs.proposals.passage,
            PassageKind.AIMS: pairs.sharing.aims_passage,
            PassageKind.NOTE: pairs.sharing.note_passage,
        }
    )
    read_by({PassageKind.INVITATION: s.pods.invitations.passage})


def _events(s: Services) -> None:
    on = s.events.on
    asks, pairs, talks, pods = s.asks.lifecycle, s.pairs.lifecycle, s.talks.lifecycle, s.pods.lifecycle
    plans, norms, reminders = s.plans.lifecycle, s.norms.lifecycle, s.reminders.lifecycle
    paths, reports, terms = s.paths.lifecycle, s.reports.lifecycle, s.terms.lifecycle
    nights = s.nights.lifecycle

    on(
        PersonParted,
        s.servers.on_parted, pods.on_parted, talks.on_parted, pairs.on_parted, paths.on_parted,
        asks.on_parted, norms.on_parted, reports.on_parted, terms.on_parted, nights.on_parted,
    )  # fmt: skip
    on(PersonRested, talks.on_rested, asks.on_rested, nights.on_rested)
    on(
        PersonUnderEighteen,
        talks.on_under_18, pairs.on_under_18, paths.on_under_18,
        asks.on_under_18, pods.on_under_18, plans.on_under_18, terms.on_under_18,
        nights.on_under_18,
    )  # fmt: skip
    on(
        BoundarySet,
        pods.on_boundary, talks.on_boundary, pairs.on_boundary, paths.on_boundary,
        asks.on_boundary, norms.on_boundary, reports.on_boundary, terms.on_boundary,
        nights.on_boundary,
    )  # fmt: skip
    on(TieEnded, asks.on_tie_ended)
    on(AskSent, s.insights.on_ask_sent)
    on(AskWithdrawn, s.insights.on_ask_withdrawn)
    on(
        ServerSetForMinors,
        talks.on_server_for_minors, pairs.on_server_for_minors, paths.on_server_for_minors,
        asks.on_server_for_minors, plans.on_server_for_minors, terms.on_server_for_minors,
        nights.on_server_for_minors,
    )  # fmt: skip
    on(RetentionShortened, asks.on_retention_shortened)
    on(ServerGone, reminders.on_server_gone, s.channel_posts.on_server_gone)
    on(ServerReturned, reminders.on_server_returned)
    # The outbox comes after every slice, since each closes its own messages; the server's own row goes last.
    on(
        ServerForgotten,
        s.people.on_server_forgotten, s.servers.local.on_server_forgotten, pods.on_server_forgotten,
        talks.on_server_forgotten, pairs.on_server_forgotten, paths.on_server_forgotten,
        asks.on_server_forgotten, norms.on_server_forgotten,
        s.insights.on_server_forgotten, reminders.on_server_forgotten,
        plans.on_server_forgotten, reports.on_server_forgotten, terms.on_server_forgotten,
        nights.on_server_forgotten,
        s.channel_posts.on_server_forgotten,
        s.outbox.on_server_forgotten, s.servers.on_server_forgotten,
    )  # fmt: skip


def _timers(s: Services) -> None:
    due = s.agenda.on

    due(servers.FORGET, s.servers.forget)
    due(boundaries.PARTED, s.boundaries.part)
    due(pod_timers.LAPSE, s.pods.timers.lapse)
    due(pod_timers.FORGET, s.pods.timers.forget)
    due(pod_timers.PART, s.pods.timers.part)
    due(ask_timers.PART, s.asks.timers.part)
    due(talk_timers.PART, s.talks.timers.part)
    due(pair_timers.PART, s.pairs.timers.part)
    due(plan_timers.ASK, s.plans.timers.ask)
    due(plan_timers.GO, s.plans.timers.go)
    due(talk_timers.LAPSE, s.talks.timers.lapse)
    due(talk_timers.FOLLOW, s.talks.timers.follow)
    due(talk_timers.GO, s.talks.timers.go)
    due(terms_timers.GOES, s.terms.timers.go)
    due(terms_timers.LAPSE, s.terms.timers.lapse)
    due(terms_timers.FORGET, s.terms.timers.forget)
    due(terms_timers.PART, s.terms.timers.part)
    due(night_timers.STARTS, s.nights.timers.start)
    due(night_timers.CHECK, s.nights.timers.check)
    due(night_timers.HOME, s.nights.timers.home)
    due(night_timers.MISSED, s.nights.timers.missed)
    due(night_timers.NOON, s.nights.timers.noon)
    due(night_timers.DESTROY, s.nights.timers.destroy)
    due(night_timers.PART, s.nights.timers.part)
    due(night_timers.CARD_GOES, s.nights.timers.forget_card)
    due(pair_timers.ASK, s.pairs.timers.ask)
    due(pair_timers.ROUND_ENDS, s.pairs.timers.end_rounds)
    due(pair_timers.SILENT, s.pairs.timers.ask_the_silent)
    due(pair_timers.ENDS, s.pairs.timers.end)
    due(pair_timers.LAPSE, s.pairs.timers.lapse)
    due(pair_timers.NOTES_END, s.pairs.timers.forget_notes)
    due(pair_timers.FORGET, s.pairs.timers.forget)
    due(pair_timers.RESUME, s.pairs.timers.resume)
    due(path_timers.MEET, s.paths.timers.meet)
    due(path_timers.LOOK, s.paths.timers.look)
    due(path_timers.TERM, s.paths.timers.term)
    due(path_timers.WAITS, s.paths.timers.stop_waiting)
    due(path_timers.DESTROY, s.paths.timers.destroy)
    due(path_timers.FORGET, s.paths.timers.forget)
    due(path_timers.LAPSE, s.paths.timers.lapse)
    due(path_timers.INVITATION_GOES, s.paths.timers.forget_invitations)
    due(path_timers.PART, s.paths.timers.part)
    due(ask_timers.DRAFT_ENDS, s.asks.timers.destroy)
    due(ask_timers.MESSAGE_ENDS, s.asks.timers.end_message)
    due(ask_timers.WAIT_ENDS, s.asks.timers.end_wait)
    due(ask_timers.UNREAD, s.asks.timers.remind_unread)
    due(ask_timers.CLOSES, s.asks.timers.close)
    due(ask_timers.DESTROYED, s.asks.timers.destroy)
    due(ask_timers.REMINDED, s.asks.timers.remind)
    due(ask_timers.BEYOND, s.asks.timers.hear_beyond)
    due(norm_timers.BALLOT_ENDS, s.norms.timers.end_ballots)
    due(norm_timers.NOTE_GOES, s.norms.timers.remove_notes)
    due(report_timers.GOES, s.reports.timers.remove)
    due(report_timers.BAR_ENDS, s.reports.timers.end_bars)
    due(report_timers.QUOTAS_END, s.reports.timers.forget_quotas)
    due(insights.MONTH, s.insights.close_months)
    due(reminder_timers.EVENT, s.reminders.events.post)
    due(reminder_timers.DUE, s.reminders.timers.post)
    due(strangers.SWEEP, s.people.strangers.sweep)
    due(membership_sweep.ROLL_CALL, s.membership_sweep.call)
    due(contact.REMIND, s.contact.ring)
    due(dm_deletions.DELETE, s.dm_deletions.due)
    due(vault_timers.REWRAP, s.key_rotation.rewrap)
