"""The history of a pair, as a picture and in words."""
