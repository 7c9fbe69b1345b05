"""Names and sentences of `/manage` that belong to no part of it."""

COMMAND = "manage"
DESCRIPTION = "For those who run this server."
SETUP, SETUP_WHAT = "setup", "Country, channel, norms and how they are agreed on, in two minutes."
NORMS, NORMS_WHAT = "norms", "Adopt, write and change the norms, and put them to the members."
REMINDERS, REMINDERS_WHAT = "reminders", "Norms and stories in a channel, rarely, and before events."
INSIGHTS, INSIGHTS_WHAT = "insights", "Whole past months in rounded counts. No names."
LOG, LOG_WHAT = "log", "Who changed which setting, and when."

NOT_A_MODERATOR_TITLE = "This is for those who run the server"
NOT_A_MODERATOR = (
    "It needs Manage Server. `/norms` shows what is agreed on here, and takes suggestions from everyone."
)
