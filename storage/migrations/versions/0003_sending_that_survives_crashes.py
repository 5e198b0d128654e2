"""Sending that survives crashes: uncertain sends, edits, merged occurrences, shared pacing"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from alembic import op
import storage.tables.base


revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _moment(name: str, *, nullable: bool = True) -> sa.Column[datetime]:
    return sa.Column(name, storage.tables.base.UtcDateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    with op.batch_alter_table("occurrence") as batch:
        batch.add_column(sa.Column("missed", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(
            sa.Column("merged", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(sa.Column("edits_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(_moment("uncertain_since"))
        batch.add_column(sa.Column("urgency", sa.Integer(), nullable=False, server_default="0"))
        batch.alter_column(
            "message_id", existing_type=sa.String(length=120), type_=sa.String(length=250)
        )
        batch.create_foreign_key(op.f("fk_outbox_edits_id_outbox"), "outbox", ["edits_id"], ["id"])
        batch.drop_index("ix_outbox_due")
        batch.create_index("ix_outbox_due", ["state", "urgency", "due_utc"], unique=False)
        batch.create_index(op.f("ix_outbox_edits_id"), ["edits_id"], unique=False)
    with op.batch_alter_table("inbound") as batch:
        batch.add_column(sa.Column("lease_owner", sa.String(length=40), nullable=True))
        batch.add_column(_moment("lease_until"))
    op.create_table(
        "pace",
        sa.Column("key", sa.String(length=120), nullable=False),
        _moment("free_at", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pace")),
        sa.UniqueConstraint("key", name=op.f("uq_pace_key")),
    )


def downgrade() -> None:
    op.drop_table("pace")
    with op.batch_alter_table("inbound") as batch:
        batch.drop_column("lease_until")
        batch.drop_column("lease_owner")
    with op.batch_alter_table("outbox") as batch:
        batch.drop_index(op.f("ix_outbox_edits_id"))
        batch.drop_constraint(op.f("fk_outbox_edits_id_outbox"), type_="foreignkey")
        batch.drop_index("ix_outbox_due")
        batch.create_index("ix_outbox_due", ["state", "due_utc"], unique=False)
        batch.alter_column(
            "message_id", existing_type=sa.String(length=250), type_=sa.String(length=120)
        )
        batch.drop_column("urgency")
        batch.drop_column("uncertain_since")
        batch.drop_column("failures")
        batch.drop_column("edits_id")
    with op.batch_alter_table("occurrence") as batch:
        batch.drop_column("merged")
        batch.drop_column("missed")
