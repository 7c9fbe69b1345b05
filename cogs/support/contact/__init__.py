"""`/contact`, and its reminder, the only thing of it that is stored."""
