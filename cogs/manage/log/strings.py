"""The log, in words."""

TITLE = "Who changed what"
SMALL = "Everyone with Manage Server sees this. Nothing in it can be edited."
EMPTY_TITLE = "Nothing was changed yet"
EMPTY = "Once somebody changes a setting, puts norms to the members or sets a reminder, it is written down here: who, when, from what to what."
OLDER, NEWEST, EXPORT = "Older", "Newest", "Export"
FILE_TITLE = "The log as a file"
FILE_TEXT = "Everything, the oldest first, for a spreadsheet. Times are in UTC. It names people: keep it to yourselves."
FILE_NAME = "plumbline-log.csv"
COLUMNS = ("at", "who", "setting", "was", "now")

ENTRY = "{at} · {said}"
SET = "{who} set {setting} to {now} (was: {was})"
CLEARED = "{who} cleared {setting} (was: {was})"
NOT_SET = "not set"
YES, NO = "yes", "no"
DAY, DAYS = "1 day", "{count} days"
PERSON, PEOPLE = "1 person", "{count} people"
SHARE = "{count}%"
CHANNEL = "<#{id}>"
AT_ONCE, BY_MEMBERS = "published at once", "agreed on by the members"

SETTINGS = {
    "retention_days": "how long an ask is kept after it closes",
    "country": "the country",
    "minors": "whether members may be under 18",
    "newcomer_days": "how long somebody is here before they can ask",
    "norms_channel": "the channel for norms",
    "mods_channel": "the moderators' channel",
    "ratify_direct": "how norms come into force",
    "ratify_share": "how many of those who press must be in",
    "ratify_least": "how many must be in at least",
    "ratify_days": "how long a proposal stands",
}
"""What each setting is called within a sentence; one that is not here is shown by its own name."""
PLAIN = "`{setting}`"

SENTENCES = {
    "norms_proposed": "{who} put version {now} of the norms to the members (in force: {was})",
    "norms_published": "{who} published version {now} of the norms (before: {was})",
    "norms_withdrawn": "{who} took back version {was} of the norms",
    "local_line_added": "{who} added a local line: {now}",
    "local_line_changed": "{who} changed a local line: {now} (was: {was})",
    "local_line_removed": "{who} removed a local line: {was}",
    "reminder_begun": "{who} began a reminder: {now}",
    "reminder_changed": "{who} changed a reminder: {now} (was: {was})",
    "reminder_removed": "{who} removed a reminder: {was}",
    "reminder_skipped": "{who} left out a reminder's next time: the one after is {now} (was: {was})",
}
"""What is no setting, but a move: a sentence of its own."""
NONE = "none"
