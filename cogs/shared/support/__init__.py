"""Helplines by country, as `/support` and the cards that lead to it show them."""
