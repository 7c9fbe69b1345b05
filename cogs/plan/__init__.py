"""`/plan` and `What I'll do`: one thing that somebody will do, and the day on which they are asked about it."""
