"""`/norms`: what a group has agreed on."""
