"""`/manage`: for those with Manage Server."""
