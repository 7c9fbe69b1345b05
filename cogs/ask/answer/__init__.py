"""The answerer's side."""
