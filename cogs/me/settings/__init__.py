"""`/settings`: time zone, quiet hours, rest, age."""
