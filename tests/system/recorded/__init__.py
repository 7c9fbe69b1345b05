"""A database and every custom_id shown from it, as the code of one commit wrote them; see `make.py`."""
