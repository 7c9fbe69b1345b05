"""Alembic's entry: run by `bot.storage.migrate` on the writer's connection, in its transaction."""

from alembic import context

from bot.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
context.run_migrations()
