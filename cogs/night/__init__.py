"""`/night`: a night out, planned sober."""
