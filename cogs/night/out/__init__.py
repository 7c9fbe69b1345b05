"""The night itself, and the day after."""
