"""What somebody has chosen for the messages that come by themselves."""

from datetime import date, time

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class Preference(Base):
    """One person's choices; who has chosen nothing has no row.

    digest_weekday: 0 is Monday. paused_until: the first day on which the digest comes again.
    quiet_from and quiet_to: wall time in her zone; between them announcements and requests wait.
    chat: the channel that messages shall come through; None: where she was last.
    """

    __tablename__ = "preference"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    digest_weekday: Mapped[int] = mapped_column(default=0)
    digest_time: Mapped[time] = mapped_column(default=time(8))
    paused_until: Mapped[date | None]
    quiet_from: Mapped[time | None]
    quiet_to: Mapped[time | None]
    chat: Mapped[str | None] = mapped_column(String(10))
