"""The button that leads to `/pod` from other cards."""
