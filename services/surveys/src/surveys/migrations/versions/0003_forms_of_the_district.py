"""Forms, rules and days of the district's own: versions in use, short forms, exemptions."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

UPGRADE = (
    "ALTER TABLE forms ADD COLUMN published_on date, ADD COLUMN published_by text",
    """
    ALTER TABLE campaign_rules ADD COLUMN care_length text NOT NULL DEFAULT 'whole'
        CONSTRAINT ck_campaign_rules_care_length CHECK (care_length IN ('whole', 'short'))
    """,
    """
    ALTER TABLE campaigns
        ADD COLUMN items text[],
        ADD COLUMN own_days boolean NOT NULL DEFAULT false,
        ADD COLUMN close_reason text
    """,
    """
    CREATE TABLE form_uses (
        kind text NOT NULL,
        valid_from date NOT NULL,
        version integer NOT NULL,
        CONSTRAINT pk_form_uses PRIMARY KEY (kind, valid_from),
        CONSTRAINT fk_form_uses_kind_forms
            FOREIGN KEY (kind, version) REFERENCES forms (kind, version)
    )
    """,
    """
    CREATE TABLE care_lengths (
        school text NOT NULL CONSTRAINT pk_care_lengths PRIMARY KEY,
        length text NOT NULL
            CONSTRAINT ck_care_lengths_length CHECK (length IN ('whole', 'short'))
    )
    """,
    """
    CREATE TABLE exemptions (
        id uuid NOT NULL CONSTRAINT pk_exemptions PRIMARY KEY,
        school text NOT NULL,
        form text,
        starts_on date NOT NULL,
        ends_on date NOT NULL,
        reason text NOT NULL,
        made_on date NOT NULL,
        made_by uuid,
        made_by_name text NOT NULL,
        lifted_on date,
        lifted_by uuid,
        lifted_by_name text,
        version integer NOT NULL,
        CONSTRAINT ck_exemptions_days CHECK (starts_on <= ends_on)
    )
    """,
    "CREATE INDEX ix_exemptions_school ON exemptions (school, ends_on)",
)

DOWNGRADE = (
    "DROP TABLE exemptions",
    "DROP TABLE care_lengths",
    "DROP TABLE form_uses",
    "ALTER TABLE campaigns DROP COLUMN close_reason, DROP COLUMN own_days, DROP COLUMN items",
    "ALTER TABLE campaign_rules DROP COLUMN care_length",
    "ALTER TABLE forms DROP COLUMN published_by, DROP COLUMN published_on",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)


def downgrade() -> None:
    for statement in DOWNGRADE:
        op.execute(statement)
