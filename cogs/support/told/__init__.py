"""`/told`: what to do after being told something."""
