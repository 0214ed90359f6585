"""Ad-hoc requests to schools and to the teams of one, with their answers."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CREATE = (
    """
    CREATE TABLE requests (
        request_id uuid NOT NULL CONSTRAINT pk_requests PRIMARY KEY,
        inside boolean NOT NULL,
        title text NOT NULL,
        instructions text NOT NULL,
        legal_basis text NOT NULL,
        named_on date NOT NULL,
        wording text NOT NULL CONSTRAINT ck_requests_wording CHECK (wording IN ('by', 'before')),
        due_on date NOT NULL,
        deadline jsonb NOT NULL,
        fields jsonb NOT NULL,
        made_at timestamptz NOT NULL,
        made_by text NOT NULL,
        closed_on date,
        closed_by text,
        close_reason text,
        version integer NOT NULL
    )
    """,
    """
    CREATE TABLE request_addressees (
        request_id uuid NOT NULL CONSTRAINT fk_request_addressees_request_id_requests
            REFERENCES requests (request_id),
        school text NOT NULL CONSTRAINT fk_request_addressees_school_schools
            REFERENCES schools (code),
        team text NOT NULL,
        CONSTRAINT pk_request_addressees PRIMARY KEY (request_id, school, team)
    )
    """,
    "CREATE INDEX ix_request_addressees_school ON request_addressees (school)",
    """
    CREATE TABLE request_answers (
        request_id uuid NOT NULL,
        school text NOT NULL,
        team text NOT NULL,
        number integer NOT NULL,
        "values" jsonb NOT NULL,
        answered_at timestamptz NOT NULL,
        answered_on date NOT NULL,
        late_working_days integer NOT NULL,
        by_account uuid,
        by_role text NOT NULL,
        by_name text NOT NULL,
        CONSTRAINT pk_request_answers PRIMARY KEY (request_id, school, team, number),
        CONSTRAINT fk_request_answers_request_id_request_addressees
            FOREIGN KEY (request_id, school, team)
            REFERENCES request_addressees (request_id, school, team)
    )
    """,
    """
    CREATE TABLE request_former_deadlines (
        id bigint GENERATED ALWAYS AS IDENTITY
            CONSTRAINT pk_request_former_deadlines PRIMARY KEY,
        request_id uuid NOT NULL CONSTRAINT fk_request_former_deadlines_request_id_requests
            REFERENCES requests (request_id),
        deadline jsonb NOT NULL,
        replaced_at timestamptz NOT NULL
    )
    """,
    """
    CREATE INDEX ix_request_former_deadlines_request_id
        ON request_former_deadlines (request_id)
    """,
)
TABLES = ("request_former_deadlines", "request_answers", "request_addressees", "requests")


def upgrade() -> None:
    for statement in CREATE:
        op.execute(statement)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
