"""The path as a companion sees it, and the requests."""
