"""`/callin`: words to raise something with a friend oneself."""
