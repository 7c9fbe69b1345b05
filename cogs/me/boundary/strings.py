"""What `/boundary` says."""

COMMAND = "boundary"
BOUNDARY = "People that Plumbline never connects with you. They are not told."

TITLE = "Boundaries"
INTRO = "Is there someone you don't want to meet through Plumbline? You owe no reason."
TEXT = (
    "Plumbline won't connect the two of you, and won't tell them. They could still guess. "
    "It doesn't stop messages or shared channels. Discord's Block stops their direct messages to you; in shared "
    "channels they can still read what you write."
)
BOTH_WAYS = (
    "It works both ways, on every server, from the moment you set it. What already ties the two of you in "
    "Plumbline ends within a day, at a random time, so that the moment gives no hint. Each of you can still ask other people "
    "for advice."
)
NONE = "You have set none."
ONE = "You have set **1**."
COUNT = "You have set **{count}**."
SMALL = "At most {most}. Only you see them; moderators don't."

ADD = "Add"
SHOW_NAMES = "Show names"
BACK = "Back"
FURTHER = "Next"
EARLIER = "Back to the first"

ADD_TITLE = "Who is it?"
ADD_TEXT = "Choosing somebody sets the boundary at once. You can take it back."
ADD_CHOOSE = "Choose a member"
ADD_IN_SERVER = (
    "Choosing somebody works in a server only. Run `/boundary` in **{server}**: only you see it there too."
)
ADD_IN_A_SERVER = (
    "Choosing somebody works in a server only. Run `/boundary` in the server that you share with them."
)

ADDED = "Done. Plumbline won't connect you with **{name}**, and won't tell them."
TAKE_BACK = "Take it back"
NAMES_TITLE = "Your boundaries"
A_NAME = "**{name}** · set {day}"
REMOVE_CHOOSE = "Remove one"
REMOVED = "Removed. What didn't come through while it stood won't come later."

YOURSELF = "That's you. A boundary is between you and somebody else."
A_BOT = "That's a bot. Plumbline only ever connects people."
