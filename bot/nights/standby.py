"""What a call for a hand needs, in memory, so that it works while the database can't be used.

It holds a night only from an hour before its start until noon, and of its people only those who are in it,
with the friends who have agreed to look out for them. `standing_by.py` fills it and keeps it true: what it
holds changes with the commit of what changes it, so whoever has left, stopped, set a boundary or been erased
is gone from it at once. Names alone may be a few hours old. Nothing of it is logged.

A call that is made from here is written nowhere. Within two minutes a second press is the same call, and
tells only those whom the first has not reached; so does a press for a call that was stored just before the
database failed. Somebody may still be told twice: when the database is back, what was stored and had not
been sent is sent, and the next press is a call like any other. Twice is better than never.
"""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.ids import PersonId, new_id
from bot.nights.models import (
    SAME_CALL,
    Call,
    Hand,
    Heard,
    Look,
    Member,
    Night,
    NightCard,
    Quick,
    Reached,
)
from bot.nights.queries import Friend, LooksOut, NightView


class Looker(Struct, frozen=True):
    """One friend who looks out for somebody, by their Discord account.

    channel: the DM channel that was opened to them, if one was. called: what they call whoever they look out
    for. name: what that person calls them. messages: those that lead them to the card.
    """

    look: Look
    account: int
    channel: int | None
    called: str
    name: str
    messages: frozenset[str] = frozenset()


class Place(Struct, frozen=True):
    """One person in a night, by their Discord account. messages: those that ask them how they are."""

    night: Night
    member: Member
    account: int
    card: NightCard
    hand: Hand | None = None
    lookers: tuple[Looker, ...] = ()
    messages: frozenset[str] = frozenset()


class _Called(Struct):
    """A call, and at which look it has reached a friend. stored: it is in the database."""

    hand: Hand
    heard: dict[str, Heard]
    stored: bool = False


class Standby:
    """The nights that are on now. Everything is asked for by the account that has pressed."""

    def __init__(self) -> None:
        self._nights: dict[str, Night] = {}
        self._places: dict[tuple[str, PersonId], Place] = {}
        self._calls: dict[str, _Called] = {}
        """The last call of each place, by the member's id."""

    # -- filled by `standing_by.py` ---------------------------------------------------------------

    def watch(self, night: Night) -> None:
        """Hold a night from now on."""
        self._nights[night.id] = night

    def watches(self, night: str) -> bool:
        return night in self._nights

    @property
    def nights(self) -> list[str]:
        """The ids of the nights that are held."""
        return [*self._nights]

    def people(self, night: str) -> set[PersonId]:
        """Return the people about whom something is held in a night."""
        return {person for held, person in self._places if held == night}

    def put(self, night: str, person: PersonId, place: Place | None) -> None:
        """Hold this of somebody in a night in place of what was held; None if they aren't in it any more."""
        if place is not None and night in self._nights:
            self._places[night, person] = place
        elif (gone := self._places.pop((night, person), None)) is not None:
            self._calls.pop(gone.member.id, None)

    def end(self, night: str) -> None:
        """Hold a night no longer."""
        self._nights.pop(night, None)
        for key in [one for one in self._places if one[0] == night]:
            self.put(*key, None)

    def end_before(self, now: datetime) -> None:
        """Hold no night whose noon has come."""
        for night in [one for one in self._nights.values() if one.noon_at <= now]:
            self.end(night.id)

    @property
    def ends_at(self) -> datetime | None:
        """When the first of its nights is to be held no longer."""
        return min((one.noon_at for one in self._nights.values()), default=None)

    def began(self, member: str, hand: Hand) -> None:
        """Take note of a call that was stored, so that it can be gone on with if the database fails now."""
        if any(one.member.id == member for one in self._places.values()):
            self._calls[member] = _Called(hand, {}, stored=True)

    # -- for whoever is out -----------------------------------------------------------------------

    def mine(self, account: int, now: datetime) -> NightView | None:
        """Return their night that is on, as they see it, without the others in it."""
        mine = [one for one in self._on(now) if one.account == account]
        if not mine:
            return None
        place = min(mine, key=lambda one: one.night.starts_at)
        looks = (LooksOut(one.look.id, "", one.name, agreed=True) for one in place.lookers)
        return NightView(place.night, place.member, place.card, look_out=tuple(looks))

    def asked(self, account: int, message: str, now: datetime) -> bool:
        """Whether this message asks them how they are."""
        return any(one.account == account and message in one.messages for one in self._on(now))

    def call(self, account: int, member: str, now: datetime) -> Call | None:
        """Begin a call, or go on with that of the last two minutes; None if they aren't out."""
        place = self._place(member, now)
        if place is None or place.account != account:
            return None
        known = self._calls.get(member)
        if known is None or now >= known.hand.made_at + SAME_CALL:
            hand = Hand(new_id(), place.night.id, place.night.server, place.member.person, now)
            known = self._calls[member] = _Called(hand, {})
        return self._seen(place, known)

    def unreached(self, member: str, now: datetime) -> list[Looker]:
        """Return the friends whom the last call has not reached."""
        place, known = self._place(member, now), self._calls.get(member)
        if place is None or known is None:
            return []
        return [one for one in place.lookers if known.heard.get(one.look.id) is not Heard.REACHED]

    def looks_out(self, look: str, member: str, now: datetime) -> bool:
        """Whether this friend still looks out for them: asked right before each message."""
        place = self._place(member, now)
        return place is not None and any(one.look.id == look for one in place.lookers)

    def heard(self, hand: str, look: str, heard: Heard) -> None:
        """Take note of what became of a call at one friend."""
        for known in self._calls.values():
            if known.hand.id == hand:
                known.heard[look] = heard

    def called(self, member: str, now: datetime) -> Call | None:
        """Return the last call as its caller sees it."""
        place, known = self._place(member, now), self._calls.get(member)
        return None if place is None or known is None else self._seen(place, known)

    def stored(self, hand: str) -> bool:
        """Whether the database knows of a call. It knows nothing of those that were made from here."""
        return all(one.stored for one in self._calls.values() if one.hand.id == hand)

    def say(self, account: int, hand: str, quick: Quick, now: datetime) -> Call | None:
        """Say what it is; None if nothing is held of such a call by this account."""
        for place in self._on(now):
            known = self._calls.get(place.member.id)
            if place.account == account and known is not None and known.hand.id == hand:
                known.hand = replace(known.hand, quick=quick)
                return self._seen(place, known)
        return None

    # -- for those who look out -------------------------------------------------------------------

    def friend(self, account: int, member: str, now: datetime) -> Friend | None:
        """Return what a friend sees of somebody for whom they look out; None for everybody else."""
        place = self._place(member, now)
        if place is None:
            return None
        for one in place.lookers:
            if one.account == account:
                seen = Friend(one.look, place.night, place.member, one.called, place.card, place.hand)
                return seen.with_hand(self.hand_of(member))
        return None

    def leads_to(self, account: int, message: str, now: datetime) -> str | None:
        """Return whose card a message of theirs leads to, by that person's place in the night."""
        for place in self._on(now):
            for one in place.lookers:
                if one.account == account and message in one.messages:
                    return place.member.id
        return None

    def hand_of(self, member: str) -> Hand | None:
        """Return the last call that is held. Only for those who may see the card."""
        known = self._calls.get(member)
        return None if known is None else known.hand

    # -- inside -----------------------------------------------------------------------------------

    def _on(self, now: datetime) -> list[Place]:
        return [one for one in self._places.values() if one.night.watched(now)]

    def _place(self, member: str, now: datetime) -> Place | None:
        return next((one for one in self._on(now) if one.member.id == member), None)

    def _seen(self, place: Place, known: _Called) -> Call:
        friends = (Reached(one.name, known.heard.get(one.look.id, Heard.TRYING)) for one in place.lookers)
        return Call(known.hand, place.night, tuple(friends))
