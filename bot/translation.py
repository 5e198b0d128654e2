"""Turn neutral texts into Swedish or English, with dates and numbers as each writes them."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Literal

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from actions.words import Listed, Named, Text, Value

Locale = Literal["sv", "en"]
_CATALOGUE = Path(__file__).parent / "locale" / "sv" / "LC_MESSAGES" / "spindel.po"
_BABEL = {"sv": "sv_SE", "en": "en_GB"}
_PLACE = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=1)
def swedish() -> Mapping[str, tuple[str, ...]]:
    """Return the Swedish catalogue: message id → its forms (one, many)."""
    with _CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="sv")
    forms: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        text = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if key and all(text):
            forms[key] = tuple(str(form) for form in text)
    return forms


def render(text: Text, locale: Locale) -> str:
    """Return a text in a language. A message without its Swedish shows its English id."""
    one, many = text.id, text.plural
    if locale == "sv":
        forms = swedish().get(text.id, (one,) if many is None else (one, many))
        one, many = forms[0], forms[-1] if many is not None else None
    pattern = many if many is not None and text.values["n"] != 1 else one
    # Values are put in once and never read as patterns again: a name may hold braces.
    return _PLACE.sub(
        lambda match: (
            shown(text.values[match.group(1)], locale)
            if match.group(1) in text.values
            else match.group()
        ),
        pattern,
    )


def shown(value: Value, locale: Locale) -> str:
    """Return one value as the language writes it."""
    if isinstance(value, Text):
        return render(value, locale)
    if isinstance(value, Named):
        return value.en if locale == "en" else value.sv
    if isinstance(value, Listed):
        items = [shown(item, locale) for item in value.items]
        return format_list(items, locale=_BABEL[locale]) if items else ""
    if isinstance(value, (datetime, date, time)):
        return _moment(value, locale)
    return format_decimal(value, locale=_BABEL[locale]) if isinstance(value, int) else value


def number(value: float, locale: Locale) -> str:
    """Return a number as the language writes it."""
    return format_decimal(value, locale=_BABEL[locale])


def _moment(value: date | time, locale: Locale) -> str:
    if isinstance(value, time):
        return format_time(value, "HH:mm", locale=_BABEL[locale])
    day = format_date(value, "EEEE d MMMM y", locale=_BABEL[locale])
    if isinstance(value, datetime):
        at = "kl." if locale == "sv" else "at"
        return f"{day} {at} {format_time(value.time(), 'HH:mm', locale=_BABEL[locale])}"
    return day
