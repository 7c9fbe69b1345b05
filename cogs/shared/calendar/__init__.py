"""Days, hours and months in words."""
