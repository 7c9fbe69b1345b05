"""`/manage reminders`: moderators add, change and pause reminders."""
