"""A capability as a value: its name, who it is for, and its handlers by what triggers them."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from actions.access import COORDINATORS, Actor, Role
from actions.digest_rows import Contribution, Contributor
from actions.reply import Reply
from actions.request import Request
from actions.words import Text
from storage import Session
from storage.tables import Draft, Occurrence, Outbox, Schedule

if TYPE_CHECKING:
    from actions.drafting import DraftForm

Handler = Callable[[Request, Session], Awaitable[Reply]]
Ordered = Callable[[Request, Session], Awaitable[Reply | None]]
Refiner = Callable[[Request, Session, Draft], Awaitable[Reply | None]]
Renderer = Callable[[Outbox, Actor, Session], Awaitable[Reply | None]]
Undelivered = Callable[[Outbox, datetime, Session], Awaitable[None]]
Around = Callable[[Request, Session, Reply], Awaitable[Reply]]
Sweep = Callable[[datetime, Session], Awaitable[None]]
Firing = Callable[[Schedule, Occurrence, Session], Awaitable[None]]


class Action:
    """One capability.

    name: the intent, the file and the test. title and example stand in the menu and the help.
    """

    def __init__(self, name: str, *, for_: frozenset[Role], title: Text, example: Text) -> None:
        self.name = name
        self.for_ = for_
        self.title = title
        self.example = example
        self.on_asked: Handler | None = None
        self.on_refined: Refiner | None = None
        self.presses: dict[str, Handler] = {}
        self.press_for: dict[str, frozenset[Role]] = {}
        self.submissions: dict[str, Handler] = {}
        self.renderers: dict[str, Renderer] = {}
        self.can_wait: set[str] = set()
        self.undeliverable: dict[str, Undelivered] = {}
        self.firings: dict[str, Firing] = {}
        self.arounds: dict[str, Around] = {}
        self.digest_parts: list[Contributor] = []
        self.sweep: Sweep | None = None
        self.form: DraftForm | None = None
        self.orders: list[tuple[re.Pattern[str], Ordered]] = []

    def asked(self, handler: Handler) -> Handler:
        """Answer the intent of this name."""
        self.on_asked = handler
        return handler

    def ordered(self, pattern: re.Pattern[str]) -> Callable[[Ordered], Ordered]:
        """Answer what orders this in so many words, whatever else it may resemble; None = no."""

        def register(handler: Ordered) -> Ordered:
            self.orders.append((pattern, handler))
            return handler

        return register

    def refined(self, refiner: Refiner) -> Refiner:
        """Answer what is said about the list shown last; None = it was not about the list."""
        self.on_refined = refiner
        return refiner

    def pressed(
        self, press: str, *, for_: frozenset[Role] | None = None
    ) -> Callable[[Handler], Handler]:
        """Answer a button; the id is published in old messages and never changes.

        for_: who may press it, where it stands in messages to others than the capability is for.
        """

        def register(handler: Handler) -> Handler:
            self.presses[press] = handler
            self.press_for[press] = self.for_ if for_ is None else for_
            return handler

        return register

    def submitted(self, submit: str) -> Callable[[Handler], Handler]:
        """Answer a filled form."""

        def register(handler: Handler) -> Handler:
            self.submissions[submit] = handler
            return handler

        return register

    def due(self, kind: str, *, can_wait: bool = False) -> Callable[[Renderer], Renderer]:
        """Render an outbox row for its receiver at send time; None = no longer allowed or true.

        can_wait: it comes from others at their hour, so the receiver's quiet hours hold it back.
        """

        def register(renderer: Renderer) -> Renderer:
            self.renderers[kind] = renderer
            if can_wait:
                self.can_wait.add(kind)
            return renderer

        return register

    def undelivered(self, kind: str) -> Callable[[Undelivered], Undelivered]:
        """Do what follows when an outbox row of this kind could not be delivered.

        It runs in the transaction that gives the row up; row.error says why: expired, left, no
        account, or the platform's word.
        """

        def register(undelivered: Undelivered) -> Undelivered:
            self.undeliverable[kind] = undelivered
            return undelivered

        return register

    def digest(
        self, order: int, *, for_: frozenset[Role] = COORDINATORS
    ) -> Callable[[Contribution], Contribution]:
        """Add a part to the weekly digest of some roles; lower orders stand first.

        It is handed the receiver, the business time and the session, and returns a Part or None.
        """

        def register(contribution: Contribution) -> Contribution:
            self.digest_parts.append(Contributor(order, self.name, for_, contribution))
            return contribution

        return register

    def around(self, press: str) -> Callable[[Around], Around]:
        """Answer a button inside a larger message; its value is the button's "press|value".

        The button's own capability answers first; what takes the place of its message is handed
        here, so that the larger message stays. A form that it asks with is filled in here too.
        """

        def register(around: Around) -> Around:
            self.arounds[press] = around
            return around

        return register

    def swept(self, sweep: Sweep) -> Sweep:
        """Promise what is coming, at least once an hour; any process may do it, and all may."""
        self.sweep = sweep
        return sweep

    def fired(self, kind: str) -> Callable[[Firing], Firing]:
        """Do what a schedule of this kind promises, in the transaction that claims it."""

        def register(firing: Firing) -> Firing:
            self.firings[kind] = firing
            return firing

        return register
