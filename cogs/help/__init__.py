"""`/help` and `/about`, and the refusals that can occur in any cog."""
