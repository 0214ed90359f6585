"""The keys of commands that were done: each takes effect once."""

from alembic import op
from chassis import command_migrations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    command_migrations.create_v1(op)


def downgrade() -> None:
    command_migrations.drop_v1(op)
