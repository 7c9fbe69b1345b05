"""What moderators read about reports and bars."""

TITLE = "Reports"
OPEN_COUNT = ("There is one open report for you to read.", "There are {count} open reports for you to read.")
DONE_COUNT = (
    "One of the reports that you can read is done.",
    "{count} of the reports that you can read are done.",
)
NOTHING_OPEN = "There is no open report for you to read right now."
NOTHING_DONE = "None of the reports that you can read is marked as done."
NOTHING_TITLE = "Nobody has sent you a report"
NOTHING = (
    "Members can report a threat, pressure or unwanted contact that reached them through me, and they choose which moderators read it. "
    "You only see what somebody sent to you. What happened between people isn't reported here: `/told`, then `I run this group`, "
    "helps you with that."
)
HOME_SMALL = "You only see the reports that were sent to you. I delete each of them within 30 days, and sooner if the person who sent it takes it back."
ENTRY = "**{reporter}** reported {what} · {day}"
OPEN = "Open"
SHOW_DONE = "Show done reports"
SHOW_OPEN = "Show open reports"
BARS = "Bars"
BAR_SOMEBODY = "Bar somebody"
BACK = "Back"
NEXT = "Next"
PAGE = "Page {page} of {pages}"

REPORT_TITLE = "A report from {reporter}"
REPORT = "{reporter} sent this report on {day}, about {what}."
OTHERS = "Besides you, {names} can read it."
NO_OTHERS = "Nobody but you can read it, apart from the person who sent it."
MARKED_DONE = "It's marked as done."
DONE = "Done"
OPEN_AGAIN = "Open it again"
BAR_AUTHOR = "Bar the author"
REPORT_SMALL = "I haven't told the person who wrote this, so please only talk about it with the people named here. I delete this report on {day} at the latest."

# The message that a report or a bar waits.
IN_WAITS = "Somebody has sent you a report, and you can read it in `/manage reports`."
IN_BAR_WAITS = "Another moderator suggests a bar, and asks you to confirm it in `/manage reports`."
WAITS_TITLE = "A report is waiting for you"
BAR_WAITS_TITLE = "A bar is waiting for you"
WAITS_IN = "I only show it in the server itself, so type `/manage reports` in {server} to read it."
WAITS_HERE = "I only show it in the server itself, so type `/manage reports` there to read it."

# Bars.
PICK_TITLE = "Who should be barred?"
PICK = (
    "Choose a member below. Next I show you what a bar does, and nothing happens before that. Somebody who is barred can't start anything "
    "new with others on this server for 30 days."
)
PICK_PROMPT = "Choose a member"
BEFORE_TITLE = "Bar {name}?"
BEFORE = (
    "For 30 days {name} can't start an ask, an invitation, a pair or a request to talk on this server. If they try, they read that "
    "moderators stopped it, until when, and that they can talk to a moderator. Everything else stays open to them: answering, taking "
    "things back, help, their plans and their boundaries. If somebody reported them, they may guess who did."
)
NEEDS = "It only starts once one of these moderators confirms it: {names}."
ALONE = "I know no other moderator here who could confirm it, so it starts at once, and the log says so."
IN_LOG = "Once it has started, everyone with Manage Server can read your reason in `/manage log`, also {name} if they moderate here, so don't write who reported what."
WRITE = "Write the reason"
REASON = "The reason"

BAR_TITLE = "A bar for {name}"
PROPOSED = (
    "**{by}** suggested this bar on {day}. It hasn't started yet, and {names} can confirm it until {until}."
)
PROPOSED_ALONE = (
    "**{by}** suggested this bar on {day}. I know no other moderator any more who could confirm it."
)
HOLDS = "**{by}** suggested this bar, and it has started: {name} can't start anything new here until {until}."
CONFIRM = "Confirm it"
START = "Start it"
LIFT = "Lift it"
TAKE_BACK = "Take it back"
LIFTED_TITLE = "The bar is lifted"
LIFTED = "{name} can start things here again, and the log says who lifted the bar."
TAKEN_TITLE = "It's taken back"
TAKEN = "Nothing has started, and I've deleted the suggestion and its reason."

LIST_TITLE = "Bars"
LIST_NONE = "Right now, nobody is barred from starting anything on this server."
A_BAR = "**{name}** · until {until}"
A_PROPOSAL = "**{name}** · not confirmed yet"
LIST_SMALL = "A bar ends by itself after 30 days. If nobody confirms one, I delete it after 7 days."

UNWRITTEN_TITLE = "There's no reason yet"
UNWRITTEN = "Please write a sentence about why they should be barred. Nothing has changed."
YOURSELF_TITLE = "That's you"
YOURSELF = "You can't bar yourself, so nothing has changed."
A_BOT_TITLE = "That's a bot"
A_BOT = (
    "Bots can't start anything with people here, so there's nothing to bar. Please choose a person instead."
)
ALREADY_TITLE = "There is a bar for them already"
ALREADY = "There's a suggestion already, or it has started. Open it to see what you can do now."
GONE_TITLE = "This bar isn't there any more"
GONE = "Somebody lifted it or took it back, or it ended by itself, so there's nothing left to do here."
SHOW_BARS = "Show the bars"
