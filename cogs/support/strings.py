"""The names of the commands, and what Discord's list says of them."""

COMMAND = "support"
DESCRIPTION = "Numbers you can call in your country, and what you can do now. Nothing is kept."
CONTACT_COMMAND = "contact"
CONTACT = "Should I write to someone I may have hurt? One question and four answers. Nothing is kept."
