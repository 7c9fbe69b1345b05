"""`/manage norms`: moderators adopt packs, write norms, and put them to the group."""
