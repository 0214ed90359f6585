"""Who may answer, one-time codes, classes, and answers from paper in batches."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UPGRADE = (
    """
    ALTER TABLE campaigns
        ADD COLUMN access text NOT NULL DEFAULT 'open'
            CONSTRAINT ck_campaigns_access CHECK (access IN ('open', 'codes')),
        ADD COLUMN classes text[] NOT NULL DEFAULT '{}'
    """,
    """
    CREATE TABLE batches (
        id uuid NOT NULL CONSTRAINT pk_batches PRIMARY KEY,
        campaign_id uuid NOT NULL CONSTRAINT fk_batches_campaign_id_campaigns
            REFERENCES campaigns (id),
        kind text NOT NULL CONSTRAINT ck_batches_kind CHECK (kind IN ('typed', 'file')),
        title text NOT NULL,
        state text NOT NULL
            CONSTRAINT ck_batches_state CHECK (state IN ('storing', 'stored', 'failed', 'undone')),
        answers integer NOT NULL,
        total integer NOT NULL,
        entered_on date NOT NULL,
        undone_on date,
        correlation_id uuid NOT NULL
    )
    """,
    "CREATE INDEX ix_batches_campaign_id ON batches (campaign_id)",
    "CREATE INDEX ix_batches_storing ON batches (entered_on, id) WHERE state = 'storing'",
    """
    CREATE TABLE batch_rows (
        batch_id uuid NOT NULL CONSTRAINT pk_batch_rows PRIMARY KEY
            CONSTRAINT fk_batch_rows_batch_id_batches REFERENCES batches (id),
        slips jsonb NOT NULL
    )
    """,
    """
    CREATE TABLE codes (
        fingerprint bytea NOT NULL CONSTRAINT pk_codes PRIMARY KEY,
        campaign_id uuid NOT NULL CONSTRAINT fk_codes_campaign_id_campaigns
            REFERENCES campaigns (id) ON DELETE CASCADE,
        class_code text
    )
    """,
    "CREATE INDEX ix_codes_campaign_id ON codes (campaign_id)",
    """
    CREATE TABLE code_issues (
        id uuid NOT NULL CONSTRAINT pk_code_issues PRIMARY KEY,
        campaign_id uuid NOT NULL CONSTRAINT fk_code_issues_campaign_id_campaigns
            REFERENCES campaigns (id) ON DELETE CASCADE,
        class_code text,
        number integer NOT NULL,
        issued_on date NOT NULL
    )
    """,
    "CREATE INDEX ix_code_issues_campaign_id ON code_issues (campaign_id)",
    *(
        f"""
        ALTER TABLE {table} ADD COLUMN batch_id uuid
            CONSTRAINT fk_{table}_batch_id_batches REFERENCES batches (id)
        """
        for table in ("responses", "comments", "demand_reports")
    ),
    *(
        f"CREATE INDEX ix_{table}_batch_id ON {table} (batch_id) WHERE batch_id IS NOT NULL"
        for table in ("responses", "comments", "demand_reports")
    ),
    "ALTER TABLE responses ADD COLUMN class_code text",
)
DOWNGRADE = (
    "ALTER TABLE responses DROP COLUMN class_code",
    *(f"ALTER TABLE {t} DROP COLUMN batch_id" for t in ("demand_reports", "comments", "responses")),
    "DROP TABLE code_issues",
    "DROP TABLE codes",
    "DROP TABLE batch_rows",
    "DROP TABLE batches",
    "ALTER TABLE campaigns DROP COLUMN classes, DROP COLUMN access",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)


def downgrade() -> None:
    for statement in DOWNGRADE:
        op.execute(statement)
