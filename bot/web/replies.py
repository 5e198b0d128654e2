"""What is found inside a reply: its buttons, its forms, their errors."""

from collections.abc import Iterable

from actions.reply import Button, Card, Form, Reply


def buttons_of(reply: Reply) -> Iterable[Button]:
    """Return a reply's buttons, those of its cards too, in the order they are shown."""
    for element in reply.elements:
        if isinstance(element, Button):
            yield element
        elif isinstance(element, Card):
            yield from element.buttons


def forms_of(reply: Reply) -> Iterable[Form]:
    """Return the forms that a reply offers."""
    return (element for element in reply.elements if isinstance(element, Form))


def has_errors(reply: Reply) -> bool:
    """Whether a reply is a form shown again with errors at its fields."""
    return any(field.error for form in forms_of(reply) for field in form.fields)
