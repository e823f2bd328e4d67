"""What Alembic runs: the revisions on the connection it is given, in the transaction of its owner."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # ALTER TABLE of SQLite can do little: tables are copied instead.
    render_as_batch=True,
    # Whoever calls has begun a transaction, and ends it.
    transactional_ddl=False,
)
with context.begin_transaction():
    context.run_migrations()
