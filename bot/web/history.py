"""What one person and the bot have said to each other on the page, kept in memory."""

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any, Literal

from actions.reply import Reply
from actions.words import Text
from bot.translation import Locale
from bot.web.replies import buttons_of

LONGEST_TALK = 200
_SERIAL = count(1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a conversation.

    kind: what the person said or did, the bot's reply, or a note between the two. text: what
    was said or done; a reply has its own. step: grows with every change, so that a page can ask
    for what is new. at: business time, aware, UTC.
    """

    id: str
    step: int
    at: datetime
    kind: Literal["said", "done", "reply", "note"]
    locale: Locale
    text: Text
    reply: Reply | None = None

    def label_of(self, press: str, value: str) -> Text | None:
        """Return the label of one of the reply's buttons."""
        buttons = buttons_of(self.reply) if self.reply else ()
        return next((b.label for b in buttons if (b.press, b.value) == (press, value)), None)


@dataclass(slots=True)
class Talk:
    """One person's conversation; the oldest lines fall out beyond LONGEST_TALK."""

    name: str = ""
    entries: deque[Entry] = field(default_factory=lambda: deque(maxlen=LONGEST_TALK))
    step: int = 0
    seen: int = 0
    _delivered: list[int] = field(default_factory=list)

    @property
    def unseen(self) -> int:
        """How many messages came by themselves since the conversation was last shown."""
        return sum(step > self.seen for step in self._delivered)

    def add(
        self, kind: Literal["said", "done", "note"], text: Text, at: datetime, locale: Locale
    ) -> Entry:
        """Add what the person did, or a note."""
        return self._append(Entry("", 0, at, kind, locale, text))

    def answer(self, reply: Reply, at: datetime, locale: Locale) -> Entry:
        """Add the bot's answer."""
        return self._append(Entry("", 0, at, "reply", locale, reply.text, reply))

    def deliver(self, reply: Reply, at: datetime, locale: Locale) -> Entry:
        """Add a message that nobody asked for just now: a reminder, somebody's request."""
        entry = self.answer(reply, at, locale)
        self._delivered = [s for s in self._delivered if s > self.seen] + [entry.step]
        return entry

    def renew(self, entry_id: str, reply: Reply, at: datetime, locale: Locale) -> bool:
        """Put a reply in the place of an earlier one; return False when that one is gone."""
        return self._change(entry_id, at=at, locale=locale, text=reply.text, reply=reply)

    def close(self, entry_id: str, text: Text) -> bool:
        """Leave only what was done in the place of a reply that is over; False: it is gone."""
        return self._change(entry_id, kind="done", text=text, reply=None)

    def entry(self, entry_id: str) -> Entry | None:
        """Return a line that is still kept."""
        return next((entry for entry in self.entries if entry.id == entry_id), None)

    def since(self, step: int) -> list[Entry]:
        """Return what was added or changed after a step, in the order of the conversation."""
        return [entry for entry in self.entries if entry.step > step]

    def show(self) -> None:
        """Note that everything has been shown."""
        self.seen = self.step

    def _change(self, entry_id: str, **changes: Any) -> bool:
        for place, entry in enumerate(self.entries):
            if entry.id == entry_id and entry.kind == "reply":
                self.step += 1
                self.entries[place] = replace(entry, step=self.step, **changes)
                return True
        return False

    def _append(self, entry: Entry) -> Entry:
        self.step += 1
        added = replace(entry, id=f"m{next(_SERIAL)}", step=self.step)
        self.entries.append(added)
        return added
