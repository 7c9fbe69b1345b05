"""`/manage setup`: five steps that set up a server, and a summary to change each."""
