"""Messages that the bot was not sure of"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
import storage.tables.base


revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "unsure_message",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("offered", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.String(length=40), nullable=True),
        sa.Column("collected_at", storage.tables.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsure_message")),
    )
    op.create_index(
        op.f("ix_unsure_message_collected_at"), "unsure_message", ["collected_at"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_unsure_message_collected_at"), table_name="unsure_message")
    op.drop_table("unsure_message")
