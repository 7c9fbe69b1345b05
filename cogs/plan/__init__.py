"""`/plan` and `What I'll do`: what somebody will do, and the day on which they are asked."""
