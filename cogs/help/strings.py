"""The text of `/help`, `/about` and the refusals that can occur in any cog."""

HELP_COMMAND = "help"
HELP = "What there is, and what for."
ABOUT_COMMAND = "about"
ABOUT = "Which version this is, who runs it, and what its texts are made from."

TITLE = "What there is"
INTRO = "Everything answers you alone. Nobody else sees what you run here."
COMMAND_LINE = "`/{name}` · {what}"
MENU_LINE = "`{name}` · {what}"
SMALL = "A message's or a member's menu: hold it, or click it with the right button, then Apps."

GROUPS = {
    "Somebody is hurt, or might be": ("support", "told", "contact"),
    "I'm not sure I was out of line": ("ask", "Ask my pod about this", "plan", "callin", "Call this in"),
    "People I can ask, and who ask me": ("pod", "Invite to my pod", "pair"),
    "What we agreed on here": ("norms", "manage"),
    "What is mine": ("inbox", "settings", "boundary", "privacy"),
    "About Plumbline": ("help", "about"),
}
"""Every command and menu by the need it is for; one that does not exist is not shown."""
TYPED = {"pair": "pair start"}
"""How a group of commands begins: its own name is no command."""
WHAT = {
    "support": "help by country, also if you worry about what you did; nothing is kept",
    "told": "someone told me something; also for those who run a group",
    "contact": "I may have hurt someone: should I check on them?",
    "ask": "ask one to three people of your pod, in private",
    "Ask my pod about this": "on a message of your own: begin with it",
    "plan": "one thing that I'll do, and a day on which I'm asked about it",
    "callin": "words to raise something with a friend yourself",
    "Call this in": "on somebody's message: words to raise it with them",
    "pod": "who agreed to be asked by you, whom you agreed to answer",
    "Invite to my pod": "on a member: ask them to be someone you can ask",
    "pair": "check in with a partner who wants to change something too",
    "norms": "what this group agreed on",
    "manage": "for those who run this server",
    "inbox": "all that waits for you, open or missed",
    "settings": "time zone, quiet hours, rest, age",
    "boundary": "people that Plumbline never connects with you",
    "privacy": "what is held about you; take it along, or erase it",
    "help": "this list",
    "about": "version, who runs it, sources",
}

ABOUT_TITLE = "About Plumbline"
ABOUT_TEXT = (
    "A plumb line shows whether a thing is true. This one helps a person find out whether they were out of line, "
    "and do something about it."
)
VERSION = "**Version** · {version}"
OPERATOR = "**Run by** · {operator}"
NO_OPERATOR = "**Run by** · whoever put it on this server; they left no name"
SOURCE = "**Its source** · {url}"
LICENSE = "**License** · MIT"
NOT_REVIEWED = "Written from published guides, listed here; no practitioner has reviewed these texts."
REVIEWED = "Written from published guides, listed here, and reviewed by a practitioner."
A_SOURCE = "- {source}"
NEXT = "Next"
BACK = "Back"

NOT_YOURS_TITLE = "There is nothing here for you to open"
NOT_YOURS = "It may have closed, or it was never here. `/inbox` shows what waits for you."
DONE_TITLE = "That is done already"
DONE = "It was done before this press. Nothing has changed since; `/inbox` shows what waits."
TOO_MANY_TITLE = "That is as many as there can be"
TOO_MANY = "There is room for {limit} at once. Let one go first, then try again."
ZONE_TITLE = "There is no time zone of that name"
ZONE = "Run `/settings` again, type a city near you at **zone**, and choose it from the list. Nothing has changed."
NOT_YET_TITLE = "Not yet"
NOT_YET = "It can be changed from {at} on. Until then it stays as it is."
MINOR_TITLE = "This part is for 18 and over"
MINOR = (
    "Asks, pods and pairs are for people of 18 and over, and closed on a server where some are younger. What "
    "brought you here still matters: `Who can help` shows people whose work is listening.\n\n"
    "If you said by mistake that you're under 18, `/settings` can change it after a day."
)
MINOR_LINES = "Who can help"
WHICH_TITLE = "Which server?"
WHICH = "This belongs to one server, and we share several. Run it there: {servers}."
WHICH_UNNAMED = "This belongs to one server, and we share several. Run it in the one that you mean."
NO_SERVER_TITLE = "This works on a server"
NO_SERVER = (
    "We don't share one yet, as far as I know. Run it on the server where your friends are, then here too."
)
BETWEEN = " or "
