"""Companions: inviting them, and answering an invitation."""
