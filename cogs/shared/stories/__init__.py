"""Short stories. A message in a channel shows only the topic, and everybody can open the story."""
