"""The yearly plans of schools."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE plans (
            school text NOT NULL CONSTRAINT fk_plans_school_schools REFERENCES schools (code),
            year integer NOT NULL,
            body jsonb NOT NULL,
            CONSTRAINT pk_plans PRIMARY KEY (school, year)
        )
        """
    )


def downgrade() -> None:
    op.execute("DROP TABLE plans")
