"""Official documents, the district's templates, the names of schools by date."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UPGRADE = (
    """
    CREATE TABLE documents (
        document_id uuid NOT NULL CONSTRAINT pk_documents PRIMARY KEY,
        obligation_id uuid NOT NULL CONSTRAINT fk_documents_obligation_id_obligations
            REFERENCES obligations (obligation_id),
        school text NOT NULL,
        kind text NOT NULL,
        register_of text NOT NULL,
        register_year integer NOT NULL,
        number integer CONSTRAINT ck_documents_number CHECK (number > 0),
        issued_on date NOT NULL,
        letter jsonb NOT NULL,
        texts jsonb NOT NULL,
        deputy boolean NOT NULL,
        template_version integer NOT NULL,
        docx bytea,
        pdf bytea,
        pdf_state text NOT NULL DEFAULT 'none' CONSTRAINT ck_documents_pdf_state
            CHECK (pdf_state IN ('none', 'waiting', 'converting', 'ready', 'failed')),
        pdf_attempts smallint NOT NULL DEFAULT 0,
        pdf_claimed_at timestamptz,
        made_at timestamptz NOT NULL,
        made_by text NOT NULL,
        numbered_at timestamptz,
        numbered_by text,
        submission smallint,
        version integer NOT NULL,
        CONSTRAINT uq_documents_number UNIQUE (school, register_of, register_year, number),
        CONSTRAINT ck_documents_docx CHECK ((number IS NULL) = (docx IS NULL))
    )
    """,
    "CREATE UNIQUE INDEX uq_documents_draft ON documents (obligation_id) WHERE number IS NULL",
    "CREATE INDEX ix_documents_obligation_id ON documents (obligation_id)",
    """
    CREATE INDEX ix_documents_pdf_state ON documents (numbered_at)
        WHERE pdf_state IN ('waiting', 'converting')
    """,
    """
    CREATE TABLE document_templates (
        kind text NOT NULL,
        version integer NOT NULL
            CONSTRAINT ck_document_templates_version CHECK (version > 0),
        docx bytea NOT NULL,
        uploaded_at timestamptz NOT NULL,
        uploaded_by text NOT NULL,
        CONSTRAINT pk_document_templates PRIMARY KEY (kind, version)
    )
    """,
    """
    CREATE TABLE school_names (
        school text NOT NULL,
        known_from date NOT NULL,
        title text NOT NULL,
        version integer NOT NULL,
        CONSTRAINT pk_school_names PRIMARY KEY (school, known_from)
    )
    """,
    """
    INSERT INTO school_names (school, known_from, title, version)
        SELECT code, opened_on, title, version FROM schools WHERE opened_on IS NOT NULL
    """,
)
DOWNGRADE = (
    "DROP TABLE school_names",
    "DROP TABLE document_templates",
    "DROP TABLE documents",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)


def downgrade() -> None:
    for statement in DOWNGRADE:
        op.execute(statement)
