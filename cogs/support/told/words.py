"""Sentences around the cards of `/told`, which are in `data/guidance/told.toml`."""

COMMAND = "told"
DESCRIPTION = "Someone told you something: what to say now, what to do this week, and you. Nothing is kept."

BACK = "Back"
NOTHING_KEPT = "Nothing is kept."
