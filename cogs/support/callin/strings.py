"""Sentences around the words of `/callin`, which are in `data/callin/`."""

from bot.content.callin import Setting, Voice

COMMAND = "callin"
DESCRIPTION = "Words to raise something with a friend yourself. Nothing is sent for you, and nothing is kept."
MENU = "Call this in"

TITLE = "Words to say yourself"
START = (
    "If it was done to you, you owe nobody this talk: `Support` is for you. If you saw it done to someone "
    "else, ask them first, unless it is happening now.\n\n"
    "**When will you say it?** Pick in the first row.\n"
    "**What happened?** Pick the closest below it, and you get two or three ways to say it.\n\n"
    "You say it or send it yourself, or you don't: nothing is sent or reported from here."
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
NOTHING_KEPT = "Nothing is kept."
YOURS = (
    "Change the words until they sound like you. Nothing is sent or reported from here, and nothing is kept."
)

OWN_TITLE = "This message is yours"
OWN = (
    "`Call this in` is for what somebody else wrote. To look at something that you wrote, its menu has "
    "`Ask my pod about this`, for people of 18 and over. `Think it through` is for everyone."
)
THINK = "Think it through"
