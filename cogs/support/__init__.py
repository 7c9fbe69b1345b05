"""`/support`, `/told`, `/callin`, `/contact` and `Think it through`.

They work for everyone and store nothing.
"""
