"""What moderators read about reports and bars."""

TITLE = "Reports"
OPEN_COUNT = ("You have one open report.", "You have {count} open reports.")
DONE_COUNT = ("One report is done.", "{count} reports are done.")
NOTHING_OPEN = "You have no open reports."
NOTHING_DONE = "You haven't marked any report as done."
NOTHING_TITLE = "Nobody has sent you a report"
NOTHING = (
    "Members can report a threat, pressure or unwanted contact that reached them through me, and they choose which moderators read it. "
    "You only see what somebody sent to you. What happened between people isn't reported here: `/told`, then `I run this group`, "
    "helps you with that."
)
HOME_SMALL = (
    "You only see the reports that were sent to you. I delete each of them 30 days after it was sent."
)
ENTRY = "**{reporter}** reported {what} · {day}"
OPEN = "Open"
SHOW_DONE = "Done"
SHOW_OPEN = "Open ones"
BARS = "Bars"
BAR_SOMEBODY = "Bar somebody"
BACK = "Back"
NEXT = "Next"
PAGE = "Page {page} of {pages}"

REPORT_TITLE = "A report from {reporter}"
REPORT = "{reporter} sent this on {day}. It's about {what}."
OTHERS = "{names} can read it too."
NO_OTHERS = "Nobody else can read it."
MARKED_DONE = "It's marked as done."
DONE = "Done"
OPEN_AGAIN = "Open it again"
BAR_AUTHOR = "Bar the author"
REPORT_SMALL = "I haven't told the person who wrote this. Please only talk about it with the people named here. I delete it on {day}."

# The message that a report or a bar waits.
IN_WAITS = "Somebody has sent you a report. You can read it in `/manage reports`."
IN_BAR_WAITS = "Another moderator suggests a bar, and asks you to confirm it in `/manage reports`."
WAITS_TITLE = "A report is waiting for you"
BAR_WAITS_TITLE = "A bar is waiting for you"
WAITS_IN = "Type `/manage reports` in {server} to read it. I only show it there."
WAITS_HERE = "Type `/manage reports` in your server to read it. I only show it there."

# Bars.
PICK_TITLE = "Who should be barred?"
PICK = (
    "Choose a member. Next I show you what a bar does, and nothing happens before that. Somebody who is barred can't start anything "
    "new with others on this server for 30 days."
)
PICK_PROMPT = "Choose a member"
BEFORE_TITLE = "Bar {name}?"
BEFORE = (
    "For 30 days {name} can't start an ask, an invitation, a pair or a request to talk on this server. If they try, they read that "
    "moderators stopped it, until when, and that they can talk to a moderator. Everything else stays open to them: answering, taking "
    "things back, help, their plans and their boundaries."
)
NEEDS = "It only starts once one of these moderators confirms it: {names}."
ALONE = "There's no other moderator here who could confirm it, so it starts at once. The log will say so."
IN_LOG = "Once it has started, everyone with Manage Server can read your reason in `/manage log`, so don't write who reported what."
WRITE = "Write the reason"
REASON = "The reason"

BAR_TITLE = "A bar for {name}"
PROPOSED = "**{by}** suggested this on {day}. It hasn't started: {names} can confirm it until {until}."
PROPOSED_ALONE = "**{by}** suggested this on {day}. There's no other moderator left who could confirm it."
HOLDS = "It started, and {name} can't start anything new here until {until}. **{by}** suggested it."
CONFIRM = "Confirm it"
START = "Start it"
LIFT = "Lift it"
TAKE_BACK = "Take it back"
LIFTED_TITLE = "The bar is lifted"
LIFTED = "{name} can start things here again. The log says who lifted it."
TAKEN_TITLE = "It's taken back"
TAKEN = "Nothing has started, and I've deleted the suggestion and its reason."

LIST_TITLE = "Bars"
LIST_NONE = "Nobody is barred here right now."
A_BAR = "**{name}** · until {until}"
A_PROPOSAL = "**{name}** · not confirmed yet"
LIST_SMALL = "A bar ends by itself after 30 days. If nobody confirms one, I delete it after 7 days."

UNWRITTEN_TITLE = "There's no reason yet"
UNWRITTEN = "Please write a sentence about why. Nothing has changed."
YOURSELF_TITLE = "That's you"
YOURSELF = "You can't bar yourself. Nothing has changed."
A_BOT_TITLE = "That's a bot"
A_BOT = "Bots can't start anything with people here, so there's nothing to bar. Choose a person."
ALREADY_TITLE = "There is a bar for them already"
ALREADY = "Somebody else suggested it, or it has started. Open it to see where it stands."
GONE_TITLE = "This bar isn't there any more"
GONE = "Somebody lifted it or took it back, or it ended by itself. Nothing has changed now."
SHOW_BARS = "Show the bars"
