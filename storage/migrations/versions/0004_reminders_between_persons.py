"""Reminders between persons: receivers, and who takes none from whom"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
import storage.tables.base


revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "reminder_receiver",
        sa.Column("schedule_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reminder_receiver_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["schedule_id"],
            ["schedule.id"],
            name=op.f("fk_reminder_receiver_schedule_id_schedule"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_receiver")),
        sa.UniqueConstraint(
            "schedule_id", "person_id", name=op.f("uq_reminder_receiver_schedule_id")
        ),
    )
    op.create_index(
        op.f("ix_reminder_receiver_person_id"), "reminder_receiver", ["person_id"], unique=False
    )
    op.create_table(
        "reminder_mute",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("since", storage.tables.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reminder_mute_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["person.id"], name=op.f("fk_reminder_mute_from_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_mute")),
        sa.UniqueConstraint("person_id", "from_id", name=op.f("uq_reminder_mute_person_id")),
    )
    op.create_index(op.f("ix_reminder_mute_from_id"), "reminder_mute", ["from_id"], unique=False)


def downgrade() -> None:
    op.drop_table("reminder_mute")
    op.drop_table("reminder_receiver")
