"""The text of `/help`, `/about` and the refusals that can occur in any cog."""

HELP_COMMAND = "help"
HELP = "What Plumbline is, what to do first, and every command."
ABOUT_COMMAND = "about"
ABOUT = "Which version this is, who runs it, and which guides its texts are based on."

TITLE = "How Plumbline can help"
INTRO = (
    "Plumbline is for groups of friends who want to look out for each other, even when it's awkward. "
    "You can ask people you trust whether you were out of line, see what this group agreed on, and find help when "
    "somebody got hurt. Only you can see what I reply to you here."
)
FIRST = (
    "**What to do first**\n"
    "Set up your pod: pick a few people you can check things with, before you need them. They each have to say yes."
)
HURT = (
    "**If somebody was hurt, or could be**\n"
    "Press `Support`, even if you're only worried about something you did. I don't keep what you look at there."
)
UNSURE = "I'm not sure about something I did"
THINK = (
    "**If you're not sure about something you did**\n"
    "Press `Think it through`. It has four questions to answer for yourself, and nobody else hears of it."
)
THINK_LINE = "**`Think it through`**, below\nFour questions to answer for yourself. You don't need anybody else for it."
CHOOSE = "See all commands"
COMMAND_LINE = "**`/{name}`**\n{what}"
MENU_LINE = "**`{name}`**, in a menu\n{what}"
MENUS = "To open a menu, hold a message or a name (right-click on a computer) and choose Apps."

GROUPS = {
    "Somebody is hurt, or might be": ("support", "told", "terms", "contact"),
    UNSURE: ("ask", "Ask my pod about this", "contact", "plan", "path"),
    "I want to say something to a friend": ("callin", "Call this in"),
    "We're going out": ("night",),
    "My pod and my pairs": ("pod", "Invite to my pod", "pair"),
    "What this group agreed on": ("norms", "manage"),
    "My inbox and my settings": ("inbox", "settings", "boundary", "privacy"),
    "About Plumbline": ("help", "about"),
}
"""Every command and menu by the need it is for; one that does not exist is not shown."""
TYPED = {"pair": "pair start", "path": "path start"}
"""How a group of commands begins: its own name is no command."""
WHAT = {
    "support": "Helplines and what you can do now, for you or a friend, or if you're worried about what you did.",
    "told": "What to say and do when somebody told you that they were hurt, or that they hurt somebody.",
    "terms": "Put into words what you want from somebody who hurt you, and take it with you or have it carried.",
    "contact": "For when you may have hurt somebody and wonder whether to check on them.",
    "ask": "Ask one to three people in your pod whether you were out of line.",
    "Ask my pod about this": "Start an ask with a message you wrote.",
    "plan": "Write down one thing you'll do, and choose a day on which I ask you about it.",
    "path": "Stop, and then change, over many months, with a few people who stay with you.",
    "night": "Plan a night out while you're sober: who looks out for you, and how you get home.",
    "callin": "Words for raising something with a friend yourself.",
    "Call this in": "Words for raising somebody's message with them.",
    "pod": "See and change who you can ask, and who can ask you.",
    "Invite to my pod": "Ask a member to be one of the people you can check things with.",
    "pair": "Check in regularly with somebody who wants to change something too.",
    "norms": "Read what this group agreed on, and say whether you're in.",
    "manage": "Set up Plumbline in this server, and read what was reported to you. Only for people who manage the server.",
    "inbox": "Everything that is waiting for you, even if you missed the message about it.",
    "settings": "Your time zone, quiet hours, rest and age.",
    "boundary": "Choose people Plumbline won't connect you with.",
    "privacy": "See what is kept about you, take it with you, or erase it.",
    "help": "How Plumbline can help, and this list.",
    "about": "The version, who runs it, and the guides behind its texts.",
}

ABOUT_TITLE = "About Plumbline"
ABOUT_TEXT = (
    "A plumb line shows whether something is straight. Plumbline helps you find out whether you were out of line, and do "
    "something about it."
)
VERSION = "**Version** · {version}"
OPERATOR = "**Run by** · {operator}"
NO_OPERATOR = "**Run by** · they left no name here. Ask a moderator who it is, before you write something that person shouldn't read."
SOURCE = "**Source code** · {url}"
LICENSE = "**License** · MIT"
NOT_REVIEWED = "The people who made Plumbline wrote these texts from the published guides below. No practitioner has reviewed them yet."
REVIEWED = "The people who made Plumbline wrote these texts from the published guides below, and a practitioner has reviewed them."
A_SOURCE = "- {source}"
NEXT = "Next"
BACK = "Back"

NOT_YOURS_TITLE = "There is nothing here for you to open"
NOT_YOURS = (
    "It may be closed by now, or it isn't meant for you. Nothing was changed or saved. Run `/inbox` to see what is "
    "waiting for you."
)
LONG_TITLE = "That's too long"
LONG = "Nothing was saved, because one of the fields takes {most} characters at most. What you typed is shown here, so copy it and make it shorter."
DONE_TITLE = "That's already done"
DONE = (
    "It was done before you pressed, so nothing has changed now. Run `/inbox` to see what is waiting for you."
)
TOO_MANY_TITLE = "You've reached the limit"
TOO_MANY = "You can have {limit} of these at once, so this one wasn't added. Remove or end one of them, and try again."
DRAFTS_TITLE = "You have {limit} drafts already"
DRAFTS = (
    "I keep {limit} that you haven't sent, so I couldn't add another one. Your inbox has them all: send one or discard one, and then try "
    "again. If you've just typed something, it's below. I don't keep it, so please copy it first."
)
INBOX = "Open my inbox"
ZONE_TITLE = "I don't know that time zone"
ZONE = (
    "Your time zone hasn't changed. Run `/settings` again, start typing a city near you in **zone**, and pick one from "
    "the list that appears."
)
NOT_YET_TITLE = "You can't change this yet"
NOT_YET = (
    "You can change it from {at} on. Until then it stays as it is, and you can use `Support` at any time."
)
MINOR_TITLE = "This part is for people aged 18 and over"
MINOR = (
    "Asks, pods, pairs, plans, paths and nights are for adults, and some servers close them for everyone. "
    "So nothing was sent or saved.\n\n"
    "What brought you here still matters. Press `Who can help` to see people you can talk to. If you told me by "
    "mistake that you're under 18, you can change it in `/settings` after a day."
)
MINOR_LINES = "Who can help"
WHICH_TITLE = "Which server do you mean?"
WHICH = (
    "You and I share more than one server, and this belongs to one of them. Run the command there: {servers}."
)
WHICH_UNNAMED = "You and I share more than one server, and this belongs to one of them. Run the command in the one you mean."
NO_SERVER_TITLE = "This only works in a server"
NO_SERVER = (
    "I don't know yet of a server that you and I are both in. Run the command once in the server where your friends are. After that "
    "it works here too."
)
BETWEEN = " or "
