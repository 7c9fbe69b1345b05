"""Texts and helplines, which are read from `data/` once at start and never written."""
