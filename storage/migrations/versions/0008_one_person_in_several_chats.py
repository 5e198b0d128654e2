"""One person in several chats: codes that tie accounts, the chosen chat, the other way to send"""

from collections.abc import Sequence

import sqlalchemy as sa
import storage.tables.base
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_SHORT, _LONG = sa.String(length=250), sa.String(length=500)


def upgrade() -> None:
    with op.batch_alter_table("account") as batch:
        batch.add_column(
            sa.Column("by_code", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.alter_column("address", existing_type=_SHORT, type_=_LONG)
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(
            sa.Column("avoids", sa.String(length=40), nullable=False, server_default="")
        )
        batch.alter_column("address", existing_type=_SHORT, type_=_LONG)
    op.add_column("preference", sa.Column("chat", sa.String(length=10), nullable=True))
    op.create_table(
        "link_code",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", storage.tables.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_link_code_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_link_code_code_hash")),
        sa.UniqueConstraint("person_id", name=op.f("uq_link_code_person_id")),
    )


def downgrade() -> None:
    op.drop_table("link_code")
    op.drop_column("preference", "chat")
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("avoids")
        batch.alter_column("address", existing_type=_LONG, type_=_SHORT)
    with op.batch_alter_table("account") as batch:
        batch.drop_column("by_code")
        batch.alter_column("address", existing_type=_LONG, type_=_SHORT)
