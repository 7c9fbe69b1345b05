"""What Discord's errors mean for a delivery: which are passing, and which are lasting.

The codes are Discord's own (https://discord.com/developers/docs/topics/opcodes-and-status-codes#json).
Which of them pass by themselves was learned by running the bot.
"""

from datetime import timedelta

from msgspec.structs import replace

from bot.delivery.outcome import Failure, Missing, Refused, Retry, Uncertain

UNKNOWN_CHANNEL, UNKNOWN_GUILD, UNKNOWN_MEMBER, UNKNOWN_MESSAGE, UNKNOWN_USER = (
    10003, 10004, 10007, 10008, 10013,
)  # fmt: skip
MISSING_ACCESS, MISSING_PERMISSIONS = 50001, 50013

LASTS = timedelta(days=1)
"""How long a hindrance is waited for, until it counts as lasting."""

_PASSING, _HINDERED, _UNKNOWN = Retry(), Retry(lasting_after=LASTS), Uncertain()
_REFUSED, _MISSING = Refused(), Missing()

MEANINGS: dict[tuple[int | None, int | None], Failure] = {
    # (status, code): None stands for any. The first row that fits in the order of `outcome_of` counts.
    (400, 20028): _PASSING,  # too many messages in this channel
    (400, 20029): _PASSING,  # too many messages in this server
    (400, 30046): _PASSING,  # too many edits of a message that is older than an hour
    (400, 40003): _PASSING,  # DM channels are opened too fast
    (None, 40004): _PASSING,  # sending messages is switched off for the moment
    (None, 40006): _PASSING,  # this feature is switched off for the moment
    (None, 40333): _PASSING,  # Cloudflare blocks the request
    (None, 130000): _PASSING,  # overloaded
    (401, None): _PASSING,  # the token was reset: the gateway ends the process, and the operator has to act
    (403, 0): _PASSING,  # not an answer of Discord's API, but of what stands before it
    (404, 0): _PASSING,
    (408, None): _PASSING,
    (429, None): _PASSING,
    (None, MISSING_ACCESS): _HINDERED,  # the channel is hidden, or the server unavailable
    (None, MISSING_PERMISSIONS): _HINDERED,  # a permission was taken away, or the bot is timed out
    (None, UNKNOWN_CHANNEL): _HINDERED,  # also answered while a server is unavailable; see the gateways
    (None, UNKNOWN_GUILD): _HINDERED,
    (None, 50083): _HINDERED,  # the thread is archived
    (None, 160005): _HINDERED,  # the thread is locked
    (403, 50007): _REFUSED,  # they take no direct messages from the bot
    (403, 50278): _REFUSED,  # no server in common
    (None, 50008): _REFUSED,  # the wrong kind of channel, such as a forum
    (None, 50035): _REFUSED,  # Discord doesn't accept what we send
    (None, UNKNOWN_MEMBER): _MISSING,
    (None, UNKNOWN_MESSAGE): _MISSING,
    (None, UNKNOWN_USER): _MISSING,  # the account was deleted
    (403, None): _HINDERED,
    (404, None): _REFUSED,
}

_DELAYS = {
    40003: timedelta(minutes=10),
    401: timedelta(minutes=5),
    # Without a time to wait in it: Cloudflare blocks this address.
    429: timedelta(minutes=10),
}
"""How long to wait at least, by code."""


def outcome_of(status: int, code: int) -> Failure:
    """Return the outcome that an error of this HTTP status and Discord code (0 if there is none) stands for.

    An unlisted error of the server is unknown, and any other unlisted error is lasting.
    """
    rows = (MEANINGS.get(row) for row in ((status, code), (None, code), (status, None)))
    meant = next((row for row in rows if row is not None), _UNKNOWN if status >= 500 else _REFUSED)
    shown = code or status
    if isinstance(meant, Retry):
        return replace(meant, code=shown, after=_DELAYS.get(shown, meant.after))
    return replace(meant, code=shown)
