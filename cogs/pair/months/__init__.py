"""One's own months, as a picture and in words."""
