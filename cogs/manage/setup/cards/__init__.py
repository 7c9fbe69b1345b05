"""The cards of the setup: its five parts, a pack, and the summary."""
