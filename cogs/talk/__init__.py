"""`Ask someone to talk`.

There is no command; it begins on other cards, where writing is not the right way.
"""
