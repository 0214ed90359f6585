"""The same file of slips is not counted twice."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE batches ADD COLUMN digest bytea")
    op.execute(
        "CREATE UNIQUE INDEX uq_batches_digest ON batches (campaign_id, digest)"
        " WHERE state IN ('storing', 'stored')"
    )


def downgrade() -> None:
    op.execute("DROP INDEX uq_batches_digest")
    op.execute("ALTER TABLE batches DROP COLUMN digest")
