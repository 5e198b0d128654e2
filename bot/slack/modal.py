"""A form as a modal view, and a filled modal as the neutral submission."""

import json
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from actions.reply import Field, Form, Kind
from actions.words import Text, _
from bot.cutting import shortened
from bot.slack.markup import Json, plain, portions
from bot.translation import Locale, render

TITLE = 24
_TYPED = 3_000  # characters that a text field takes
_OPTIONS = 100  # in a menu, and in each group of a menu
_BOXES = 10
_OPTION_TEXT = 75
_OPTION_VALUE = 150
_LABEL = 2_000


def modal(form: Form, locale: Locale, context: Mapping[str, str] | None = None) -> Json:
    """Return the view of a form; context comes back with the submission, unchanged."""
    title = render(form.title, locale)
    # A title that does not fit the bar stands in full at the top.
    heads = [{"type": "section", "text": plain(p)} for p in portions(title) if len(title) > TITLE]
    return {
        "type": "modal",
        "callback_id": form.submit,
        "title": plain(title, TITLE),
        "submit": plain(render(_("Send"), locale), TITLE),
        "close": plain(render(_("Cancel"), locale), TITLE),
        "private_metadata": json.dumps({**(context or {}), "value": form.value}),
        "blocks": [*heads, *(_input(field, locale) for field in form.fields)],
    }


def notice(text: Text, locale: Locale) -> Json:
    """Return a modal that only tells something: that one waits, or that a form is gone."""
    return {
        "type": "modal",
        "title": plain("Spindel", TITLE),
        "close": plain(render(_("Close"), locale), TITLE),
        "blocks": [
            {"type": "section", "text": plain(part)} for part in portions(render(text, locale))
        ],
    }


def submitted(view: Mapping[str, Any]) -> dict[str, str]:
    """Return the values of a filled modal by field, as strings; an empty field is ""."""
    values = view.get("state", {}).get("values", {})
    return {name: _value(element) for name, inputs in values.items() for element in inputs.values()}


def context_of(view: Mapping[str, Any]) -> dict[str, str]:
    """Return what `modal` was given as context, and the form's value."""
    try:
        kept = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in kept.items()} if isinstance(kept, dict) else {}


def _value(element: Mapping[str, Any]) -> str:
    chosen = element.get("selected_option")
    if chosen:
        return str(chosen.get("value") or "")
    if "selected_options" in element:
        return ",".join(str(o.get("value") or "") for o in element["selected_options"] or ())
    for key in ("value", "selected_date", "selected_time"):
        if element.get(key):
            return str(element[key])
    return ""


def _input(field: Field, locale: Locale) -> Json:
    block: Json = {
        "type": "input",
        "block_id": field.name,
        "label": plain(render(field.label, locale), _LABEL),
        "optional": not field.required,
        "element": {**_element(field, locale), "action_id": field.name},
    }
    if field.error:
        block["hint"] = plain(render(field.error, locale), _LABEL)
    return block


def _element(field: Field, locale: Locale) -> Json:
    fits = 0 < len(field.options) <= _OPTIONS**2 and all(
        0 < len(value) <= _OPTION_VALUE for value, _name in field.options
    )
    if field.kind is Kind.CHOICE and fits:
        return _menu(field, locale)
    if field.kind is Kind.CHOICES and fits and len(field.options) <= _OPTIONS:
        return _several(field, locale)
    if field.kind is Kind.DATE:
        return {"type": "datepicker", **_opened("initial_date", _iso(date, field.value))}
    if field.kind is Kind.TIME:
        return {"type": "timepicker", **_opened("initial_time", _iso(time, field.value)[:5])}
    typed: Json = {"type": "plain_text_input", "max_length": _TYPED}
    if field.kind is Kind.PARAGRAPH:
        typed["multiline"] = True
    return {**typed, **_opened("initial_value", field.value[:_TYPED])}


def _menu(field: Field, locale: Locale) -> Json:
    options = [_option(value, name, locale) for value, name in field.options]
    menu: Json = {"type": "static_select", "placeholder": plain(render(_("Choose"), locale))}
    if len(options) <= _OPTIONS:
        menu["options"] = options
    else:
        menu["option_groups"] = [
            {"label": _span(options[at : at + _OPTIONS]), "options": options[at : at + _OPTIONS]}
            for at in range(0, len(options), _OPTIONS)
        ]
    return {**menu, **_opened("initial_option", _chosen(options, [field.value]))}


def _several(field: Field, locale: Locale) -> Json:
    options = [_option(value, name, locale) for value, name in field.options]
    kind = "checkboxes" if len(options) <= _BOXES else "multi_static_select"
    chosen = [o for o in options if o["value"] in field.value.split(",")]
    return {"type": kind, "options": options, **_opened("initial_options", chosen)}


def _option(value: str, name: Text, locale: Locale) -> Json:
    return {"text": plain(render(name, locale), _OPTION_TEXT), "value": value}


def _span(options: list[Json]) -> Json:
    first, last = options[0]["text"]["text"], options[-1]["text"]["text"]
    return plain(f"{shortened(first, 34)} – {shortened(last, 34)}", _OPTION_TEXT)


def _chosen(options: list[Json], values: list[str]) -> Json | None:
    return next((option for option in options if option["value"] in values), None)


def _opened(key: str, value: Any) -> Json:
    return {key: value} if value else {}


def _iso(kind: type[date] | type[time], value: str) -> str:
    try:
        return kind.fromisoformat(value).isoformat()
    except ValueError:
        return ""
