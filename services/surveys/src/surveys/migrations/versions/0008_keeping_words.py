"""What people wrote is kept as long as a rule says."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE keeping_rules (
            words text NOT NULL
                CONSTRAINT ck_keeping_rules_words CHECK (words IN ('comments', 'reports')),
            valid_from date NOT NULL,
            months integer NOT NULL,
            legal_basis text NOT NULL,
            CONSTRAINT pk_keeping_rules PRIMARY KEY (words, valid_from)
        )
        """
    )
    op.execute("ALTER TABLE demand_reports ADD COLUMN erased_on date")
    op.execute("ALTER TABLE campaigns ADD COLUMN comments_erased_on date")


def downgrade() -> None:
    op.execute("ALTER TABLE campaigns DROP COLUMN comments_erased_on")
    op.execute("ALTER TABLE demand_reports DROP COLUMN erased_on")
    op.execute("DROP TABLE keeping_rules")
