"""`/help`, `/about`, and the refusals that belong to no cog."""
