"""What `/privacy` says."""

COMMAND = "privacy"
PRIVACY = "See what I keep about you, get a copy, or have it deleted."

TITLE = "Your privacy"
INTRO = (
    "Here you can see what I keep about you, take a copy with you, or have it deleted.\n\n"
    "I encrypt what you write. The people you send it to can read it. If one of them reports it, the moderators they choose can read it too. Whoever runs this bot could, if they set out to. `/about` says who that is, or who to ask.\n\n"
    "`/support`, `/told`, `/callin` and `Think it through` keep nothing."
)
UNKNOWN = (
    "I don't know you: you haven't used me, or you erased what I kept. If somebody else chose you, for example for an invitation or a boundary, I may keep a code for your account, and your name, so that they see who they chose. "
    "As soon as you use a command that has to remember something, I keep what it needs, and you can see it here."
)
HELD = "What you keep about me"
EXPORT = "Export"
DMS = "Delete our DMs"
ERASE = "Erase"
BACK = "Back"

HELD_TITLE = "What I keep about you"
HELD_NOTHING = "Nothing but your account."
HELD_LINE = "- **{what}:** {count}"
HELD_SMALL = (
    "What you write in an ask goes 1 to 30 days after it closes, as your server chose. A pair's notes go 7 days after it ends, and the sentences of a path go 30 days after it closes. Your reminder before you write to somebody goes when it's due. "
    "`Export` has what you wrote."
)
HIDDEN = "Boundaries, reports and what belongs to `/terms` are left out here, since somebody may look at your screen."
SHOW = "Show"

EXPORT_TITLE = "Your copy"
EXPORT_TEXT = (
    "You get a ZIP file that only you can see here. It has a page you can read, and the same things in a file for computers. Your own words are in it. What other people wrote is theirs, so it isn't.\n\n"
    "Anybody who gets that file can read it. Think of who else uses your phone or computer before you save it."
)
EXPORT_LEFT_OUT = "Your boundaries, your reports and what belongs to `/terms` are left out unless you press `With those too`."
EXPORT_GO = "Get my copy"
EXPORT_GO_ALL = "With those too"
EXPORTED_TITLE = "Here is your copy"
EXPORTED = "Save it now: I don't keep it, and it is gone when you close this."
EXPORTED_PART = "Part {number} of your copy. Save each of them."
FILE = "plumbline.zip"
FILE_PART = "plumbline-{number}.zip"

DMS_TITLE = "Delete our direct messages"
DMS_TEXT = "I'll delete every direct message that I have sent you. What is still open stays in `/inbox`.\n\nMessages that you wrote yourself in that chat stay: only you can delete those."
DMS_GO = "Delete them"
DMS_UNDER_WAY_TITLE = "I'm deleting them"
DMS_UNDER_WAY = "This can take a while if there are many. You don't have to wait here."
DMS_NONE = "I have never sent you a direct message, so there is nothing to delete."

ERASE_TITLE = "Erase what I keep about you"
ERASE_TEXT = (
    "I delete what I keep about you, at once and for good: what you wrote, your settings, your names, and the direct messages I sent you. Afterwards I don't know you. "
    "If you use me again, you begin like anybody new. Boundaries you set are erased too, so set them again first."
)
ERASE_STAYS = (
    "**What can stay, for everybody:**\n"
    "- A boundary that somebody else set keeps a code made from your account. If moderators have stopped you from starting things, or one of them suggested it, I keep such a code too, with their reason and the dates, until it ends.\n"
    "- How much you've started lately is kept by such a code for 30 days at most, and for 90 days if you invited somebody or were a pair, so that erasing isn't a way round a limit. Without this bot's key, nobody can tell from a code who you are.\n"
    "- If somebody reported something you wrote, their copy of it stays with the moderators they chose, for 30 days after they sent it.\n"
    "- What other people wrote stays theirs, even if it's about you. A request you entered on a path stays with the person on that path once it has reached them, without your name. Asks and pairs that have closed stay with the others for their usual time, without your name or your words. The norms of a group and its settings stay, without your name.\n"
    "- Copies that the person who runs this bot has made stay until they are deleted. If they use one again with its list of deletions, I erase you again before I answer anybody."
)
ERASE_SEEN = "**What others will see:**\n{lines}"
ERASE_SEEN_NOTHING = "**What others will see:** nothing that I show them."
ERASE_QUIET = "I don't tell anybody that you erased it."
ERASE_GO = "Erase everything"
ERASED_TITLE = "It's erased"
ERASED = "I've erased it, and I don't know you any more. Only what the last card named can stay. The direct messages I sent you are being deleted.\n\n`/support` still works, and keeps nothing."

ASKS_CLOSE = "Friends you asked see that your ask is closed."
ANSWERS_GO = 'Answers you gave are gone. Somebody who still waits sees an ordinary "can\'t".'
CANT_ANSWER = 'Friends who wait for your answer see an ordinary "can\'t".'
TALKS_END = "Talks you asked for or agreed to end, as if you couldn't."
PAIRS_END = "Your partner is told that the pair has ended, and not why."
PATH_CLOSES = "Your companions read that they don't go along any more, and not why."
COMPANION_GOES = "The people on the path you accompany see that you don't go along any more, and not why."
REQUESTS_GO = "Requests you entered on a friend's path that haven't reached them lose their words."
PODS_LEFT = "Your name is gone from pods, as if you had left."
INVITATIONS_CLOSE = "Invitations you sent close, as if you had taken them back."
NO_NAME = "People who invited you see that a name is gone from their list."
TERMS_GO = "Whoever carries what you want sees that it was taken back."
CARRYING_ENDS = "Somebody whose words you carry sees that you don't any more."
NIGHT_LEFT = "Whoever looks out for you on a night out, and whoever you look out for, is told that you aren't in the plan any more."
NORMS_UNCOUNTED = "Your `I'm in` and your concerns no longer count."
NOTES_GO = "What you wrote to moderators is gone. They may remember what they read."
REPORTS_GO = "Reports you sent to moderators are gone. They may remember what they read."
LOG_STAYS = "Moderators still see in their log what was changed, without your name."
REMINDERS_STAY = "Reminders you set in a server go on."
SOMEBODY = "somebody whose name I don't know any more"
