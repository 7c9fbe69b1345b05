"""What Discord's errors mean for a delivery: which are passing, and which are lasting.

The codes are Discord's own (https://discord.com/developers/docs/topics/opcodes-and-status-codes#json).
Which of them pass by themselves was learned by running the bot.
"""

from datetime import timedelta
from enum import Enum

from bot.delivery.outcome import Missing, Refused, Retry, Trouble, Uncertain

UNKNOWN_CHANNEL, UNKNOWN_GUILD, UNKNOWN_MEMBER, UNKNOWN_MESSAGE, UNKNOWN_USER = (
    10003, 10004, 10007, 10008, 10013,
)  # fmt: skip
MISSING_ACCESS, MISSING_PERMISSIONS = 50001, 50013

LASTS = timedelta(days=1)
"""How long something that may pass is waited for, until it counts as lasting."""


class Meaning(Enum):
    """What an error says about the request, and about later ones like it."""

    PASSING = "passing"
    """It was not done, and will work again sooner or later."""
    HINDERED = "hindered"
    """It was not done. It often passes, but counts as lasting after LASTS."""
    UNKNOWN = "unknown"
    """It may have been done."""
    REFUSED = "refused"
    """It was not done and never will be."""
    MISSING = "missing"
    """What it is about doesn't exist any more."""


_P, _H, _U, _R, _M = Meaning

MEANINGS: dict[tuple[int | None, int | None], Meaning] = {
    # (status, code): None stands for any. The first row that fits in the order of `meaning_of` counts.
    (400, 20028): _P,  # too many messages in this channel
    (400, 20029): _P,  # too many messages in this server
    (400, 30046): _P,  # too many edits of a message that is older than an hour
    (400, 40003): _P,  # DM channels are opened too fast
    (None, 40004): _P,  # sending messages is switched off for the moment
    (None, 40006): _P,  # this feature is switched off for the moment
    (None, 40333): _P,  # Cloudflare blocks the request
    (None, 130000): _P,  # overloaded
    (401, None): _P,  # the token was reset: the gateway ends the process, and the operator has to act
    (403, 0): _P,  # not an answer of Discord's API, but of what stands before it
    (404, 0): _P,
    (408, None): _P,
    (429, None): _P,
    (None, MISSING_ACCESS): _H,  # the channel is hidden, or the server unavailable
    (None, MISSING_PERMISSIONS): _H,  # a permission was taken away, or the bot is timed out
    (None, UNKNOWN_CHANNEL): _H,  # also answered while a server is unavailable; see the gateways
    (None, UNKNOWN_GUILD): _H,
    (None, 50083): _H,  # the thread is archived
    (None, 160005): _H,  # the thread is locked
    (403, 50007): _R,  # they take no direct messages from the bot
    (403, 50278): _R,  # no server in common
    (None, 50008): _R,  # the wrong kind of channel, such as a forum
    (None, 50035): _R,  # Discord doesn't accept what we send
    (None, UNKNOWN_MEMBER): _M,
    (None, UNKNOWN_MESSAGE): _M,
    (None, UNKNOWN_USER): _M,  # the account was deleted
    (403, None): _H,
    (404, None): _R,
}

_DELAYS = {
    40003: timedelta(minutes=10),
    401: timedelta(minutes=5),
    # Without a time to wait in it: Cloudflare blocks this address.
    429: timedelta(minutes=10),
}
"""How long to wait at least, by code."""


def meaning_of(status: int, code: int) -> Meaning:
    """Return what an error of this HTTP status and Discord code (0 if there is none) means.

    An unlisted error of the server is unknown, and any other unlisted error is lasting.
    """
    for row in ((status, code), (None, code), (status, None)):
        if row in MEANINGS:
            return MEANINGS[row]
    return Meaning.UNKNOWN if status >= 500 else Meaning.REFUSED


def outcome_of(status: int, code: int) -> Trouble:
    """Return the outcome that this error stands for."""
    shown = code or status
    match meaning_of(status, code):
        case Meaning.PASSING:
            return Retry(_DELAYS.get(shown, timedelta(0)), shown)
        case Meaning.HINDERED:
            return Retry(timedelta(0), shown, LASTS)
        case Meaning.UNKNOWN:
            return Uncertain(shown)
        case Meaning.MISSING:
            return Missing(shown)
        case Meaning.REFUSED:
            return Refused(shown)


def hinders(code: int | None) -> bool:
    """Whether the code means that the bot may not do it now, though it may later."""
    return code is not None and code >= 10_000 and meaning_of(403, code) is Meaning.HINDERED
