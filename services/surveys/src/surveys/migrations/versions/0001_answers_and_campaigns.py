"""Forms, campaigns, answers, results; the tables of messaging and audit."""

from alembic import op
from chassis import audit_migrations
from messaging import migrations as messaging_migrations

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CREATE = (
    """
    CREATE TABLE forms (
        kind text NOT NULL,
        version integer NOT NULL,
        body jsonb NOT NULL,
        digest text NOT NULL,
        CONSTRAINT pk_forms PRIMARY KEY (kind, version)
    )
    """,
    """
    CREATE TABLE schools (
        code text NOT NULL CONSTRAINT pk_schools PRIMARY KEY,
        title text NOT NULL,
        level text NOT NULL,
        known_from date,
        closed_on date,
        planned_through date,
        version integer NOT NULL
    )
    """,
    "CREATE INDEX ix_schools_planned_through ON schools (planned_through)",
    """
    CREATE TABLE calendar_overrides (
        day date NOT NULL CONSTRAINT pk_calendar_overrides PRIMARY KEY,
        kind text NOT NULL CONSTRAINT ck_calendar_overrides_kind CHECK (kind IN ('off', 'work')),
        legal_basis text NOT NULL,
        version integer NOT NULL
    )
    """,
    """
    CREATE TABLE campaign_rules (
        valid_from date NOT NULL CONSTRAINT pk_campaign_rules PRIMARY KEY,
        legal_basis text NOT NULL,
        target_percent smallint NOT NULL,
        field_working_days smallint NOT NULL,
        term_begins_month smallint NOT NULL,
        term_begins_day smallint NOT NULL,
        term_ends_month smallint NOT NULL,
        term_ends_day smallint NOT NULL
    )
    """,
    """
    CREATE TABLE campaigns (
        id uuid NOT NULL CONSTRAINT pk_campaigns PRIMARY KEY,
        school text NOT NULL,
        form text NOT NULL,
        form_version integer NOT NULL,
        period_kind text NOT NULL,
        period_year integer NOT NULL,
        period_index integer NOT NULL,
        period_starts_on date NOT NULL,
        period_ends_on date NOT NULL,
        opens_on date NOT NULL,
        closes_on date NOT NULL,
        closed_on date,
        state text NOT NULL
            CONSTRAINT ck_campaigns_state CHECK (state IN ('planned', 'open', 'closed')),
        origin text NOT NULL
            CONSTRAINT ck_campaigns_origin CHECK (origin IN ('calendar', 'extra')),
        target_percent smallint NOT NULL,
        legal_basis text NOT NULL,
        handed_out integer,
        slug text NOT NULL CONSTRAINT uq_campaigns_slug UNIQUE,
        correlation_id uuid NOT NULL,
        last_event_id uuid,
        responses integer,
        version integer NOT NULL,
        CONSTRAINT fk_campaigns_form_forms
            FOREIGN KEY (form, form_version) REFERENCES forms (kind, version),
        CONSTRAINT ck_campaigns_days CHECK (opens_on <= closes_on),
        CONSTRAINT ck_campaigns_closed CHECK (
            (state = 'closed') = (closed_on IS NOT NULL AND responses IS NOT NULL)
        )
    )
    """,
    "CREATE INDEX ix_campaigns_school ON campaigns (school, period_starts_on)",
    """
    CREATE UNIQUE INDEX uq_campaigns_calendar
        ON campaigns (school, form, period_kind, period_year, period_index)
        WHERE origin = 'calendar'
    """,
    "CREATE INDEX ix_campaigns_opens_on ON campaigns (opens_on) WHERE state = 'planned'",
    "CREATE INDEX ix_campaigns_closes_on ON campaigns (closes_on) WHERE state = 'open'",
    """
    CREATE TABLE responses (
        submission_id uuid NOT NULL CONSTRAINT pk_responses PRIMARY KEY,
        campaign_id uuid NOT NULL CONSTRAINT fk_responses_campaign_id_campaigns
            REFERENCES campaigns (id),
        day date NOT NULL,
        source text NOT NULL,
        answers jsonb NOT NULL,
        digest bytea NOT NULL,
        receipt text NOT NULL CONSTRAINT uq_responses_receipt UNIQUE
    )
    """,
    "CREATE INDEX ix_responses_campaign_id ON responses (campaign_id)",
    """
    CREATE TABLE comments (
        id uuid NOT NULL CONSTRAINT pk_comments PRIMARY KEY,
        campaign_id uuid NOT NULL CONSTRAINT fk_comments_campaign_id_campaigns
            REFERENCES campaigns (id),
        item text NOT NULL,
        day date NOT NULL,
        body text NOT NULL
    )
    """,
    "CREATE INDEX ix_comments_campaign_id ON comments (campaign_id)",
    """
    CREATE TABLE demand_reports (
        id uuid NOT NULL CONSTRAINT pk_demand_reports PRIMARY KEY,
        campaign_id uuid NOT NULL CONSTRAINT fk_demand_reports_campaign_id_campaigns
            REFERENCES campaigns (id),
        school text NOT NULL,
        form text NOT NULL,
        kind text NOT NULL,
        concerns_head boolean NOT NULL,
        day date NOT NULL,
        what text NOT NULL,
        "when" text NOT NULL
    )
    """,
    "CREATE INDEX ix_demand_reports_campaign_id ON demand_reports (campaign_id)",
    "CREATE INDEX ix_demand_reports_school_day ON demand_reports (school, day)",
    """
    CREATE TABLE result_counts (
        campaign_id uuid NOT NULL CONSTRAINT fk_result_counts_campaign_id_campaigns
            REFERENCES campaigns (id),
        source text NOT NULL,
        item text NOT NULL,
        answer text NOT NULL,
        number integer NOT NULL,
        CONSTRAINT pk_result_counts PRIMARY KEY (campaign_id, source, item, answer)
    )
    """,
)

TABLES = (
    "result_counts",
    "demand_reports",
    "comments",
    "responses",
    "campaigns",
    "campaign_rules",
    "calendar_overrides",
    "schools",
    "forms",
)


def upgrade() -> None:
    messaging_migrations.create_v1(op)
    audit_migrations.create_v1(op)
    for statement in CREATE:
        op.execute(statement)


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP TABLE {table}")
    audit_migrations.drop_v1(op)
    messaging_migrations.drop_v1(op)
