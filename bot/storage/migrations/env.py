"""Alembic's entry: run by `bot.storage.migrate` on the writer's connection, in its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
