"""The agenda against what else there is: APScheduler with a job a schedule, and one task that sleeps."""
