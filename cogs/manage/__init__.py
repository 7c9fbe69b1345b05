"""`/manage`: the commands for moderators, who are those with Manage Server."""
