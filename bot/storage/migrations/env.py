"""Alembic's entry point. `bot.storage.migrate` runs it on the writer's connection, in its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
