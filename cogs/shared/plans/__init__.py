"""A plan, as `/ask`, a talk and the follow-ups show it."""
