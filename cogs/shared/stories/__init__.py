"""Short stories: a closed line in a channel, read by whoever wants to."""
