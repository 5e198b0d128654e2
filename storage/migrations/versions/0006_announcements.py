"""Announcements and their receivers"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
import storage.tables.base


revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MOMENT = storage.tables.base.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=False),
        sa.Column("text_sv", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_utc", _MOMENT, nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("contact", sa.String(length=200), nullable=True),
        sa.Column("remind_after_days", sa.Integer(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("corrected_at", _MOMENT, nullable=True),
        sa.Column("recalled_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recalled_by_id"], ["person.id"], name=op.f("fk_announcement_recalled_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["person.id"], name=op.f("fk_announcement_sender_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("key", name=op.f("uq_announcement_key")),
    )
    op.create_index(op.f("ix_announcement_sender_id"), "announcement", ["sender_id"])
    op.create_table(
        "announcement_receiver",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("read_at", _MOMENT, nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
            name=op.f("fk_announcement_receiver_announcement_id_announcement"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_announcement_receiver_outbox_id_outbox")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_announcement_receiver_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_receiver")),
        sa.UniqueConstraint(
            "announcement_id", "person_id", name=op.f("uq_announcement_receiver_announcement_id")
        ),
    )
    op.create_index(
        op.f("ix_announcement_receiver_outbox_id"), "announcement_receiver", ["outbox_id"]
    )
    op.create_index(
        op.f("ix_announcement_receiver_person_id"), "announcement_receiver", ["person_id"]
    )


def downgrade() -> None:
    op.drop_table("announcement_receiver")
    op.drop_table("announcement")
