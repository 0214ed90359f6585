"""A report that was withdrawn is kept as such beside the inspection that it led to."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE inspection_triggers ADD COLUMN withdrawn_on date")
    op.execute(
        """
        CREATE TABLE withdrawn_reports (
            report_id uuid NOT NULL,
            withdrawn_on date NOT NULL,
            CONSTRAINT pk_withdrawn_reports PRIMARY KEY (report_id)
        )
        """
    )


def downgrade() -> None:
    op.execute("DROP TABLE withdrawn_reports")
    op.execute("DELETE FROM inspection_triggers WHERE withdrawn_on IS NOT NULL")
    op.execute("ALTER TABLE inspection_triggers DROP COLUMN withdrawn_on")
