"""What was promised and what came in: schedules, occurrences, the outbox, events, drafts."""

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class Schedule(Base):
    """A promise for a time: once, or by a rule.

    dtstart is wall time in `zone`; rrule is RFC 5545 without DTSTART; next_due_utc is None once
    nothing more is due. kind names the action's due handler; payload holds what it needs.
    state: active, paused, done or cancelled.
    """

    __tablename__ = "schedule"
    __table_args__ = (Index("ix_schedule_due", "state", "next_due_utc"),)

    kind: Mapped[str] = mapped_column(String(40))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    payload: Mapped[dict[str, Any]]
    dtstart: Mapped[datetime] = mapped_column(DateTime(timezone=False))
    zone: Mapped[str] = mapped_column(String(40))
    rrule: Mapped[str | None] = mapped_column(String(250))
    next_due_utc: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10), default="active")
    subject: Mapped[str | None] = mapped_column(String(60), index=True)  # "guest_lecture:17"
    created_at: Mapped[datetime]


class Occurrence(Base):
    """One due time of a schedule; the unique pair lets it happen once only.

    missed: how many earlier due times of the same rule were merged into this one, because the
    bot was away when they came; each of them has its own row, marked merged.
    """

    __tablename__ = "occurrence"
    __table_args__ = (UniqueConstraint("schedule_id", "due_utc"),)

    schedule_id: Mapped[int] = mapped_column(ForeignKey("schedule.id"), index=True)
    due_utc: Mapped[datetime]
    claimed_at: Mapped[datetime]
    missed: Mapped[int] = mapped_column(default=0)
    merged: Mapped[bool] = mapped_column(default=False)


class Outbox(Base):
    """One message that one person shall get.

    No text is kept: kind and payload (ids only) let the action render it when it is sent.
    uid is opaque and travels with the message, to find it again after a crash.
    state: pending, sent, void (no longer allowed or true) or dead.
    edits_id: the row whose message this one replaces. uncertain_since: when a send was begun of
    which it is not known how it ended (the database's clock); then it is looked for before it is
    sent again. failures: how often a send failed for sure. avoids: the channels, parted by commas,
    that could not take it, so that another one is tried.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "state", "urgency", "due_utc"),)

    uid: Mapped[str] = mapped_column(String(32), unique=True)
    dedupe_key: Mapped[str] = mapped_column(String(120), unique=True)
    occurrence_id: Mapped[int | None] = mapped_column(ForeignKey("occurrence.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    cause: Mapped[str] = mapped_column(String(12))  # reminder, digest, announcement, request
    urgency: Mapped[int] = mapped_column(default=0)  # 0 at its time, 1 soon, 2 when there is room
    due_utc: Mapped[datetime]
    expires_utc: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8), default="pending")
    edits_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"), index=True)
    attempt: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    uncertain_since: Mapped[datetime | None]
    not_before: Mapped[datetime | None]
    lease_owner: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[datetime | None]
    channel: Mapped[str | None] = mapped_column(String(10))
    avoids: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str | None] = mapped_column(String(500))
    message_id: Mapped[str | None] = mapped_column(String(250))  # or several, with commas
    error: Mapped[str | None] = mapped_column(String(120))
    settled_at: Mapped[datetime | None]


class Inbound(Base):
    """One event from a chat, stored before it is acknowledged.

    state: received, done (its effect and reply are committed) or answered. The words of the
    event and of the reply are wiped when it is answered; the key stays to drop redeliveries.
    lease_owner: the process that works on it; once its lease has run out another may.
    """

    __tablename__ = "inbound"
    __table_args__ = (
        UniqueConstraint("channel", "event_id"),
        Index("ix_inbound_open", "channel", "state"),
    )

    channel: Mapped[str] = mapped_column(String(10))
    event_id: Mapped[str] = mapped_column(String(120))
    sender: Mapped[str] = mapped_column(String(120), index=True)
    payload: Mapped[dict[str, Any] | None]
    reply: Mapped[dict[str, Any] | None]
    state: Mapped[str] = mapped_column(String(8), default="received")
    received_at: Mapped[datetime]
    lease_owner: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[datetime | None]


class Draft(Base):
    """What the bot knows so far of a form-like action, a list it showed, or what it offered last.

    kind: form, list or offer. The newest form or list of a person is what she is speaking of.
    awaiting: the field that was asked for, "confirm", or None.
    """

    __tablename__ = "draft"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    action: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(6))
    filled: Mapped[dict[str, Any]]
    awaiting: Mapped[str | None] = mapped_column(String(40))
    conversation: Mapped[str | None] = mapped_column(String(120))
    touched_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own form)


class Pace(Base):
    """When something that a platform limits may be done again, for all processes together.

    key names the limit, such as "slack:T1:post"; free_at is the database's clock.
    """

    __tablename__ = "pace"

    key: Mapped[str] = mapped_column(String(120), unique=True)
    free_at: Mapped[datetime]


class Setting(Base):
    """One fact about this installation, such as that its people are the demo's."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(40), unique=True)
    value: Mapped[str] = mapped_column(String(250))
