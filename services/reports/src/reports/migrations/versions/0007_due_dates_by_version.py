"""A matter's due date follows the highest version that told one, in whatever order events came.

Of what is known already nobody wrote down which event told it: `kipthoi reports rebuild` does.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE matters ADD COLUMN due_version integer")
    op.execute("UPDATE matters SET due_version = version WHERE due_on IS NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE matters DROP COLUMN due_version")
