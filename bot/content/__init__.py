"""What the bot says and where help is: read from `data/` once, at start, and never written."""
