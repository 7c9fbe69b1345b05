"""`/help`, `/about`, and the sentences that belong to no room."""
