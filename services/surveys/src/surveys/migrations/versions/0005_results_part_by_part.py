"""Results part by part; what parents wrote can be searched."""

import sqlalchemy as sa
from alembic import op

from surveys.domain.searching import search_text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# The same statement as at a closing, for what was closed before.
COUNT = """
    WITH counted AS (
        SELECT r.campaign_id, r.source, coalesce(r.class_code, '') AS class,
               a.key AS item, a.value AS answer, count(*) AS number
        FROM responses r
        JOIN campaigns c ON c.id = r.campaign_id AND c.state = 'closed'
        CROSS JOIN LATERAL (
            SELECT key, value FROM jsonb_each_text(r.answers) UNION ALL SELECT '', ''
        ) a
        GROUP BY 1, 2, 3, 4, 5
    )
    INSERT INTO result_parts (campaign_id, dimension, part, item, answer, number)
    SELECT campaign_id, 'source', source, item, answer, sum(number)
    FROM counted GROUP BY 1, 3, 4, 5
    UNION ALL
    SELECT campaign_id, 'class', class, item, answer, sum(number)
    FROM counted GROUP BY 1, 3, 4, 5
"""

COUNTS_OF_0001 = """
    CREATE TABLE result_counts (
        campaign_id uuid NOT NULL CONSTRAINT fk_result_counts_campaign_id_campaigns
            REFERENCES campaigns (id),
        source text NOT NULL,
        item text NOT NULL,
        answer text NOT NULL,
        number integer NOT NULL,
        CONSTRAINT pk_result_counts PRIMARY KEY (campaign_id, source, item, answer)
    )
"""


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE result_parts (
            campaign_id uuid NOT NULL CONSTRAINT fk_result_parts_campaign_id_campaigns
                REFERENCES campaigns (id),
            dimension text NOT NULL
                CONSTRAINT ck_result_parts_dimension CHECK (dimension IN ('source', 'class')),
            part text NOT NULL,
            item text NOT NULL,
            answer text NOT NULL,
            number integer NOT NULL,
            CONSTRAINT pk_result_parts
                PRIMARY KEY (campaign_id, dimension, part, item, answer)
        )
        """
    )
    op.execute(COUNT)
    op.execute("DROP TABLE result_counts")  # the sources of the new one add up to it
    op.execute("ALTER TABLE comments ADD COLUMN search_text text NOT NULL DEFAULT ''")
    connection = op.get_bind()
    kept = connection.execute(sa.text("SELECT id, body FROM comments")).all()
    if kept:
        connection.execute(
            sa.text("UPDATE comments SET search_text = :search_text WHERE id = :id"),
            [{"id": row.id, "search_text": search_text(row.body)} for row in kept],
        )
    op.execute("DROP INDEX ix_comments_campaign_id")
    op.execute("CREATE INDEX ix_comments_campaign_id_item ON comments (campaign_id, item, day)")


def downgrade() -> None:
    op.execute("DROP INDEX ix_comments_campaign_id_item")
    op.execute("CREATE INDEX ix_comments_campaign_id ON comments (campaign_id)")
    op.execute("ALTER TABLE comments DROP COLUMN search_text")
    op.execute(COUNTS_OF_0001)
    op.execute(
        """
        INSERT INTO result_counts (campaign_id, source, item, answer, number)
        SELECT campaign_id, part, item, answer, number
        FROM result_parts WHERE dimension = 'source' AND item <> ''
        """
    )
    op.execute("DROP TABLE result_parts")
