"""Plumbline's tests."""
