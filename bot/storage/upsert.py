"""An INSERT that can change the row which is there already, or leave it.

SQLAlchemy has it for each engine apart. Stores import it from here, so that this is the one place that says
which engine's is used. It is SQLite's for both, since PostgreSQL's would take 20 ms of each start to import;
`postgres.py` adds what PostgreSQL's compiler looks for in it.
"""

from sqlalchemy.dialects.sqlite import insert as upsert

__all__ = ["upsert"]
