"""Sentences around the cards of `/told`, which are in `data/guidance/told.toml`."""

COMMAND = "told"
DESCRIPTION = "Someone told you something, or you run this group: what you can say and do. Nothing is kept."

BACK = "Back"
NOTHING_KEPT = "Only you can see this card. I don't tell anyone what you press, and I don't keep it."
