"""`Remind me in 12 hours`, the one thing of `/contact` that is kept."""
