"""What every service's `migrations/env.py` does: run on the connection that `migrate` opened."""

from alembic import context
from sqlalchemy import MetaData


def run(*metadatas: MetaData) -> None:
    """Run the migrations of the current alembic context, each in a transaction of its own."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=list(metadatas),
        transaction_per_migration=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
