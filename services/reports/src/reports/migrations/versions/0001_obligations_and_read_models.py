"""Schools, obligations, submissions, read models; the tables of messaging and audit."""

from alembic import op
from chassis import audit_migrations
from messaging import migrations as messaging_migrations

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

PERIOD = """
        period_kind text NOT NULL,
        period_year integer NOT NULL,
        period_index smallint NOT NULL,
        starts_on date NOT NULL,
        ends_on date NOT NULL"""

CREATE = (
    """
    CREATE TABLE schools (
        code text NOT NULL CONSTRAINT pk_schools PRIMARY KEY,
        title text NOT NULL,
        level text NOT NULL,
        opened_on date,
        closed_on date,
        version integer NOT NULL,
        planned_from date,
        planned_to date,
        kinds_digest text
    )
    """,
    """
    CREATE TABLE superiors (
        unit text NOT NULL,
        hierarchy text NOT NULL,
        valid_from date NOT NULL,
        parent text NOT NULL,
        version integer NOT NULL,
        CONSTRAINT pk_superiors PRIMARY KEY (unit, hierarchy, valid_from)
    )
    """,
    """
    CREATE TABLE calendar_overrides (
        day date NOT NULL CONSTRAINT pk_calendar_overrides PRIMARY KEY,
        kind text NOT NULL CONSTRAINT ck_calendar_overrides_kind CHECK (kind IN ('off', 'work')),
        legal_basis text NOT NULL,
        version integer NOT NULL
    )
    """,
    f"""
    CREATE TABLE obligations (
        obligation_id uuid NOT NULL CONSTRAINT pk_obligations PRIMARY KEY,
        school text NOT NULL
            CONSTRAINT fk_obligations_school_schools REFERENCES schools (code),
        kind text NOT NULL,
        kind_version integer NOT NULL,
        {PERIOD},
        due_on date NOT NULL,
        deadline jsonb NOT NULL,
        state text NOT NULL CONSTRAINT ck_obligations_state CHECK (state IN (
            'upcoming', 'due_soon', 'overdue', 'submitted_on_time', 'submitted_late',
            'returned', 'resubmitted', 'received', 'exempt')),
        noticed smallint,
        next_turn_on date,
        submissions integer NOT NULL DEFAULT 0,
        submitted_at timestamptz,
        submitted_on date,
        late_working_days integer,
        received_on date,
        correlation_id uuid NOT NULL,
        last_event_id uuid,
        changed_at timestamptz NOT NULL,
        version integer NOT NULL,
        CONSTRAINT uq_obligations_owed
            UNIQUE (school, kind, period_kind, period_year, period_index)
    )
    """,
    "CREATE INDEX ix_obligations_due_on ON obligations (due_on)",
    """
    CREATE INDEX ix_obligations_next_turn_on ON obligations (next_turn_on)
        WHERE next_turn_on IS NOT NULL
    """,
    """
    CREATE TABLE submissions (
        obligation_id uuid NOT NULL REFERENCES obligations (obligation_id),
        number integer NOT NULL,
        submitted_at timestamptz NOT NULL,
        submitted_on date NOT NULL,
        late_working_days integer NOT NULL,
        by_account uuid,
        by_role text NOT NULL,
        by_name text NOT NULL,
        note text NOT NULL,
        CONSTRAINT pk_submissions PRIMARY KEY (obligation_id, number)
    )
    """,
    """
    CREATE TABLE former_deadlines (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_former_deadlines PRIMARY KEY,
        obligation_id uuid NOT NULL REFERENCES obligations (obligation_id),
        due_on date NOT NULL,
        deadline jsonb NOT NULL,
        replaced_at timestamptz NOT NULL
    )
    """,
    "CREATE INDEX ix_former_deadlines_obligation_id ON former_deadlines (obligation_id)",
    """
    CREATE TABLE obligation_steps (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_obligation_steps PRIMARY KEY,
        obligation_id uuid NOT NULL REFERENCES obligations (obligation_id),
        at timestamptz NOT NULL,
        what text NOT NULL,
        by_account uuid,
        by_role text NOT NULL,
        by_name text NOT NULL,
        note text NOT NULL,
        params jsonb NOT NULL
    )
    """,
    "CREATE INDEX ix_obligation_steps_obligation_id ON obligation_steps (obligation_id)",
    f"""
    CREATE TABLE campaigns (
        campaign_id uuid NOT NULL CONSTRAINT pk_campaigns PRIMARY KEY,
        school text NOT NULL,
        form text NOT NULL,
        {PERIOD},
        period_key text NOT NULL,
        target_percent integer NOT NULL,
        closed_on date,
        responses integer,
        handed_out integer,
        valid integer,
        satisfied integer,
        very_satisfied integer,
        verdict text,
        conclusive boolean,
        version integer NOT NULL
    )
    """,
    "CREATE INDEX ix_campaigns_school_period_key ON campaigns (school, period_key)",
    """
    CREATE TABLE answer_counts (
        campaign_id uuid NOT NULL,
        day date NOT NULL,
        answers bigint NOT NULL,
        CONSTRAINT pk_answer_counts PRIMARY KEY (campaign_id, day)
    )
    """,
    """
    CREATE TABLE matters (
        matter_id uuid NOT NULL CONSTRAINT pk_matters PRIMARY KEY,
        sort text NOT NULL CONSTRAINT ck_matters_sort CHECK (sort IN (
            'inspection', 'finding', 'remedy', 'improvement_task', 'petition', 'demand')),
        school text NOT NULL,
        parent_id uuid,
        kind text,
        severity smallint,
        hidden boolean,
        state text NOT NULL,
        opened_on date,
        due_on date,
        ended_on date,
        late_working_days integer,
        version integer NOT NULL
    )
    """,
    "CREATE INDEX ix_matters_school_sort ON matters (school, sort)",
    "CREATE INDEX ix_matters_parent_id ON matters (parent_id)",
)

DROP = (
    "matters",
    "answer_counts",
    "campaigns",
    "obligation_steps",
    "former_deadlines",
    "submissions",
    "obligations",
    "calendar_overrides",
    "superiors",
    "schools",
)


def upgrade() -> None:
    messaging_migrations.create_v1(op)
    audit_migrations.create_v1(op)
    for statement in CREATE:
        op.execute(statement)


def downgrade() -> None:
    for table in DROP:
        op.execute(f"DROP TABLE {table}")
    audit_migrations.drop_v1(op)
    messaging_migrations.drop_v1(op)
