"""The day an alumnus came, and the indexes of the weekly digest"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("alumnus", sa.Column("arrived_on", sa.Date(), nullable=True))
    op.create_index(
        "ix_alumnus_left_alone", "alumnus", ["owner_unit_id", "last_contact", "protected"]
    )
    op.create_index("ix_alumnus_arrived", "alumnus", ["owner_unit_id", "arrived_on"])
    op.create_index("ix_alumnus_arrived_on", "alumnus", ["arrived_on"])


def downgrade() -> None:
    op.drop_index("ix_alumnus_arrived_on", "alumnus")
    op.drop_index("ix_alumnus_arrived", "alumnus")
    op.drop_index("ix_alumnus_left_alone", "alumnus")
    op.drop_column("alumnus", "arrived_on")
