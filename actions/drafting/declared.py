"""What a form-like action declares of itself: its fields, how each is read, what it saves."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from actions.reply import Card, Field, Reply
from actions.request import Request
from actions.words import Text, _
from storage import Session

Filled = dict[str, Any]
UNREAD = "unread"  # in `filled`: raw values of optional fields that could not be read yet
_SAVE = _("Save")


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a value could not be taken, in words that say what to do; choices become buttons."""

    message: Text
    choices: tuple[tuple[str, Text], ...] = ()


Reader = Callable[[str, Request, Session, Filled], Awaitable[Unread | None]]


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of a draft.

    question: asks for it in chat. read: writes a raw value (typed, chosen or from a form) into
    `filled` in its normal form. heard: the part of a free message that belongs here, or None.
    show: the normal form as the form's opening value.
    prose: whatever is answered is its value, a stranger's name too. orders: even an order.
    verbatim: others read it, so that not a word of it is dropped or read as another field.
    marked: its values are recognised inside prose: a time, a course code, a room.
    called: how people name the field, beginnings of words in both languages.
    said: how its value is given without its name; the first group is the value.
    also: other keys of `filled` that go with it.
    alike: intents whose wishes are worded as its answers are, so that it is asked which was meant.
    """

    field: Field
    question: Text
    read: Reader
    heard: Callable[[Request], str | None] = lambda _request: None
    show: Callable[[Filled], str] | None = None
    prose: bool = False
    orders: bool = False
    verbatim: bool = False
    marked: bool = False
    called: tuple[str, ...] = ()
    said: re.Pattern[str] | None = None
    also: tuple[str, ...] = ()
    alike: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The field's name, also the key in `filled` and the awaited answer."""
        return self.field.name

    def shown(self, filled: Filled) -> str:
        """Return the value as a form opens with it."""
        if self.show is not None:
            return self.show(filled)
        value = filled.get(self.name)
        return "" if value is None else str(value)


Preview = Callable[[Request, Session, Filled], Awaitable[Card]]
Save = Callable[[Request, Session, Filled], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class DraftForm:
    """What a form-like action declares.

    submit: the published id of its form. known: what is taken for granted until somebody says
    otherwise (her own unit). at_once: whether this draft needs no confirmation.
    preview: the card of what is known, complete or not. save: writes it and answers.
    check: looks at the whole before the preview (a clash, a full mentor); None = fine.
    options: fills in the choices that come from the database when the form is opened.
    opens: how a message begins that wants a new one. latest: the values of the one saved last.
    rest: a message without what the marked fields recognise in it.
    shown_first: whether a filled form is shown for confirmation too: the form cannot say it all.
    """

    action: str
    submit: str
    title: Text
    slots: tuple[Slot, ...]
    preview: Preview
    save: Save
    save_label: Text = _SAVE
    known: Callable[[Request], Filled] = lambda _request: {}
    at_once: Callable[[Request, Filled], bool] = lambda _request, _filled: False
    check: Callable[[Request, Session, Filled], Awaitable[Unread | None]] | None = None
    options: Callable[[Session, Request], Awaitable[Mapping[str, Any]]] | None = None
    opens: re.Pattern[str] | None = None
    latest: Callable[[Request, Session], Awaitable[Filled]] | None = None
    rest: Callable[[Request], str] = lambda request: request.text
    shown_first: bool = False

    def slot(self, name: str | None) -> Slot | None:
        """Return the slot of this name."""
        return next((slot for slot in self.slots if slot.name == name), None)

    def missing(self, filled: Filled) -> list[str]:
        """Return the names of the required fields that are still empty, in order."""
        return [s.name for s in self.slots if s.field.required and s.name not in filled]
