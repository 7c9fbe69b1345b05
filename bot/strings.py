"""What `plumbline` says in a terminal: to the person who runs it."""

import math

HOW_TO_GET_A_TOKEN = (
    "In the Discord developer portal (https://discord.com/developers/applications) make an application, open "
    "its page Bot, and press Reset Token; then put PLUMBLINE_TOKEN=... into .env, or the path of a file that "
    "holds it into PLUMBLINE_TOKEN_FILE."
)
NO_TOKEN = f"There is no token. {HOW_TO_GET_A_TOKEN} To look around without one: plumbline demo."
TOKEN_TWICE = "PLUMBLINE_TOKEN and PLUMBLINE_TOKEN_FILE are both set; keep one of them."
TOKEN_ODD = f"The token should be one word, with no spaces or lines in it. {HOW_TO_GET_A_TOKEN}"
TOKEN_SHAPE = "a bot's token has three parts with dots between, which this one has not; is it another secret?"
TOKEN_REFUSED = f"Discord refused the token; it may have been reset. {HOW_TO_GET_A_TOKEN}"
TOKEN_FILE_UNREADABLE = "PLUMBLINE_TOKEN_FILE should be the path of a text file that Plumbline may read."
ENV_FILE_UNREADABLE = "The file .env should be text in UTF-8."

_SHOULD_BE = {
    "token": "the bot's token from the Discord developer portal",
    "token_file": "the path of a file that holds the bot's token",
    "state_dir": "the path of a folder for the database and the key file",
    "key_file": "the path of the key file",
    "log_level": "one of DEBUG, INFO, WARNING, ERROR",
    "log_format": "text or json",
    "requests_per_second": "a whole number from 1 to 45",
    "new_dms_per_minute": "a whole number from 1 to 60",
    "operator": "a name of at most 100 characters, to be shown in /about",
    "source_url": "the http or https address of the source code, or empty",
}


def should_be(field: str, prefix: str) -> str:
    return f"{prefix}{field.upper()} should be {_SHOULD_BE[field]}."


CLI = "Plumbline: was I out of line? A Discord bot for groups of friends."
DEMO = "Show the bot on a pretend server, in your browser. Needs no token, and keeps nothing."
PORT = "The port of the page on 127.0.0.1."
RUN = "Connect to Discord, and stay until stopped."
CHECK = "Say what is wrong with this configuration, connecting nowhere."
KEYS = "Say where the key file is."
ROTATE = "Make a new key; what is written from the next start on is sealed under it."
BACKUP = "Copy the database, also while the bot runs. The key file is copied by you."
RESTORE = "Put a copy of the database in its place. The bot must be stopped, and none may be there."
OUTBOX = "Show what waits to be delivered, what did not arrive, and why. Names nobody."
OUTBOX_KIND = "Only deliveries of this kind, such as asks.asked."
OUTBOX_SERVER = "Only deliveries of the server with this id."
TARGET = "The file to write; it must not exist."
SOURCE = "A file that backup wrote."

DEMO_NOT_INSTALLED = "The demo needs its own parts: make demo, or pip install 'plumbline[demo]'."
PORT_TAKEN = "Port {port} is taken by another program. Choose another: plumbline demo --port 8091"
ALREADY_RUNNING = (
    "Another Plumbline runs on this database. Stop it first, or choose another PLUMBLINE_STATE_DIR."
)
TOO_MANY_LOGINS = (
    "Plumbline has logged in to Discord too often since yesterday, and more logins would make Discord reset its token. "
    "It logs in again from {until:%Y-%m-%d %H:%M} UTC on. The log says why each connection ended."
)
UNREACHABLE = "Plumbline can't reach Discord, or Discord has an outage. Look at the network and https://discordstatus.com, and try again."


def too_many_requests(seconds: float | None) -> str:
    wait = "later" if seconds is None else f"in {max(1, math.ceil(seconds / 60))} min"
    return (
        "Discord takes no more requests from this bot or from this network for a while. "
        f"Start Plumbline again {wait}. If other programs use the same token or address, they count too."
    )


REJECTED = (
    "Discord answered, but refused a request that Plumbline needs to start: HTTP status {status}, Discord's error code {code}. "
    "The log says which fields it refused, if it named any. The error codes are explained at "
    "https://discord.com/developers/docs/topics/opcodes-and-status-codes."
)
CLOSED_FOR_GOOD = (
    "Discord closed the connection with code {code} and would do so again. The close codes are explained at "
    "https://discord.com/developers/docs/topics/opcodes-and-status-codes."
)
DISK_FULL = "{path} can't be written: the disk is full or read only. Make room, and start Plumbline again."
DISK_FAILING = (
    "{path} can't be used: the disk reports errors. Look at the system's log, and start Plumbline again."
)
DATABASE_LOCKED = (
    "{path} is locked by another program. Close whatever has the file open, and start Plumbline again."
)
UNREADABLE = "A text that belongs to Plumbline cannot be used; install it again. {what}"

KEY_KEEP = "Keep a copy of it elsewhere: without it nothing that people wrote can be opened."
KEY_NONE_YET = "The first run makes the key file: {path}"
KEY_AT = f"The key file: {{path}}\n{KEY_KEEP}"
KEY_ROTATED = f"A new key is in {{path}}. Start the bot anew, and copy the file again. {KEY_KEEP}"
KEY_UNUSABLE = "{path} is not a key file. Put the copy of it in its place."
KEY_NONE_TO_ROTATE = "There is no key file at {path} yet. The first run makes it."

BACKED_UP = (
    "The database is copied to {target}. To open what is in it, the key file is needed too: {keys}\n"
    "It still opens what will be destroyed in the original: delete copies after as many days as you keep asks."
)
RESTORED = (
    "The database is back: {target}. What is in it opens only with the key file it was written with: {keys}\n"
    "What was erased since that copy is back; the next run destroys what is due."
)
NO_DATABASE = "There is no database at {source}. Run this in the folder in which the bot runs, or set PLUMBLINE_STATE_DIR."
NOT_ALLOWED = "This user may not read {path}. Run it as the user as whom the bot runs, for example: sudo -u plumbline plumbline check."
NOT_OVERWRITTEN = "{target} is there already, and is not overwritten. Move it away first."
NOT_A_DATABASE = "{source} is not a whole Plumbline database."
CANNOT_WRITE = "{target} cannot be written."
NO_ROOM = "{target} was not written: the disk is full. Make room, and try again."

CHECK_WRONG = "wrong"
CHECK_RIGHT = "ok"
CHECK_WARNED = "look"
SETTINGS_FINE = "the settings"
TOKEN_FINE = "the token looks like one; whether Discord takes it shows at plumbline run"
STATE_FINE = "the state folder {path}"
STATE_NONE_YET = "the state folder {path} is made at the first run"
STATE_OPEN = "Others on this machine may look into {path}: chmod 700 {path}"
STATE_SHUT = "{path} should be a folder that Plumbline may write in."
KEYS_FINE = "the key file {path}"
KEYS_OPEN = "Others on this machine may read {path}: chmod 600 {path}"
KEYS_MISSING = "The database is there, but its key file {path} is not. Put the copy of it in its place."
KEYS_SHUT = "{path} should be a file that Plumbline may read."
DATABASE_FINE = "the database {path}"
DATABASE_NONE_YET = "the database {path} is made at the first run"
DATABASE_BROKEN = "{path} is damaged. Stop the bot, move it away, and restore a backup."
DATABASE_UNREADABLE = "{path} can't be read right now: another program has locked it, or the disk reports errors. Try again later."
DATABASE_NEWER = "{path} was written by a newer Plumbline. Install that version, or restore an older backup."
DATABASE_OLDER = (
    "the database is of an older version; the next run brings it up to date, keeping a copy while it does"
)
DATABASE_NOT_CURRENT = (
    "{path} is damaged, locked by another program, or of another version. plumbline check says which."
)
KIND_UNKNOWN = "There has been no delivery of the kind {kind}. There were: {known}."
PARKED = "Parked timers: {count} of {kind}, which failed at every try with {error}. The log says when."
PARKED_NONE = "no timer is parked"
LINES_FINE = "the helplines and texts"
COLUMNS = {
    "hurt": "lines for people who were hurt",
    "crisis": "lines about suicide",
    "worried": "lines for people who worry about what they did",
    "care": "care without the police",
    "emergency": "an emergency number",
}
COUNTRY_HAS = "{country} has: {has}"
COUNTRY_LACKS = "{country} has: {has}; missing: {lacks}"
COLUMNS_BETWEEN = ", "
LINES_OLD = "{country}, {name}: last seen on {seen_on}, more than 180 days ago"
DELIVERIES_FINE = "no delivery fails"
DELIVERIES_STUCK = "deliveries that fail or did not arrive: {count}. plumbline outbox says why"

OUTBOX_FAILED = "What did not arrive in the last 14 days, the latest first:"
OUTBOX_WAITING = "What waits, the oldest first:"
OUTBOX_COUNTS = "How deliveries ended in the last 30 days, in all servers:"
OUTBOX_COUNT = "  {kind:<22} {outcome:<24} {code:>6}  {many:>8}"
OUTBOX_WAITS = "  {kind:<22} {many:>8} waiting, the oldest since {oldest}"
OUTBOX_ONE = "  {made_at}  {what} {kind}, id {id}{server}"
OUTBOX_IN_SERVER = ", server {server}"
OUTBOX_MORE = "  and {count} more. --kind and --server show only some of them."
OUTBOX_TRIED_ONCE = "It was tried once."
OUTBOX_TRIED = "It was tried {tries} times."
OUTBOX_SINCE = "It has failed since {since}."
OUTBOX_ENDED = "It was given up at {since}."
OUTBOX_NEXT = "The next try is at {at}."
OUTBOX_NONE = "nothing"
OUTBOX_MEANS = (
    "What isn't listed was sent, or closed before it was sent. /inbox shows everybody what is open for them."
)
OUTBOX_STATES = {
    "new channel": "It waits its turn to open a DM channel to somebody new.",
    "later": "Its time hasn't come: it is meant for later, or they have quiet hours.",
    "due": "It is due, or is being delivered now.",
    "failing": "It will be tried again.",
    "outdated": "Its message is in the channel and says something out of date. It is edited when something changes in that server.",
    "refused": "It couldn't be posted. Moderators have been told.",
    "missing": "There is nobody and nothing left to deliver it to.",
}
OUTBOX_IN_INBOX = "It is in their /inbox only."
NO_ANSWER = "Discord did not answer."
CODE_UNKNOWN = "Discord answered with {code}."
CODES = {
    10003: "Discord doesn't know the channel any more (10003).",
    10004: "Discord doesn't know the server, or it is unavailable (10004).",
    10007: "One of the two people has left the server (10007).",
    10008: "The message was deleted (10008).",
    10013: "The account was deleted (10013).",
    40003: "Too many DM channels were opened in a short time (40003).",
    50001: "I can't see the channel (50001).",
    50007: "They take no direct messages from me (50007).",
    50008: "Nothing can be posted in a channel of that kind (50008).",
    50013: "I lack a permission in that channel, or I'm timed out there (50013).",
    50035: "Discord doesn't accept what I send. This is a bug; please report it (50035).",
    50278: "They share no server with me any more (50278).",
}
"""What Discord's codes mean for whoever runs the bot."""
