"""The names of the commands, and what Discord's list says of them."""

COMMAND = "support"
DESCRIPTION = "Help by country: you were hurt, or worry about what you did. Nothing is kept."
CONTACT_COMMAND = "contact"
CONTACT = "Should I check on someone I may have hurt? One question, four answers. Nothing is kept."
