"""Helplines by country, for `/support` and for the cards that lead to it."""
