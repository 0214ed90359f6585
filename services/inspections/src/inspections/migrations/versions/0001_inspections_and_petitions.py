"""Inspections and what follows from them; the tables of messaging and audit."""

from alembic import op
from chassis import audit_migrations
from messaging import migrations as messaging_migrations

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CREATE = (
    """
    CREATE TABLE schools (
        code text NOT NULL,
        title text NOT NULL,
        opened_on date,
        closed_on date,
        version integer NOT NULL,
        CONSTRAINT pk_schools PRIMARY KEY (code)
    )
    """,
    """
    CREATE TABLE calendar_overrides (
        day date NOT NULL,
        kind text NOT NULL,
        legal_basis text NOT NULL,
        version integer NOT NULL,
        CONSTRAINT pk_calendar_overrides PRIMARY KEY (day),
        CONSTRAINT ck_calendar_overrides_kind CHECK (kind IN ('off', 'work'))
    )
    """,
    """
    CREATE TABLE trigger_rules (
        code text NOT NULL,
        version integer NOT NULL,
        words_vi text NOT NULL,
        words_en text NOT NULL,
        event_type text NOT NULL,
        conditions jsonb NOT NULL,
        action text NOT NULL,
        parameters jsonb NOT NULL,
        enabled boolean NOT NULL,
        effective_from date NOT NULL,
        legal_basis text NOT NULL,
        CONSTRAINT pk_trigger_rules PRIMARY KEY (code, version),
        CONSTRAINT ck_trigger_rules_action
            CHECK (action IN ('propose_inspection', 'improvement_task'))
    )
    """,
    "CREATE INDEX ix_trigger_rules_event_type ON trigger_rules (event_type)",
    """
    CREATE TABLE terms (
        code text NOT NULL,
        effective_from date NOT NULL,
        working_days integer NOT NULL,
        legal_basis text NOT NULL,
        CONSTRAINT pk_terms PRIMARY KEY (code, effective_from)
    )
    """,
    """
    CREATE TABLE checklists (
        version integer NOT NULL,
        effective_from date NOT NULL,
        body jsonb NOT NULL,
        digest text NOT NULL,
        CONSTRAINT pk_checklists PRIMARY KEY (version)
    )
    """,
    """
    CREATE TABLE answer_tallies (
        campaign_id uuid NOT NULL,
        school text NOT NULL,
        answers integer NOT NULL,
        CONSTRAINT pk_answer_tallies PRIMARY KEY (campaign_id)
    )
    """,
    """
    CREATE TABLE evaluations (
        id uuid NOT NULL,
        event_id uuid NOT NULL,
        event_type text NOT NULL,
        occurred_at timestamptz NOT NULL,
        evaluated_at timestamptz NOT NULL,
        school text NOT NULL,
        handled_at text NOT NULL,
        rule text NOT NULL,
        rule_version integer NOT NULL,
        fired boolean NOT NULL,
        conditions jsonb NOT NULL,
        outcome text NOT NULL,
        inspection_id uuid,
        task_id uuid,
        correlation_id uuid NOT NULL,
        CONSTRAINT pk_evaluations PRIMARY KEY (id),
        CONSTRAINT uq_evaluations_event_id_rule UNIQUE (event_id, rule),
        CONSTRAINT fk_evaluations_rule_trigger_rules
            FOREIGN KEY (rule, rule_version) REFERENCES trigger_rules (code, version),
        CONSTRAINT ck_evaluations_outcome
            CHECK (outcome IN ('none', 'proposed', 'attached', 'task_assigned'))
    )
    """,
    "CREATE INDEX ix_evaluations_evaluated_at ON evaluations (evaluated_at)",
    "CREATE INDEX ix_evaluations_school_evaluated_at ON evaluations (school, evaluated_at)",
    """
    CREATE TABLE inspections (
        id uuid NOT NULL,
        school text NOT NULL,
        handled_at text NOT NULL,
        state text NOT NULL,
        due_from date NOT NULL,
        working_days integer NOT NULL,
        due_on date NOT NULL,
        correlation_id uuid NOT NULL,
        last_event_id uuid,
        version integer NOT NULL,
        kind text NOT NULL,
        rule text,
        note text NOT NULL,
        reason text,
        escalated_on date,
        ordered_on date,
        decision_number text,
        dismissed_on date,
        completed_on date,
        checklist_version integer,
        CONSTRAINT pk_inspections PRIMARY KEY (id),
        CONSTRAINT ck_inspections_kind CHECK (kind IN ('surprise', 'triggered', 'planned')),
        CONSTRAINT ck_inspections_handled_at CHECK (handled_at IN ('school', 'superior')),
        CONSTRAINT ck_inspections_state
            CHECK (state IN ('proposed', 'escalated', 'ordered', 'completed', 'dismissed'))
    )
    """,
    "CREATE INDEX ix_inspections_school ON inspections (school)",
    "CREATE INDEX ix_inspections_waiting ON inspections (due_on) WHERE state = 'proposed'",
    """
    CREATE UNIQUE INDEX uq_inspections_open_rule
        ON inspections (school, rule, handled_at)
        WHERE rule IS NOT NULL AND state IN ('proposed', 'escalated', 'ordered')
    """,
    """
    CREATE TABLE inspection_triggers (
        event_id uuid NOT NULL,
        rule text NOT NULL,
        inspection_id uuid NOT NULL,
        rule_version integer NOT NULL,
        event_type text NOT NULL,
        occurred_at timestamptz NOT NULL,
        attached boolean NOT NULL,
        campaign_id uuid,
        demand text,
        correlation_id uuid NOT NULL,
        CONSTRAINT pk_inspection_triggers PRIMARY KEY (event_id, rule),
        CONSTRAINT fk_inspection_triggers_inspection_id_inspections
            FOREIGN KEY (inspection_id) REFERENCES inspections (id)
    )
    """,
    "CREATE INDEX ix_inspection_triggers_inspection_id ON inspection_triggers (inspection_id)",
    """
    CREATE TABLE inspection_steps (
        id bigint GENERATED BY DEFAULT AS IDENTITY,
        inspection_id uuid NOT NULL,
        step text NOT NULL,
        at timestamptz NOT NULL,
        role text NOT NULL,
        event_id uuid,
        CONSTRAINT pk_inspection_steps PRIMARY KEY (id),
        CONSTRAINT fk_inspection_steps_inspection_id_inspections
            FOREIGN KEY (inspection_id) REFERENCES inspections (id)
    )
    """,
    "CREATE INDEX ix_inspection_steps_inspection_id ON inspection_steps (inspection_id)",
    """
    CREATE TABLE inspection_items (
        inspection_id uuid NOT NULL,
        item text NOT NULL,
        met boolean NOT NULL,
        note text NOT NULL,
        CONSTRAINT pk_inspection_items PRIMARY KEY (inspection_id, item),
        CONSTRAINT fk_inspection_items_inspection_id_inspections
            FOREIGN KEY (inspection_id) REFERENCES inspections (id)
    )
    """,
    """
    CREATE TABLE findings (
        id uuid NOT NULL,
        school text NOT NULL,
        handled_at text NOT NULL,
        state text NOT NULL,
        due_from date NOT NULL,
        working_days integer NOT NULL,
        due_on date NOT NULL,
        correlation_id uuid NOT NULL,
        last_event_id uuid,
        version integer NOT NULL,
        inspection_id uuid NOT NULL,
        item text NOT NULL,
        kind text NOT NULL,
        severity smallint NOT NULL,
        note text NOT NULL,
        explanation_required boolean NOT NULL,
        escalated_on date,
        CONSTRAINT pk_findings PRIMARY KEY (id),
        CONSTRAINT fk_findings_inspection_id_inspections
            FOREIGN KEY (inspection_id) REFERENCES inspections (id),
        CONSTRAINT ck_findings_severity CHECK (severity BETWEEN 1 AND 4),
        CONSTRAINT uq_findings_inspection_id_item UNIQUE (inspection_id, item),
        CONSTRAINT ck_findings_handled_at CHECK (handled_at IN ('school', 'superior')),
        CONSTRAINT ck_findings_state
            CHECK (state IN ('recorded', 'urgent', 'escalated', 'remedied'))
    )
    """,
    "CREATE INDEX ix_findings_school ON findings (school)",
    "CREATE INDEX ix_findings_waiting ON findings (due_on) WHERE state = 'urgent'",
    """
    CREATE TABLE remedies (
        id uuid NOT NULL,
        school text NOT NULL,
        handled_at text NOT NULL,
        state text NOT NULL,
        due_from date NOT NULL,
        working_days integer NOT NULL,
        due_on date NOT NULL,
        correlation_id uuid NOT NULL,
        last_event_id uuid,
        version integer NOT NULL,
        finding_id uuid NOT NULL,
        inspection_id uuid NOT NULL,
        item text NOT NULL,
        kind text NOT NULL,
        severity smallint NOT NULL,
        description text NOT NULL,
        explanation_required boolean NOT NULL,
        explanation text,
        closed_on date,
        evidence text,
        CONSTRAINT pk_remedies PRIMARY KEY (id),
        CONSTRAINT fk_remedies_finding_id_findings
            FOREIGN KEY (finding_id) REFERENCES findings (id),
        CONSTRAINT ck_remedies_closed
            CHECK ((state = 'closed') = (closed_on IS NOT NULL AND evidence IS NOT NULL)),
        CONSTRAINT ck_remedies_handled_at CHECK (handled_at IN ('school', 'superior')),
        CONSTRAINT ck_remedies_state CHECK (state IN ('open', 'overdue', 'closed'))
    )
    """,
    "CREATE INDEX ix_remedies_finding_id ON remedies (finding_id)",
    "CREATE INDEX ix_remedies_inspection_id ON remedies (inspection_id)",
    "CREATE INDEX ix_remedies_school ON remedies (school)",
    "CREATE INDEX ix_remedies_waiting ON remedies (due_on) WHERE state = 'open'",
    """
    CREATE TABLE improvement_tasks (
        id uuid NOT NULL,
        school text NOT NULL,
        handled_at text NOT NULL,
        state text NOT NULL,
        due_from date NOT NULL,
        working_days integer NOT NULL,
        due_on date NOT NULL,
        correlation_id uuid NOT NULL,
        last_event_id uuid,
        version integer NOT NULL,
        campaign_id uuid NOT NULL,
        rule text NOT NULL,
        closed_on date,
        evidence text,
        CONSTRAINT pk_improvement_tasks PRIMARY KEY (id),
        CONSTRAINT uq_improvement_tasks_campaign_id_rule UNIQUE (campaign_id, rule),
        CONSTRAINT ck_improvement_tasks_handled_at CHECK (handled_at IN ('school', 'superior')),
        CONSTRAINT ck_improvement_tasks_state CHECK (state IN ('open', 'overdue', 'closed'))
    )
    """,
    "CREATE INDEX ix_improvement_tasks_school ON improvement_tasks (school)",
    """
    CREATE INDEX ix_improvement_tasks_waiting
        ON improvement_tasks (due_on)
        WHERE state = 'open'
    """,
    """
    CREATE TABLE petitions (
        id uuid NOT NULL,
        school text NOT NULL,
        handled_at text NOT NULL,
        state text NOT NULL,
        due_from date NOT NULL,
        working_days integer NOT NULL,
        due_on date NOT NULL,
        correlation_id uuid NOT NULL,
        last_event_id uuid,
        version integer NOT NULL,
        receipt text NOT NULL,
        submission_id uuid NOT NULL,
        digest text NOT NULL,
        kind text NOT NULL,
        source text NOT NULL,
        about_procedures boolean NOT NULL,
        text text NOT NULL,
        contact text NOT NULL,
        answer text,
        answered_on date,
        CONSTRAINT pk_petitions PRIMARY KEY (id),
        CONSTRAINT uq_petitions_receipt UNIQUE (receipt),
        CONSTRAINT uq_petitions_submission_id UNIQUE (submission_id),
        CONSTRAINT ck_petitions_kind CHECK (kind IN ('petition', 'suggestion')),
        CONSTRAINT ck_petitions_source CHECK (source IN ('public', 'staff')),
        CONSTRAINT ck_petitions_handled_at CHECK (handled_at IN ('school', 'superior')),
        CONSTRAINT ck_petitions_state CHECK (state IN ('open', 'overdue', 'answered'))
    )
    """,
    "CREATE INDEX ix_petitions_school ON petitions (school)",
    "CREATE INDEX ix_petitions_waiting ON petitions (due_on) WHERE state = 'open'",
    """
    CREATE TABLE due_changes (
        id bigint GENERATED BY DEFAULT AS IDENTITY,
        matter_id uuid NOT NULL,
        old_due_on date NOT NULL,
        new_due_on date NOT NULL,
        changed_on date NOT NULL,
        legal_basis text NOT NULL,
        CONSTRAINT pk_due_changes PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_due_changes_matter_id ON due_changes (matter_id)",
)

TABLES = (
    "due_changes",
    "petitions",
    "improvement_tasks",
    "remedies",
    "findings",
    "inspection_items",
    "inspection_steps",
    "inspection_triggers",
    "inspections",
    "evaluations",
    "answer_tallies",
    "checklists",
    "terms",
    "trigger_rules",
    "calendar_overrides",
    "schools",
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
