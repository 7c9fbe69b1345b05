"""Short stories. A message in a channel shows its title and a question, and everybody can open the story."""
