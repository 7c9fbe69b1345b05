"""Failpoints: every place between two steps of a scenario, where a kill could leave work half done."""
