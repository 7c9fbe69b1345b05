"""One of several processes that are one bot: its shards, its number, and what only one of them may do."""
