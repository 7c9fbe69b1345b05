"""`/pair`: two accountability partners."""
