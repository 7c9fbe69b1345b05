"""The log, in words."""

TITLE = "Who changed what"
SMALL = "Everyone with Manage Server can see this, and nobody can change it."
EMPTY_TITLE = "Nobody has changed anything yet"
EMPTY = (
    "When somebody changes a setting, asks the members about norms or sets up a reminder, I write it down here: who it was, when it "
    "was, and how it was before."
)
OLDER, NEWEST, EXPORT = "Older", "Newest", "Export"
FILE_TITLE = "The log as a file"
FILE_TEXT = (
    "This is the whole log for a spreadsheet, with the oldest entry first and times in UTC. It names people, so please keep it among "
    "moderators."
)
FILE_NAME = "plumbline-log.csv"
COLUMNS = ("at", "who", "setting", "was", "now")

ENTRY = "{said}\n-# {at}"
SET = "{who} set {setting} to {now}"
CHANGED = "{who} changed {setting} from {was} to {now}"
CLEARED = "{who} cleared {setting} (before: {was})"
NOT_SET = "not set"
DAY, DAYS = "1 day", "{count} days"
PERSON, PEOPLE = "1 person", "{count} people"
BY_SIZE = "a fifth of the members"
SHARE = "{count}%"
CHANNEL = "<#{id}>"
ROLE = "<@&{id}>"
AT_ONCE, BY_MEMBERS = "moderators", "the members"

SETTINGS = {
    "retention_days": "how long I keep an ask after it closes",
    "country": "the country",
    "minors": "whether asks, pods, pairs, paths, plans and nights are closed",
    "adult_role": "the role that adults have",
    "newcomer_days": "how long new members wait before they can ask",
    "norms_channel": "the channel for norms",
    "mods_channel": "the channel for moderators",
    "ratify_direct": "who decides about norms",
    "ratify_share": "how many of those who answer must be in",
    "ratify_least": "how many people must be in",
    "ratify_days": "how long members have to answer",
}
"""What each setting is called within a sentence; a setting that is not here is shown by its own name."""
PLAIN = "`{setting}`"

SENTENCES = {
    "norms_proposed": "{who} asked the members about version {now} of the norms (before: {was})",
    "norms_published": "{who} published version {now} of the norms (before: {was})",
    "norms_withdrawn": "{who} took back version {was} of the norms",
    "local_line_added": "{who} added local help: {now}",
    "local_line_changed": "{who} changed local help: {now} (before: {was})",
    "local_line_removed": "{who} removed local help: {was}",
    "reminder_begun": "{who} started a reminder: {now}",
    "reminder_changed": "{who} changed a reminder: {now} (before: {was})",
    "reminder_removed": "{who} removed a reminder: {was}",
    "bar_begun": "{who} confirmed that {name} can't start anything new here until {until}{reason}",
    "bar_begun_alone": "{who} decided that {name} can't start anything new here until {until}. I knew no other moderator who could "
    "confirm it{reason}",
    "bar_lifted": "{who} lifted a bar early, so somebody can start things here again",
    "reminder_skipped": "{who} skipped a reminder's next time, so it's now {now} (before: {was})",
}
"""What is no setting, but something that somebody did: each has its own sentence."""
BAR_REASON = ". The reason: {reason}"
BAR_OVER = ". I deleted the reason when the bar ended"
SOMEBODY = "somebody"
"""Who a bar was about, once it has ended: only the bar itself says so."""
CLOSED = "{who} closed asks, pods, pairs, paths, plans and nights, because some members are under 18"
OPENED = "{who} opened asks, pods, pairs, paths, plans and nights again"
WELCOMED = "{who} posted the welcome message in {now}"
NONE = "none"
LOCAL = "{line} (shown under {pages})"
LOCAL_NOWHERE = "{line} (not shown on any page)"
BETWEEN = ", "
