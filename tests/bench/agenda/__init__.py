"""The agenda against two alternatives: APScheduler with one job per schedule, and one task that sleeps."""
