"""`Remind me in 12 hours`, the only thing of `/contact` that is stored."""
