"""Sentences around the words of `/callin`, which are in `data/callin/`."""

from bot.content.callin import Setting, Voice

COMMAND = "callin"
DESCRIPTION = "Words you can say to a friend who was out of line. You say them, and nothing is kept."
MENU = "Call this in"

TITLE = "Words to say yourself"
START = (
    "If somebody is in danger now, call for help first.\n\n"
    "If it was done to you, you don't owe anyone this talk, and `Support` is for you. If you saw it done to "
    "somebody else, or they told you about it, ask them first. If it's happening right now, step in first.\n\n"
    "**What happened?** Press what is closest. You get words for the moment, for later and for a chat.\n\n"
    "You say them yourself, or you don't. I don't send anything, and I don't report anyone."
)
SETTINGS = {
    Setting.NOW: "In the moment",
    Setting.LATER: "Later, in private",
    Setting.CHAT: "In a chat",
}
VOICES = {Voice.GENTLE: "Gentle", Voice.STRAIGHT: "Direct"}
LEAD = "**{lead}**"
TO_COPY = "```\n{sentence}\n```"
BRUSHED_OFF = "If they won't listen"
BETTER_NOT = "**Better not:** {advice}"
BACK = "Back"
NOTHING_KEPT = "Only you can see this card. I don't tell anyone what you press, and I don't keep it."
YOURS = "Change the words until they sound like you. I don't send them for you, and I keep nothing."

OWN_TITLE = "You wrote this message"
OWN = (
    "`Call this in` is for messages by other people. To look at something you wrote yourself, you can press "
    "`Think it through`, which is for everyone. If you're 18 or over, the menu of your message also has "
    "`Ask my pod about this`."
)
THINK = "Think it through"
