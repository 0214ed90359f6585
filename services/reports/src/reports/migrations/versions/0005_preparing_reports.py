"""Reports inside their schools: drafted with their figures, approved, signed, sent."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE obligations ADD COLUMN withdrawn boolean NOT NULL DEFAULT false")
    op.execute(
        """
        CREATE TABLE preparations (
            obligation_id uuid NOT NULL
                CONSTRAINT pk_preparations PRIMARY KEY
                REFERENCES obligations (obligation_id),
            stage text NOT NULL
                CONSTRAINT ck_preparations_stage
                CHECK (stage IN ('drafting', 'awaiting_approval', 'approved')),
            writer_account uuid,
            writer_name text NOT NULL,
            note text NOT NULL,
            approved_by text,
            approved_role text,
            approved_at timestamptz,
            in_place boolean NOT NULL,
            handed_in_at timestamptz
        )
        """
    )
    op.execute(
        """
        CREATE TABLE signing_authorities (
            authority_id uuid NOT NULL CONSTRAINT pk_signing_authorities PRIMARY KEY,
            school text NOT NULL
                CONSTRAINT fk_signing_authorities_school_schools REFERENCES schools (code),
            deputy uuid NOT NULL,
            deputy_name text NOT NULL,
            valid_from date NOT NULL,
            valid_to date NOT NULL,
            reason text NOT NULL,
            given_by text NOT NULL,
            given_at timestamptz NOT NULL,
            ended_at timestamptz,
            CONSTRAINT ck_signing_authorities_days CHECK (valid_from <= valid_to)
        )
        """
    )
    op.execute("CREATE INDEX ix_signing_authorities_school ON signing_authorities (school)")
    op.execute(
        """
        CREATE TABLE signed_files (
            obligation_id uuid NOT NULL,
            number integer NOT NULL,
            school text NOT NULL,
            file_name text NOT NULL,
            size_bytes integer NOT NULL,
            sha256 text NOT NULL,
            content bytea NOT NULL,
            sent_at timestamptz NOT NULL,
            recorded_at timestamptz NOT NULL,
            CONSTRAINT pk_signed_files PRIMARY KEY (obligation_id, number),
            CONSTRAINT fk_signed_files_submission_submissions
                FOREIGN KEY (obligation_id, number) REFERENCES submissions (obligation_id, number),
            CONSTRAINT uq_signed_files_sent_once UNIQUE (school, sha256)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE origins (
            event_id uuid NOT NULL CONSTRAINT pk_origins PRIMARY KEY,
            matter_id uuid NOT NULL,
            name text NOT NULL,
            "on" date NOT NULL,
            correlation_id uuid NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_origins_matter_id ON origins (matter_id)")
    op.execute(
        """
        CREATE TABLE figure_corrections (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_figure_corrections PRIMARY KEY,
            obligation_id uuid NOT NULL REFERENCES obligations (obligation_id),
            code text NOT NULL,
            value double precision,
            computed double precision,
            reason text NOT NULL,
            by_account uuid,
            by_role text NOT NULL,
            by_name text NOT NULL,
            at timestamptz NOT NULL
        )
        """
    )
    op.execute(
        "CREATE INDEX ix_figure_corrections_obligation_id ON figure_corrections (obligation_id)"
    )
    op.execute(
        """
        CREATE TABLE frozen_figures (
            obligation_id uuid NOT NULL REFERENCES obligations (obligation_id),
            code text NOT NULL,
            computed double precision,
            value double precision,
            sources jsonb NOT NULL,
            frozen_at timestamptz NOT NULL,
            CONSTRAINT pk_frozen_figures PRIMARY KEY (obligation_id, code)
        )
        """
    )


def downgrade() -> None:
    op.execute("DROP TABLE frozen_figures, figure_corrections, origins")
    op.execute("DROP TABLE signed_files, signing_authorities, preparations")
    op.execute("ALTER TABLE obligations DROP COLUMN withdrawn")
