"""Requests of people about their own data."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE data_requests (
            id uuid NOT NULL,
            school text NOT NULL,
            kind text NOT NULL,
            reference text NOT NULL,
            received_on date NOT NULL,
            replied_on date,
            ended_on date,
            outcome text,
            note text NOT NULL,
            CONSTRAINT pk_data_requests PRIMARY KEY (id),
            CONSTRAINT ck_data_requests_ended CHECK ((outcome IS NULL) = (ended_on IS NULL))
        )
        """
    )
    op.execute("CREATE INDEX ix_data_requests_school ON data_requests (school, received_on)")


def downgrade() -> None:
    op.execute("DROP TABLE data_requests")
