"""Reminders: each once, gathered into a summary a day, mailed to who is in the address book."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE reminders (
            subject text NOT NULL
                CONSTRAINT ck_reminders_subject CHECK (subject IN ('report', 'request')),
            subject_id uuid NOT NULL,
            school text NOT NULL
                CONSTRAINT fk_reminders_school_schools REFERENCES schools (code),
            due_on date NOT NULL,
            step text NOT NULL
                CONSTRAINT ck_reminders_step CHECK (step IN ('7', '3', '1', '0', 'overdue')),
            came_on date NOT NULL,
            made_at timestamptz NOT NULL,
            taken_on date,
            CONSTRAINT pk_reminders PRIMARY KEY (subject_id, school, due_on, step)
        )
        """
    )
    op.execute("CREATE INDEX ix_reminders_not_taken ON reminders (came_on) WHERE taken_on IS NULL")
    op.execute(
        """
        CREATE TABLE mail_addresses (
            address_id uuid NOT NULL CONSTRAINT pk_mail_addresses PRIMARY KEY,
            school text NOT NULL
                CONSTRAINT fk_mail_addresses_school_schools REFERENCES schools (code),
            address text NOT NULL,
            CONSTRAINT uq_mail_addresses_address UNIQUE (school, address)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE summary_days (
            day date NOT NULL CONSTRAINT pk_summary_days PRIMARY KEY,
            made_at timestamptz NOT NULL
        )
        """
    )
    op.execute(
        """
        CREATE TABLE summaries (
            school text NOT NULL
                CONSTRAINT fk_summaries_school_schools REFERENCES schools (code),
            day date NOT NULL,
            weekly boolean NOT NULL,
            CONSTRAINT pk_summaries PRIMARY KEY (school, day)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE summary_mails (
            mail_id uuid NOT NULL CONSTRAINT pk_summary_mails PRIMARY KEY,
            school text NOT NULL,
            day date NOT NULL,
            address_id uuid
                CONSTRAINT fk_summary_mails_address_id_mail_addresses
                REFERENCES mail_addresses (address_id) ON DELETE SET NULL,
            state text NOT NULL
                CONSTRAINT ck_summary_mails_state
                CHECK (state IN
                    ('waiting', 'retrying', 'sent', 'failed', 'dropped', 'replaced')),
            attempts integer NOT NULL,
            next_at timestamptz,
            why text
                CONSTRAINT ck_summary_mails_why
                CHECK (why IN
                    ('unreachable', 'timeout', 'login', 'tls', 'refused', 'address_refused')),
            sent_at timestamptz,
            CONSTRAINT uq_summary_mails_address UNIQUE (school, day, address_id),
            CONSTRAINT fk_summary_mails_summary_summaries
                FOREIGN KEY (school, day) REFERENCES summaries (school, day)
        )
        """
    )
    op.execute(
        "CREATE INDEX ix_summary_mails_next_at ON summary_mails (next_at) WHERE next_at IS NOT NULL"
    )


def downgrade() -> None:
    op.execute("DROP TABLE summary_mails, summaries, summary_days, mail_addresses, reminders")
