"""The cards of a set-up: its five parts, a pack, and the summary."""
