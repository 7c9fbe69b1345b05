"""Past months, in counts."""
