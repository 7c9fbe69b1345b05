"""One's own night: planning it, its card, and when to be asked."""
