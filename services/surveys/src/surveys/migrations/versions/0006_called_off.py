"""A campaign that the calendar wants no more keeps its address."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE campaigns ADD COLUMN called_off boolean NOT NULL DEFAULT false")
    op.execute(
        "ALTER TABLE campaigns ADD CONSTRAINT ck_campaigns_called_off"
        " CHECK (NOT called_off OR state = 'planned')"
    )
    op.execute("DROP INDEX ix_campaigns_opens_on")
    op.execute(
        "CREATE INDEX ix_campaigns_opens_on ON campaigns (opens_on)"
        " WHERE state = 'planned' AND NOT called_off"
    )


def downgrade() -> None:
    op.execute("DELETE FROM campaigns WHERE called_off")
    op.execute("DROP INDEX ix_campaigns_opens_on")
    op.execute("ALTER TABLE campaigns DROP CONSTRAINT ck_campaigns_called_off")
    op.execute("ALTER TABLE campaigns DROP COLUMN called_off")
    op.execute("CREATE INDEX ix_campaigns_opens_on ON campaigns (opens_on) WHERE state = 'planned'")
