"""The buttons of the card beside what somebody typed; its sentences are in `data/`."""

TALK = "Ask someone to talk"
