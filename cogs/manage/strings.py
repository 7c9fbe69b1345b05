"""Names and sentences of `/manage` that belong to no part of it."""

COMMAND = "manage"
DESCRIPTION = "For the people who run this server."
SETUP, SETUP_WHAT = "setup", "Set up country, channels, norms and a welcome message, in six short steps."
NORMS, NORMS_WHAT = "norms", "Choose or write your norms, change them, and ask the members."
REMINDERS, REMINDERS_WHAT = (
    "reminders",
    "Bring a norm or a story back to a channel, now and then or before an event.",
)
REPORTS, REPORTS_WHAT = "reports", "Read what members have reported to you, and see who is barred."
INSIGHTS, INSIGHTS_WHAT = "insights", "See how much the bot was used in past months, in rounded numbers."
LOG, LOG_WHAT = "log", "See who changed which setting, and when."

NOT_A_MODERATOR_TITLE = "This is for the people who run the server"
NOT_A_MODERATOR = (
    "You need the permission Manage Server for this. `/norms` is open to everyone: it shows what your group has agreed on, and you can "
    "suggest something there."
)
WITHOUT_ROLE_TITLE = "This needs the role for adults"
WITHOUT_ROLE = (
    "Some members of this server are under 18. So starting an ask, a pod, a pair or a path is only for people with the role that this "
    "server gives to adults, and when I last saw you there you didn't have it.\n\n"
    "If you're 18 or over, ask somebody who runs the server for the role, and then try again in the server itself. "
    "What you've already started goes on. `Support`, `/told`, `/callin` and `/norms` are open to you either way."
)
OUR_NORMS = "Our norms"
