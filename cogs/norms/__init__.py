"""`/norms`: what this group agreed on."""
