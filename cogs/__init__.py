"""Plumbline's commands, buttons and forms: a cog translates, and nothing else."""
