"""Short stories: a post in a channel shows only the topic, and anybody can open it."""
