"""What leads to `/pod` is called."""

SET_UP = "Set up my pod"
