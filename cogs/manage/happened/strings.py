"""What moderators read about what to do when something happened."""

BUTTON = "When something happened"
TITLE = "When something happened"
TEXT = (
    "**Somebody tells you they were hurt** · before you do anything, ask them what they want and who may know. Don't announce it, and "
    "don't try to find out what happened. If you're close to one of them, let another moderator handle it.\n\n"
    "**Somebody tells you what they did** · listen, and don't tell them it was nothing. Ask them not to write to the person they hurt, "
    "or to that person's friends.\n\n"
    "**It's a message or an account on Discord** · anyone can report it to Discord, and you can tell your members how: press and hold the "
    "message, or right-click it, and choose Report Message. Do that before somebody deletes it. The report goes to "
    "Discord. It doesn't reach the police, and it doesn't reach me."
)
DANGER = (
    "**Somebody may be in danger right now** · call {emergency}, or get somebody who is close by to go there."
)
WHAT_TO_DO = "What to do"
BACK = "Setup"
