"""What somebody did in a chat, in the little that an answer needs and that is stored."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal, Self

from nlu.masking import has_personnummer

Kind = Literal["text", "press", "open", "submit", "came"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One thing that somebody did in a chat.

    key: the same for every delivery of the same thing. kind: open presses a form's button, came
    is the first sight of the bot. channel: where it was done; "" where there is no conversation.
    message: the message whose button was pressed. withheld: held a personal identity number, and
    its words were dropped.
    """

    key: str
    kind: Kind
    user: str
    channel: str = ""
    message: str = ""
    text: str = ""
    press: str = ""
    submit: str = ""
    value: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    withheld: bool = False

    @property
    def direct(self) -> bool:
        """Whether it was said to the bot alone."""
        raise NotImplementedError

    def stored(self) -> dict[str, Any]:
        """Return what is kept until it is answered."""
        return asdict(self)

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> Self:
        """Return what `stored` kept, also where another version of the program kept it."""
        known = {part.name for part in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})

    def guarded(self) -> Self:
        """Return it without any word where one holds a personal identity number.

        Those are never stored.
        """
        words = (self.text, self.value, *self.values.values())
        if not any(has_personnummer(part) for part in words):
            return self
        return replace(self, text="", value="", values={}, withheld=True)
