"""The eight people of `authorisation.csv` press what stands in its rows, and what came is judged."""

import io
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from discord import app_commands
from simcord.enums import ComponentType

from bot.asks.errors import AskClosed
from bot.demo.client.client import demo_client
from bot.demo.client.screen import Screen
from bot.errors import AlreadyDone, NotYours, Refusal
from bot.pods.errors import InvitationClosed
from bot.servers.errors import NoServer, NotAModerator
from bot.settings import Settings
from bot.talks.errors import CannotBeAsked
from bot.vault.keyring import Keyring
from cogs.me.boundary import strings as boundary_words
from cogs.me.inbox import strings as inbox_words
from cogs.me.privacy import strings as privacy_words
from cogs.pair.start import strings as pair_words
from cogs.pod import strings as pod_words
from tests.system.controls import Control, Found, Hand
from tests.system.matrix import Row
from tests.system.prepared_group import BYSTANDERS, FRIENDS, READERS, ROLES, PreparedGroup, mark, name_mark
from tests.system.rehearsal import rehearsed
from tests.system.row_changes import DatabaseRow, Dump, Whose, differences, dumped, written

HOLDERS = ("owner", "answerer", "partner", "moderator")
"""Those on whose cards the controls stand."""
ON_OLDER_CARDS = (
    *("closed asking", "left's asking", "erased's ask", "erased's plan", "erased's message"),
    *("agreed talk", "talk that took place", "account", "hand"),
)
"""Things whose cards were shown before. Their custom_ids are made from those of other cards, if need be."""
MESSAGES = tuple(f"{holder}'s message" for holder in HOLDERS)
"""Any message in the inbox of each of them."""
BY_HAND = {
    "pods.removing": Control("v1:pods.removing:"),
    "pods.leaving": Control("v1:pods.leaving:"),
    "pairs.move": Control("v1:pairs.move:"),
    "settings.grown": Control("v1:settings.grown:"),
    "settings.rest_end": Control("v1:settings.rest_end:"),
    "manage.norms_channel": Control("v1:manage.norms_channel:members", ComponentType.CHANNEL_SELECT),
    "manage.post_again": Control("v1:manage.post_again:3"),
    "manage.note_again": Control("v1:manage.note_again:"),
    "manage.notes_done": Control("v1:manage.notes_done:"),
    "manage.report_again": Control("v1:manage.report_again:"),
    "manage.bar_confirm": Control("v1:manage.bar_confirm:"),
    "paths.met": Control("v1:paths.met:.yes"),
    "paths.sense": Control("v1:paths.sense:.worried"),
    "paths.tell": Control("v1:paths.tell:"),
    "paths.ready": Control("v1:paths.ready:"),
    "paths.keep": Control("v1:paths.keep:"),
    "paths.stay": Control("v1:paths.stay:"),
    "paths.unclose": Control("v1:paths.unclose:"),
    "nights.choose": Control("v1:nights.choose:"),
    "nights.kept": Control("v1:nights.kept:"),
    "nights.out": Control("v1:nights.out:"),
}
"""Controls of earlier versions, and some that are shown only in a state in which this group is not."""

REFUSALS: dict[str, tuple[type[Refusal], ...]] = {
    "nothing": (NotYours,),
    "moderators": (NotAModerator,),
    "closed": (AlreadyDone, AskClosed, InvitationClosed),
    "cannot": (CannotBeAsked,),
    "server": (NoServer,),
    "unknown": (),
}
SENTENCES = {
    "closed": (inbox_words.CLOSED_TITLE,),
    "server": (boundary_words.ADD_IN_A_SERVER, pod_words.INVITE_IN_A_SERVER, pair_words.IN_A_SERVER),
    "unknown": (privacy_words.UNKNOWN,),
}
"""How cards begin that say the same as these refusals, and are none."""
_BEGINS = 40
MAY_CHANGE = ("does", "ends")
"""Cells of presses that may change what belongs to others."""
GREETING = ("people", "names", "data_keys", "moderators")
"""Tables in which a refused press may write too: whoever presses is met, under the name they have now."""

How = Callable[[], Awaitable[Screen | None]]


@dataclass(frozen=True)
class Pressed:
    """What came of one press: what was shown, why it was refused, and which rows it changed."""

    shown: str
    refused: Exception | None
    changed: list[tuple[str, DatabaseRow]]

    @property
    def answer(self) -> str:
        return f"{type(self.refused).__name__}, {self.shown[:100]!r}"


class Everybody:
    """Presses as each of the eight. Each press is rolled back, so that all of them find the same group."""

    def __init__(self, group: PreparedGroup) -> None:
        self._group = group
        self._demo = group.demo
        self._db = group.demo.bot.db
        self._found = {role: Found(first=role == HOLDERS[0]) for role in HOLDERS}
        self._hands = {role: self._hand(role) for role in ROLES}
        self._refused: list[Exception] = []
        self._before: Dump = {}
        self._note_refusals()

    def _hand(self, role: str) -> Hand:
        members = self._group.members
        return Hand(self._demo, members[role], members["picked"], left=role == "left")

    def _note_refusals(self) -> None:
        """Remember each error that the router explains, before it does so."""
        router = self._group.services.router
        explain = router.explain

        async def noted(interaction: Any, error: Exception, typed: dict[str, str] | None = None) -> None:
            self._refused.append(getattr(error, "original", error))
            await explain(interaction, error, typed)

        vars(router)["explain"] = noted

    # -- what is shown to whom --------------------------------------------------------------------

    async def look_around(self) -> None:
        """Let those who have cards run every command, and press what they are shown, and so on."""
        self._before = await self._db.read(dumped)
        posts = f"/channels/{self._demo.general.id}/"
        public = [one for one in self._demo.requests if one.path.startswith(posts)]
        for role, found in self._found.items():
            found.see(public)
            for key in self._commands():
                await self._look(found, self._command(role, key))
            while (control := found.next()) is not None:
                await self._look(found, partial(self._hands[role].press, control, "words", zone="san"))

    async def _look(self, found: Found, how: How) -> None:
        before = len(self._demo.requests)
        await rehearsed(self._db, how)
        found.see(self._demo.requests[before:])

    def _commands(self) -> Iterator[str]:
        tree = self._demo.bot.tree
        yield from (f"/{one.qualified_name}" for one in tree.walk_commands() if is_command(one))
        yield from (f"menu {one.name}" for one in tree.get_commands() if is_menu(one))

    def control(self, row: Row) -> Control:
        """Return the control of this row, as it was shown. Raises LookupError if it was shown to nobody."""
        anything = not row.names or row.names in MESSAGES
        id = "" if anything else self._group.ids[row.names]
        if (made := BY_HAND.get(row.verb)) is not None:
            return made.about(id) if id else made
        first = (row.holder, row.names.partition("'")[0])
        holders = sorted(HOLDERS, key=lambda one: one not in first)
        shown = [control for holder in holders for control in self._found[holder].by_verb[row.verb]]
        fits = [one for one in shown if row.word in ("", one.route.word)]
        for one in fits:
            if not id or id in one.names:
                return one
        if fits and row.names in ON_OLDER_CARDS:
            return fits[0].about(id)
        raise LookupError(f"{row}: nobody was shown such a control")

    # -- pressing ---------------------------------------------------------------------------------

    def _command(self, role: str, key: str) -> How:
        """Return how this person runs a command, or chooses from a menu."""
        demo, member, picked = self._demo, self._group.members[role], self._group.members["picked"]
        kind, _, menu = key.partition(" ")

        async def choose() -> Screen:
            if menu == "Invite to my pod":
                return await demo.menu(member, menu, picked)
            writes = member if menu == "Ask my pod about this" else picked
            return await demo.menu(member, menu, await demo.say(writes, "a message in the channel"))

        options = {"partner": picked} if key == "/pair start" else {}
        run = partial(demo.slash, member, key[1:], dm=role == "left", **options)
        return choose if kind == "menu" else run

    def _how(self, role: str, row: Row) -> How:
        if row.is_command:
            return self._command(role, row.key)
        words = self._group.text("private", role, "words")
        return partial(self._hands[role].press, self.control(row), words)

    async def press(self, role: str, row: Row) -> Pressed:
        """Let this person press what the row is about. Nothing of it lasts.

        What was changed is looked up only where something must not have changed.
        """
        how = self._how(role, row)

        async def act() -> Pressed:
            self._refused.clear()
            sent_before, written_before = len(self._demo.requests), await self._db.read(written)
            screen = await how()
            sent = repr([one.json for one in self._demo.requests[sent_before:]])
            looks = row.cells[role] not in MAY_CHANGE and await self._db.read(written) != written_before
            changed = differences(self._before, await self._db.read(dumped)) if looks else ()
            shown = [] if screen is None else [screen, *screen.followups]
            texts = [*(one.text for one in shown), sent, *(self._files(shown))]
            return Pressed("\n".join(texts), next(iter(self._refused), None), [*changed])

        return await rehearsed(self._db, act)

    def _files(self, shown: list[Screen]) -> Iterator[str]:
        """Yield what stands in the files that came with the answer."""
        for kept in [kept for one in shown if not one.is_form for kept in one.message.attachments]:
            content = self._demo.env.backend.cdn.get(kept["url"]) or b""
            if zipfile.is_zipfile(io.BytesIO(content)):
                archive = zipfile.ZipFile(io.BytesIO(content))
                yield from (archive.read(name).decode() for name in archive.namelist())
            else:
                yield content.decode("utf-8", "replace")

    # -- judging ----------------------------------------------------------------------------------

    async def problem(self, role: str, row: Row) -> str | None:
        """Return what is not as the row says, if anything."""
        cell = row.cells[role]
        if cell == "-":
            return None
        pressed = await self.press(role, row)
        if not _fits(cell, pressed):
            return f"{row}: {role}: {cell}, but {pressed.answer}"
        if leaked := self._leaked(role, cell, pressed.shown):
            return f"{row}: {role}: {cell}, but shows {leaked}"
        if changed := self._changed(role, cell, pressed.changed):
            return f"{row}: {role}: {cell}, but changes {changed}"
        return None

    def _leaked(self, role: str, cell: str, shown: str) -> list[str]:
        """Return the marks of other people that must not have been shown.

        The names of moderators are not secret, and people who have to do with each other know each other's.
        """
        others = [one for one in (*ROLES, *BYSTANDERS) if one != role]
        leaked = [
            mark(kind, one)
            for kind, readers in READERS.items()
            for one in others
            if mark(kind, one) in shown and not (cell in ("does", "shows") and role in readers)
        ]
        if cell in ("does", "shows"):
            return leaked
        knows_nobody = role not in FRIENDS or role in ("left", "erased")
        if knows_nobody or cell in REFUSALS:
            known = ("moderator", "picked", *(("stranger", "elsewhere") if role == "other" else ()))
            leaked += [name_mark(one) for one in others if one not in known and name_mark(one) in shown]
        return leaked

    def _changed(self, role: str, cell: str, changed: list[tuple[str, DatabaseRow]]) -> list[str]:
        """Return the tables of rows that were changed and must not have been, with whom they are about."""
        if cell not in ("own", "group"):
            return sorted({table for table, _ in changed if table not in GREETING})
        people = {id: one for one, id in self._group.people.items()}
        new = {row[0]: role for table, row in changed if table == "people" and row[0] not in people}
        names = people | new
        rows = [*(row for table in self._before.values() for row in table), *(row for _, row in changed)]
        whose = Whose([*names], rows)
        about = [(table, {names[id] for id in whose(row)}) for table, row in changed]
        return sorted(f"{table} of {sorted(whom)}" for table, whom in about if whom and role not in whom)


def _fits(cell: str, pressed: Pressed) -> bool:
    """Whether the answer is of the kind that the cell names."""
    if isinstance(pressed.refused, REFUSALS.get(cell, ())):
        return True
    if pressed.refused is not None:
        return False
    said = [sentence[:_BEGINS] in pressed.shown for sentence in SENTENCES.get(cell, ())]
    return any(said) or cell not in REFUSALS


def is_command(one: Any) -> bool:
    return isinstance(one, app_commands.Command)


def is_menu(one: Any) -> bool:
    return isinstance(one, app_commands.ContextMenu)


@asynccontextmanager
async def everybody(state: Path) -> AsyncIterator[Everybody]:
    """Open a server with the prepared group on it, where everybody has looked around."""
    settings = Settings(_env_file=None, state_dir=state, key_file=state / "keys.json")
    Keyring.fresh().save(settings.key_path)
    async with demo_client(settings) as demo:
        group = PreparedGroup(demo)
        await group.prepare()
        pressing = Everybody(group)
        await pressing.look_around()
        yield pressing
