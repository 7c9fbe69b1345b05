"""`/told`: somebody told them something."""
