"""Run by Alembic: the connection is the caller's, and so is its transaction."""

from alembic import context

from grader.gradebook.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
