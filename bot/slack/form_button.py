"""The button that stands for a form in a message, and what it carries.

A typed message gives no trigger to open a modal with; the press of this button does. It carries
the form itself where that fits, since a form need not belong to a draft that can be shown again.
"""

import base64
import binascii
import json
import zlib
from dataclasses import dataclass

from actions.reply import Form
from bot.reply_codec import decode, encode
from bot.translation import Locale

OPEN = "form.open"
VALUE = 2_000  # characters that Slack lets a button carry
_SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class Carried:
    """What a pressed form button tells: which form, its value, and the form if it fitted."""

    submit: str
    value: str
    form: Form | None = None
    locale: Locale = "sv"


def carried(form: Form, locale: Locale) -> str:
    """Return the button's value, at most 2,000 characters."""
    name = _SEPARATOR.join((form.submit, form.value))
    told = json.dumps({"form": encode(form), "locale": locale}, ensure_ascii=False)
    packed = base64.urlsafe_b64encode(zlib.compress(told.encode(), 9)).decode()
    whole = _SEPARATOR.join((name, packed))
    return whole if len(whole) <= VALUE else name


def unpacked(value: str) -> Carried:
    """Return what a button's value tells; a damaged one tells no more than its names."""
    submit, _sep, rest = value.partition(_SEPARATOR)
    own, _sep, packed = rest.partition(_SEPARATOR)
    try:
        told = json.loads(zlib.decompress(base64.urlsafe_b64decode(packed)))
        form, locale = decode(told["form"]), told["locale"]
    except (binascii.Error, zlib.error, ValueError, KeyError, TypeError):
        return Carried(submit, own)
    if not isinstance(form, Form):
        return Carried(submit, own)
    return Carried(submit, own, form, "en" if locale == "en" else "sv")
