"""What `/terms` says to the person who was hurt. Its longer texts are in `data/guidance/terms.toml`."""

from bot.terms.models import Outcome, Want

COMMAND = "terms"
TERMS = "Put into words what you want from somebody who hurt you. You can take the words with you."

BEGIN = "Begin"
BACK = "Back"
WANTS = {
    Want.CONTACT: "No contact",
    Want.AWAY: "That they stay away from events, channels or places",
    Want.KNOW: "That certain people know",
    Want.HELP: "That they get help with something",
    Want.ANSWER: "An answer to a question",
    Want.SORRY_LATER: "An apology, but not now",
    Want.SORRY_WRITTEN: "An apology in writing, through the person who carries this",
    Want.SORRY: "An apology, in another way",
    Want.OTHERS: "That they don't do this to anyone else",
    Want.NOTHING: "Nothing. I only want to write it down.",
}
"""The options, which also stand above the words when they are shown."""
WANTS_CHOOSE = "Choose any, as many as you like"
JUST_WORDS = "Just my own words"
ONLY_THE_WORDS = "Only change the words"
NOTHING_TITLE = "There's nothing in it yet"
NOTHING = "You haven't chosen anything, and the field was empty. Choose what fits, or write a sentence of your own. You can also leave it here."

MYSELF = "I'll carry it myself"
ONLY_ME = "Keep it here"
SOMEBODY = "Somebody carries it"
EDIT = "Change the words"
WHO_CAN_HELP = "Who can help"

OTHER_TITLE = "This is the new one, and you're keeping another"
OTHER = (
    "I keep only one text for you. If you keep this new one instead, the earlier one is deleted, and whoever carries "
    "it can't open it any more. Nothing has changed yet."
)
INSTEAD = "Keep this one instead"
AS_IT_WAS = "Leave it as it was"

HOME_TITLE = "What you want"
KEPT = "I'm keeping it for you until {day}. After that, I delete it."
ONLY_YOU = "I show it to nobody but you."
WAITS = "You asked somebody to carry it. I have no answer to show you yet. This line stays until {day}. If you stop asking them, I don't ask them for you again for a month."
AGREED = "The person you asked said yes. They can't read anything until you let them, and you don't have to do that today."
CHANGED = "You've changed it, so the person who carries it can't open it at all until you let them again. They may remember what it said before: if they shouldn't bring that, tell them yourself."
LET = "The person who carries it can read it."
LET_TELL = (
    "I haven't told them who should hear it, when, or whether they may say your name. That's yours to tell them, where only "
    "the two of you can hear it. Until then, they're asked to say it to nobody."
)
ENDED = "The person you asked doesn't carry it any more. You don't have to know why today. You can ask somebody else, or leave it as it is."
CAME = "The person you asked has said how it went. It's behind the button below, for when you'd like to know."
SHOW = "Read it again"
CHANGE = "Change it"
DELETE = "Delete it"
BEFORE = "Let the person you asked read it …"
STOP_ASKING = "Stop asking them"
STOP_CARRYING = "They needn't carry it any more"
SOMEBODY_ELSE = "Ask somebody else"
SEE_WHAT_CAME = "See how it went"
TELL_ME = "Message me when there's news"
DONT_TELL_ME = "Don't message me"
ANOTHER = "Write something else"
TELLS = "When they say how it went, or say more, I'll send you a message. All it says is that something is waiting for you."
TELLS_NOT = (
    "When they say how it went, or say more, I send you no message. You only see it when you look here."
)
SMALL = "If somebody else may look at your screen, press `Close` when you're done. Somebody who uses your Discord could open it again. It isn't confidential in law, and whoever runs this bot could read it, if they set out to."

TEXT_TITLE = "What you wrote"
TEXT = "You can copy it. Whoever gets that copy can read it."
TEXT_WAITS = "You asked **{name}** to carry it."
TEXT_CARRIED = "**{name}** carries it."

CHANGE_TITLE = "Change what you want"
CHANGE_CARRIED = "If you change it, **{name}** can't open it any more until you let them again. If they've read it, I tell them that it changed, but they may see that late: if it matters today, tell them yourself."

DELETE_TITLE = "Delete it?"
DELETE_ASK = (
    "I'll delete it at once, and I can't bring it back. If you'd like to have it later, copy it first."
)
DELETE_CARRIED = "**{name}** can't open it any more, and sees that they needn't carry it. They may see that late: if it matters today, tell them yourself. A card that's open on their screen stays until they close it."
DELETED_TITLE = "It's deleted"
DELETED = "I don't keep it any more. If you'd ever like to begin again, you can."
TAKEN_BACK = "**{name}** doesn't carry it any more. They can't open it, and they aren't told why. I ask them to bring it to nobody, but they may see that late: if it matters today, tell them yourself. A card that's open on their screen stays until they close it."
NOT_ASKED = "I've stopped asking **{name}**. They can't answer any more, and for a month I don't ask them for you again. If you try before that, you'd just see no answer."
TAKEN_BEFORE = "Nobody is asked to carry it at the moment, so nothing has changed."
KEPT_NOW = "I've kept it for you."
CHANGED_NOW = "I've kept it as it is now."
LET_NOW = "The person you asked finds it in `/inbox`. You can stop that at any time, so that they can't open it again."

CHOOSE = "Choose a member"
SILENCE = (
    "**If you hear nothing by {day}, take it as a no.** I don't tell you about a no, so that they're free to say it. The same person "
    "isn't asked again for a while, and you'd just see no answer."
)
CHOSEN_TITLE = "Ask them?"
CHOSEN = "You chose **{name}**. Nobody has been asked yet.\n\nIf you ask them, your question waits in their `/inbox`, and I don't write to them. If they say yes, I send you a message, which only says that something is waiting for you. It doesn't say what it's about."
ASK = "Ask {name}"
CHOOSE_ANOTHER = "Choose somebody else"
CHOOSE_OTHER = "If you ask somebody else, **{name}** can't open it any more. They see that they needn't carry it any more, and not why."
IN_SERVER = "You can only choose somebody from inside a server. Run `/terms` in **{server}**. Nobody else sees it there either."
IN_A_SERVER = "You can only choose somebody from inside a server. Run `/terms` in a server you share with them. Nobody else sees it there either."
IN_DMS = "I've kept what you wrote."
ASKED_TITLE = "Now tell them yourself"
ASKED = "Until {until}, your question waits in the `/inbox` of **{name}**. I don't write to them, so send them this, where only the two of you can read it:"
SENTENCE = "I've asked you something in our server, with Plumbline. If you have a quiet minute, type /inbox. It's fine to say no."
ASKED_SMALL = "If they say yes, you still decide whether they read it. If you asked them before, they may not see a new question. If you stop asking them, I don't ask them for you again for a month."

LET_THEM = "Let them read it"
RECEIVING = "What they may say with it"
NOT_YET = "Not yet"
READ_HEADING = "What {name} will read"

CAME_TITLE = "How it went"
OUTCOMES = {
    Outcome.BROUGHT: "**{name}** has brought it. What the other person does with it is up to them, and you don't have to watch over it.",
    Outcome.KEPT: "**{name}** brought it, and says that the other person keeps to it, as far as they know.",
    Outcome.PARTLY: "**{name}** brought it, and says that the other person keeps to some of it. You can ask which part, whenever you like.",
    Outcome.NOT: "**{name}** brought it, and says that the other person doesn't keep to it. That isn't your fault, and it was right to ask. If you feel less safe now, `Support` shows helplines you can plan with, and `/boundary` keeps the bot from bringing you together.",
    Outcome.COULDNT: "**{name}** couldn't bring it. You don't have to know why today, and you can ask somebody else or leave it.",
    Outcome.NOT_YET: "**{name}** hasn't brought it yet. If you read something else here before, it was pressed by mistake.",
}
THE_PERSON = "The person you asked"
"""Stands in place of the name once nobody carries it any more."""
NOT_CAME = "There's nothing to see here yet."
CAME_SMALL = "{name} left this on {day}. They don't see whether you've looked."

YOURSELF_TITLE = "That's you"
YOURSELF = "You don't have to ask anyone. If you'd like to carry it on your own, `/terms` has it to copy, under `Read it again`."
A_BOT_TITLE = "That's a bot"
A_BOT = "Only a person can carry it, so nobody was asked. Choose somebody else, or leave it as it is."
OWN_TITLE = "I haven't asked them"
OWN = (
    "That's because of something you chose yourself. I don't say here what it is, since somebody may look at your screen. "
    "When you're alone, look in `/settings` and `/boundary`. I told them nothing."
)
NOT_HERE_TITLE = "Nobody was asked"
NOT_HERE = "I couldn't find that person in this server just now. They may have left it, or Discord didn't answer me. You can choose again."
ALREADY_TITLE = "They carry it already"
ALREADY = "They said yes before. `/terms` shows whether they can read it."
NONE_TITLE = "You aren't keeping anything here"
NONE = "It may have been deleted, or a year has passed. If you'd like to, you can begin again."
OVER_TITLE = "This isn't here any more"
OVER = (
    "It's over, so there's nothing left to do here. If you were carrying it for somebody, please don't bring it to anyone any more. "
    "Tell nobody what you've read, except a helpline, for yourself, or whoever must know if somebody is in danger."
)
OFTEN_TITLE = "They can't read the new version yet"
OFTEN = (
    "I've kept what you wrote, and nothing has gone to anyone. You can press `Let them read it` for the same person up to three times in a day, "
    "and in thirty days up to ten times in all. You can let them again from {at}."
)
NEW_TITLE = "You've changed it since"
NEW = "This card shows an earlier version, so nothing has gone to anyone. Look at the new one first."
LOOK = "Look at it"
HOME = "Back to what you want"
IN_AGREED = "The person you asked said yes."
IN_STOPPED = "Something about what you asked for has changed."
IN_CAME = "Something is here for you to look at, when you'd like to."
