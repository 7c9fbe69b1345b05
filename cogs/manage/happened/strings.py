"""What moderators read about what to do when something happened."""

BUTTON = "When something happened"
TITLE = "When something happened"
TEXT = (
    "**Somebody tells you they were hurt** · ask them what they want, who may know, and whether they're afraid of the person who hurt them. "
    "If they are, tell that person nothing yet, and call a helpline. Some help is urgent in the first days: show them `Support`, `I was hurt`, "
    "`Your body`. Don't announce it, and don't try to find out what happened. If you're close to one of the two, say so to the person who told "
    "you, and ask them which moderator should take over.\n\n"
    "**You heard it from others** · don't go to the person it happened to. Only a friend they told themselves can say that you're there. Don't send anybody else.\n\n"
    "**Somebody tells you what they did** · listen, and don't tell them it was nothing. Ask them not to write to the person they hurt, "
    "or to that person's friends.\n\n"
    "**Either of them may be thinking about suicide** · ask them. `Support`, then `Right now`, has who to call.\n\n"
    "**A picture or an address is in a channel** · hide the channel first: in its permissions, add yourself with View Channel on. Then turn it off for @everyone and for every other role or person listed. That deletes nothing. Then ask "
    "the person in it what they want.\n\n"
    "**It's a message or an account on Discord** · you or they can report it: press and hold the message, or right-click it, and choose "
    "Report Message. Ask the person it was done to first. A report only works while the message is there. It goes to "
    "Discord, not to me, and what Discord does with it is up to Discord.\n\n"
    "**A picture shows somebody under 18 undressed** · don't save it or send it on. Hide the channel, report it to Discord, and then delete it."
)
DANGER = (
    "**Somebody may be in danger right now** · call {emergency}, or get somebody who is close by to go there."
)
WHAT_TO_DO = "What to do"
BACK = "Setup"
