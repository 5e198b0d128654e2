"""Form-like actions: what is known so far, what to ask for next, the preview, the save.

One draft is filled from one message or from ten, from a form or from buttons, in any order.
"""

from actions.drafting.declared import UNREAD, DraftForm, Filled, Slot, Unread
from actions.drafting.hearing import begins_anew, gives_a_field, hears, names_a_field
from actions.drafting.steps import (
    about,
    ask_whether,
    begin,
    choose,
    confirm,
    go_on,
    left_behind,
    resume,
    submit,
)

__all__ = [
    "UNREAD",
    "DraftForm",
    "Filled",
    "Slot",
    "Unread",
    "about",
    "ask_whether",
    "begin",
    "begins_anew",
    "choose",
    "confirm",
    "gives_a_field",
    "go_on",
    "hears",
    "left_behind",
    "names_a_field",
    "resume",
    "submit",
]
