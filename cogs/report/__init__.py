"""Reporting what somebody wrote, and what people read who are barred or have started too much."""
